"""Keys: which there are, which a person has, and which press a button that decides."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from tasks_ui.lists.menu import TITLES
from tasks_ui.shortcuts import ACTS, LETTERS, Keys, clashes, differences, fault, outcome_keys

STANDARD = Keys.of({})


def test_every_act_has_a_key_of_its_own() -> None:
    keys = [act.key for act in ACTS]

    assert len({*keys}) == len(keys)
    assert not any(fault(key) for key in keys)
    assert clashes(STANDARD) == {}
    assert {*LETTERS} == {*TITLES}
    assert len({*LETTERS.values()}) == len(LETTERS)


def test_no_template_and_no_script_says_itself_which_key_does_what() -> None:
    said = re.compile(r'data-(?:key|go)="(?!\{\{)[^"]+"|<kbd[^>]*>[A-Z/?.]</kbd>')
    files = [*(settings.BASE_DIR / "templates").rglob("*.html")]

    assert [path.name for path in files if said.search(path.read_text())] == []


def test_a_chosen_key_goes_before_the_standard_of_another_act() -> None:
    keys = Keys.of({"claim": "x", "ask": ""})

    assert (keys["claim"], keys["select"], keys["ask"], keys["next"]) == ("x", "", "", "n")
    assert differences({**STANDARD, "claim": "t", "ask": ""}) == {"claim": "t", "ask": ""}
    assert "" not in [key for key, _act in keys.sheet]


@pytest.mark.parametrize("key", ["a", "é", "щ", "#", "0", ""])
def test_letters_and_signs_can_be_keys(key: str) -> None:
    assert fault(key) == ""


@pytest.mark.parametrize("key", ["ab", "5", "\x07", "\u0301", "\u200b", "\ud83d", "😀", "F1"])
def test_what_no_single_press_gives_can_be_no_key(key: str) -> None:
    assert fault(key) != ""


def test_good_and_bad_outcomes_have_letters_and_all_have_their_number() -> None:
    assert outcome_keys(["good", "bad", ""], STANDARD) == ["a 1", "r 2", "3"]
    assert outcome_keys(["", "bad", "good", "good"], STANDARD) == ["1", "r 2", "a 3", "4"]


def test_where_nothing_is_good_the_first_that_is_not_bad_approves() -> None:
    assert outcome_keys(["bad", "", ""], STANDARD) == ["r 1", "a 2", "3"]
    assert outcome_keys(["bad"], STANDARD) == ["r 1"]
    assert outcome_keys([""] * 11, STANDARD)[8:] == ["9", "", ""]
    assert outcome_keys(["", "bad"], Keys.of({"approve": "", "reject": "v"})) == ["1", "v 2"]
