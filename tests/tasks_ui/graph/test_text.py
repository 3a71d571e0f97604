"""How text is cleaned, measured, wrapped and shortened."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks_ui.graph.text import ELLIPSIS, clean, shorten, text_width, wrap

any_text = settings(deadline=None, max_examples=60)


def test_white_space_and_control_characters_become_single_spaces() -> None:
    assert clean("  Check\tthe\n\n form\x00\x1b ") == "Check the form"


def test_halves_of_surrogate_pairs_are_left_out() -> None:
    assert clean("a\ud83d b") == "a b"


def test_wide_letters_are_wider_than_narrow_ones() -> None:
    assert text_width("iii", 12) < text_width("nnn", 12) < text_width("WWW", 12)
    assert text_width("批准", 12) > text_width("nn", 12)


def test_accents_that_combine_take_no_room() -> None:
    assert text_width("e\u0301", 12) == text_width("e", 12)


def test_text_that_fits_is_left_alone() -> None:
    assert shorten("Approve", 144, 12) == "Approve"


def test_a_letter_is_not_cut_from_its_accent() -> None:
    text = "e\u0301\u0323" * 40

    cut = [shorten(text, limit, 12).removesuffix(ELLIPSIS) for limit in range(40, 60)]

    assert {each[-1] for each in cut} == {"\u0323"}


def test_a_long_label_is_wrapped_into_two_lines_of_about_the_same_width() -> None:
    assert wrap("Approve the request of the customer", 144, 12) == [
        "Approve the request",
        "of the customer",
    ]


def test_a_key_is_wrapped_after_an_underscore() -> None:
    assert wrap("a_snake_case_key_of_a_step", 120, 12) == ["a_snake_case_", "key_of_a_step"]


def test_a_long_word_is_shortened_on_one_line() -> None:
    (line,) = wrap("Donaudampfschifffahrtsgesellschaft", 144, 12)

    assert line.startswith("Donaudampf")
    assert line.endswith(ELLIPSIS)


@any_text
@given(st.text(max_size=80), st.integers(40, 200))
def test_no_line_is_wider_than_the_limit(text: str, limit: int) -> None:
    lines = wrap(clean(text), limit, 12)

    assert 1 <= len(lines) <= 2
    assert all(text_width(line, 12) <= limit for line in lines)


@any_text
@given(st.text(st.characters(exclude_categories=()), max_size=80))
def test_clean_text_can_stand_in_a_document(text: str) -> None:
    kept = clean(text)

    assert kept.encode().decode() == kept
    assert not {unicodedata.category(char) for char in kept} & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(kept) & {"\ufffe", "\uffff"}
