"""Two tabs with the same form never overwrite each other: both drafts are kept, and it is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.tasks_ui.conftest import SignIn
from tests.tasks_ui.submissions.test_files import texts_of
from workflows.models import Draft, HumanTask

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
ANOTHER = "There is another draft of this form"
START = "/start/expense_approval/"


@dataclass
class Tab:
    """One tab of a browser with the form of one page, which saves as its script does."""

    client: Client
    page: str
    name: str
    draft: str = ""
    turn: int = 0
    shown: Any = field(default=None)

    def __post_init__(self) -> None:
        self.load()

    def load(self, query: str = "") -> str:
        """Load the page (anew) and give it."""
        self.shown = self.client.get(self.page + query)
        found = self.shown.context["draft"]
        self.draft = found.mark if found else ""
        return str(self.shown.content.decode())

    def save(self, words: str, *, is_heard: bool = True, **more: str) -> str:
        """Keep what is typed; the answer may get lost on its way."""
        self.turn += 1
        sent = {"d/comment": words, "draft": self.draft, "tab": self.name, "turn": str(self.turn)}
        answer = self.client.post(f"{self.page}draft/", sent | more, headers=HTMX)
        if is_heard:
            self.draft = answer.headers["X-Draft"]
        return str(answer.content.decode())


@pytest.fixture
def tabs(ben: User, sign_in: SignIn, expense: HumanTask) -> tuple[Tab, Tab]:
    """Give two tabs with the same task, in which nothing is typed yet."""
    client, page = sign_in(ben), f"/t/{expense.pk}/"
    return Tab(client, page, "one"), Tab(client, page, "two")


def kept() -> set[str]:
    """Give the words of all drafts."""
    return {text for one in Draft.objects.all() for text in one.fields["d/comment"]}


def test_the_later_save_tells_of_the_other_and_keeps_both(tabs: tuple[Tab, Tab]) -> None:
    one, two = tabs

    assert ANOTHER not in one.save("First words")
    assert ANOTHER in two.save("Other words")

    assert kept() == {"First words", "Other words"}


def test_each_goes_on_with_its_own(tabs: tuple[Tab, Tab]) -> None:
    one, two = tabs
    for number in range(3):
        one.save(f"One {number}")
        two.save(f"Two {number}")

    assert kept() == {"One 2", "Two 2"}


def test_one_can_look_at_either_and_go_on_with_it(tabs: tuple[Tab, Tab]) -> None:
    one, two = tabs
    one.save("First words")
    two.save("Other words")
    [older, newer] = Draft.objects.order_by("saved_at")

    assert f"?draft={older.pk}" not in one.load(f"?draft={older.pk}")
    assert one.shown.context["draft"] == older
    assert f"/?view=mine&amp;draft={newer.pk}" in one.shown.content.decode()
    two.load(f"?draft={older.pk}")
    two.name = "three"
    two.save("First words, and more")

    assert kept() == {"First words, and more", "Other words"}


def test_a_tab_does_not_conflict_with_itself(tabs: tuple[Tab, Tab]) -> None:
    one, _two = tabs
    one.save("a", is_heard=False)
    assert ANOTHER not in one.save("ab", is_heard=False), "The first answer was lost."
    one.load()
    one.save("abc", is_heard=False)
    assert ANOTHER not in one.save("abcd"), "The page was loaded anew meanwhile."

    assert kept() == {"abcd"}


def test_a_reload_in_another_tab_goes_on_where_the_first_one_left(tabs: tuple[Tab, Tab]) -> None:
    one, two = tabs
    one.save("First words")
    two.load()

    assert ANOTHER not in two.save("First words, and more")
    assert kept() == {"First words, and more"}
    assert ANOTHER in one.save("First words, otherwise")
    assert kept() == {"First words, and more", "First words, otherwise"}


def test_a_save_that_is_overtaken_on_its_way_changes_nothing(tabs: tuple[Tab, Tab]) -> None:
    one, _two = tabs
    one.save("The end", turn="9")

    assert "Draft saved" in one.save("The beginn", turn="8")

    assert kept() == {"The end"}


def test_a_refused_decision_is_a_save_like_others(tabs: tuple[Tab, Tab]) -> None:
    one, two = tabs
    one.save("First words")

    sent = texts_of(two.shown) | {"d/comment": "Other words", "tab": "two", "turn": "1"}
    refused = two.client.post(f"{two.page}decide/", sent)

    assert refused.status_code == 422
    assert ANOTHER in refused.content.decode()
    assert kept() == {"First words", "Other words"}


def test_without_scripts_it_is_told_on_the_next_page(tabs: tuple[Tab, Tab]) -> None:
    one, two = tabs
    one.save("First words")

    answer = two.client.post(
        f"{two.page}draft/", {"d/comment": "Other words", "draft": ""}, follow=True
    )

    page = answer.content.decode()
    assert ANOTHER in page
    assert "Other words" in page
    assert kept() == {"First words", "Other words"}


def test_only_the_draft_that_is_shown_is_thrown_away(tabs: tuple[Tab, Tab]) -> None:
    one, two = tabs
    one.save("First words")
    two.save("Other words")

    one.client.post(f"{one.page}draft/", {"discard": "1", "draft": one.draft})

    assert kept() == {"Other words"}


def test_there_is_an_end_to_it(tabs: tuple[Tab, Tab]) -> None:
    one, _two = tabs
    for number in range(10):
        one.name, one.draft = f"tab{number}", ""
        one.save(f"Words {number}")

    one.name, one.draft = "eleventh", ""

    assert "You have too many drafts of this form" in one.save("More words", is_heard=False)
    assert len(kept()) == 10


def test_start_forms_keep_both_too(ana: User, sign_in: SignIn) -> None:
    client = sign_in(ana)
    one, two = Tab(client, START, "one"), Tab(client, START, "two")

    assert ANOTHER not in one.save("First words")
    answer = two.save("Other words")
    assert ANOTHER in answer
    first = Draft.objects.order_by("saved_at")[0]
    assert f"{START}?draft={first.pk}" in answer
    two.load(f"?draft={first.pk}")
    assert two.shown.context["draft"] == first


def test_a_draft_in_the_address_is_nobody_elses(
    tabs: tuple[Tab, Tab], cleo: User, ben: User, sign_in: SignIn
) -> None:
    cleo.groups.set(ben.groups.all())
    one, _two = tabs
    one.save("First words")

    page = sign_in(cleo).get(f"{one.page}?draft={Draft.objects.get().pk}").content.decode()

    assert "First words" not in page
