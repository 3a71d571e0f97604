"""A decision is never an accident: typed sentences, double presses, slow lines, half a date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.elsewhere import elsewhere
from tests.browser.looking import A_WHILE, look
from tests.expenses import start_expense
from tests.workflows.definitions import sequence
from workflows import BaseHumanStep, WorkflowContext, engine
from workflows.models import Draft, HumanTask, WorkflowInstance
from workflows.testing import drain, registered

TITLES: Final = ("Train to Berlin", "Standing desk", "Team dinner")
SLOW: Final = 2_500
"""Milliseconds that every answer takes on a slow line."""
QUICK: Final = 60
AT_EASE: Final = 220
"""Milliseconds between two keys of people who type."""
AMAZING: Final = "Amazing, all approved as agreed"
SENTENCES: Final = (AMAZING, AMAZING.lower(), "AGREED", "zero rejected; carry on. 1 or 2")
HALVES: Final = (
    ("Day optional", "1231", "2027-12-31"),
    ("Day optional", "02312027", "2027-02-28"),
    ("Hour optional", "11", "11:15"),
    ("Moment optional", "1", ""),
)
"""Fields, what somebody types into them that is no date or time, and what they mean."""
BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])


def statuses() -> list[str]:
    """Give the states of the tasks, in the order in which they were made."""
    return [*HumanTask.objects.order_by("pk").values_list("status", flat=True)]


def outcomes() -> list[str]:
    """Give the outcomes of the tasks, in the same order."""
    return [*HumanTask.objects.order_by("pk").values_list("outcome", flat=True)]


@pytest.fixture
def page(transactional_db: None, ana: User, ben: User, open_page: OpenPage) -> Page:
    """Give Ben's page, with three tasks that nobody has taken, and the first one open."""
    for title in TITLES:
        elsewhere(start_expense, ana, title)
    page = open_page(ben)
    page.goto("/inbox/team/")
    page.get_by_role("link", name="Train to Berlin").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    return page


@pytest.fixture
def many(page: Page) -> Page:
    """Give the page that asks how to decide two of them."""
    page.goto("/inbox/team/")
    page.get_by_role("link", name="Select all").click()
    page.get_by_role("checkbox", name="Standing desk").uncheck()
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Decide 2 tasks")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    return page


def slow(page: Page) -> None:
    """Let every answer take its time from now on."""
    conditions = {"offline": False, "latency": SLOW, "downloadThroughput": -1}
    page.context.new_cdp_session(page).send(
        "Network.emulateNetworkConditions", {**conditions, "uploadThroughput": -1}
    )


def type_all(page: Page, sentences: Sequence[str], pause: int) -> None:
    """Type sentences one after the other, and let everything happen that comes of it."""
    for sentence in sentences:
        look(page)
        page.keyboard.type(sentence, delay=pause)
        # Where a letter has led into a field, the next sentence begins outside.
        page.keyboard.press("Escape")
    page.wait_for_timeout(A_WHILE)


def press_at_the_next_task(page: Page, key: str) -> None:
    """Let a key be pressed as soon as the next task is there, and no sooner.

    The browser does it: how fast this machine is does not matter.
    """
    page.evaluate(
        """([key, title]) => document.addEventListener("htmx:after:swap", function wait() {
            if (!document.querySelector("article").textContent.includes(title)) return;
            document.removeEventListener("htmx:after:swap", wait);
            const press = () => new KeyboardEvent("keydown", { key, bubbles: true });
            setTimeout(() => document.activeElement.dispatchEvent(press()), 50);
        })""",
        [key, TITLES[1]],
    )


def linger(page: Page) -> None:
    """Let what takes half a second on a page take a minute, for machines that are slow."""
    session = page.context.new_cdp_session(page)
    session.send("Animation.enable")
    session.send("Animation.setPlaybackRate", {"playbackRate": 0.01})


def test_sentences_typed_at_a_heading_decide_nothing(page: Page) -> None:
    type_all(page, SENTENCES, QUICK)
    type_all(page, ["a car and a room"], AT_EASE)

    assert statuses() == ["ready"] * 3


def test_sentences_typed_above_many_tasks_decide_none_of_them(many: Page) -> None:
    type_all(many, [AMAZING, "1, and 1 again"], QUICK)

    assert statuses() == ["ready"] * 3


def test_a_sentence_typed_while_a_button_has_the_focus_presses_nothing(page: Page) -> None:
    look(page)
    page.get_by_role("button", name="Approve").focus()
    page.keyboard.type("yes we do", delay=QUICK)
    page.wait_for_timeout(A_WHILE)

    assert statuses() == ["ready"] * 3


def test_a_sentence_goes_on_when_another_task_comes_under_it_and_decides_nothing(
    page: Page,
) -> None:
    look(page)
    slow(page)
    page.get_by_role("link", name="Standing desk").click()
    page.get_by_label("Comment").focus()
    page.keyboard.type("a sad fact as a sad fact was that a sad fact was a fact", delay=QUICK)

    expect(page.get_by_role("article")).to_contain_text("Standing desk")
    page.wait_for_timeout(A_WHILE)
    assert statuses() == ["ready"] * 3


@pytest.mark.parametrize("key", ["Shift+A", "Shift+C"])
def test_with_shift_a_key_changes_nothing(page: Page, key: str) -> None:
    look(page)
    page.keyboard.press(key)
    page.wait_for_timeout(A_WHILE)

    assert statuses() == ["ready"] * 3
    expect(page.get_by_role("heading", level=1)).to_be_focused()


@pytest.mark.parametrize("gap", [20, 220])
def test_a_key_pressed_twice_decides_one_task(page: Page, gap: int) -> None:
    look(page)
    page.keyboard.press("a")
    page.wait_for_timeout(gap)
    page.keyboard.press("a")

    expect(page.get_by_role("status")).to_contain_text("Approve: Train to Berlin")
    page.wait_for_timeout(A_WHILE)
    assert outcomes() == ["approve", "", ""]


@pytest.mark.parametrize("key", ["a", "r", "1", "c"])
def test_a_key_does_nothing_to_a_task_that_has_just_come(page: Page, key: str) -> None:
    look(page)
    press_at_the_next_task(page, key)
    page.keyboard.press("a")

    expect(page.get_by_role("status")).to_contain_text("Approve: Train to Berlin")
    page.wait_for_timeout(A_WHILE)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert outcomes() == ["approve", "", ""]
    assert HumanTask.objects.filter(status="ready").count() == 2


def test_a_key_that_is_held_down_decides_one_task(page: Page) -> None:
    look(page)
    for _time in range(30):
        page.keyboard.down("a")
        page.wait_for_timeout(30)
    page.keyboard.up("a")

    expect(page.get_by_role("status")).to_contain_text("Approve: Train to Berlin")
    page.wait_for_timeout(A_WHILE)
    assert outcomes() == ["approve", "", ""]


@pytest.mark.parametrize("press", ["a", "click"])
def test_on_a_slow_line_impatience_decides_one_task(page: Page, press: str) -> None:
    approve = page.get_by_role("button", name="Approve")
    look(page)
    slow(page)
    press_at_the_next_task(page, "a")
    for _time in range(4):
        if press == "click":
            approve.click(no_wait_after=True)
        else:
            page.keyboard.press(press)
        page.wait_for_timeout(SLOW / 5)

    page.locator("article", has_text="Standing desk").wait_for()
    page.wait_for_timeout(A_WHILE)
    assert outcomes() == ["approve", "", ""]


@BOTH
def test_the_second_click_does_not_decide_the_task_that_has_come_under_it(
    transactional_db: None, ana: User, ben: User, open_page: OpenPage, javascript: bool
) -> None:
    for title in TITLES:
        elsewhere(start_expense, ana, title)
    page = open_page(ben, javascript=javascript)
    page.goto("/inbox/team/")
    page.get_by_role("link", name="Train to Berlin").click()
    approve = page.get_by_role("button", name="Approve")
    look(page)
    linger(page)
    approve.dblclick(no_wait_after=True)
    page.locator("article", has_text="Standing desk").wait_for()
    approve.click(force=True, no_wait_after=True)

    expect(page.get_by_role("status")).to_contain_text("Approve: Train to Berlin")
    page.wait_for_timeout(A_WHILE)
    assert outcomes() == ["approve", "", ""]


class Delivery(BaseHumanStep):
    """Asks whoever requested it whether, and when."""

    form_schema = {
        "type": "object",
        "properties": {
            "decision": {"enum": ["order", "wait"]},
            "day": {"type": "string", "format": "date", "title": "Day"},
            "hour": {"type": "string", "format": "time", "title": "Hour"},
            "moment": {"type": "string", "format": "date-time", "title": "Moment"},
            "note": {"type": "string", "title": "Note"},
            "parts": {"type": "array", "title": "Parts", "items": {"type": "string"}},
        },
        "required": ["decision"],
    }

    def get_assignee(self, context: WorkflowContext) -> int | None:
        """Give the requester."""
        return int(context.user_id) if context.user_id else None


@pytest.fixture
def delivery(transactional_db: None, ana: User) -> Iterator[HumanTask]:
    """Give Ana a task whose form asks for moments that may be left out."""
    with registered(sequence(Delivery(), name="delivery")):
        elsewhere(engine.start_workflow, "delivery", user=ana)
        elsewhere(drain)
        yield HumanTask.objects.get()


def is_unread(field: Locator) -> bool:
    """Whether the browser has something in the field that it sends nothing for."""
    return bool(field.evaluate("field => field.validity.badInput"))


@BOTH
def test_half_a_date_stops_its_form(
    delivery: HumanTask, ana: User, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(ana, javascript=javascript)
    page.goto(f"/t/{delivery.pk}/")
    order = page.get_by_role("button", name="Order")
    for label, typed, good in HALVES:
        field = page.get_by_label(label)
        field.press_sequentially(typed)
        assert is_unread(field), typed
        order.click()

        if javascript:
            expect(page.get_by_role("alert")).to_contain_text("This is not complete")
        expect(field).to_be_focused()
        if good:
            field.fill(good)
            expect(page.get_by_role("alert")).to_have_count(0)
        else:
            page.keyboard.press("Backspace")
    page.wait_for_timeout(A_WHILE)
    assert outcomes() == [""]

    order.click()
    expect(order).to_have_count(0)
    elsewhere(drain)
    data = WorkflowInstance.objects.get().data
    assert data == {"decision": "order", "day": "2027-02-28", "hour": "11:15"}


def test_half_a_date_is_kept_from_drafts_and_looks_at_the_form(
    delivery: HumanTask, ana: User, open_page: OpenPage
) -> None:
    page = open_page(ana)
    page.goto(f"/t/{delivery.pk}/")
    day = page.get_by_label("Day optional")
    day.fill("2027-01-02")
    expect(page.get_by_text("Draft saved,")).to_be_visible()
    day.press("Backspace")
    assert is_unread(day)
    page.get_by_label("Note").fill("By the back door")

    expect(page.get_by_text("Draft saved without what is not complete")).to_be_visible()
    kept = Draft.objects.get().fields
    assert (kept["d/day"], kept["d/note"]) == (["2027-01-02"], ["By the back door"])
    page.get_by_role("button", name="Add to Parts").click()
    expect(page.get_by_role("group", name="Parts").locator("li")).to_have_count(1)
    assert is_unread(day)
    look(page)
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    expect(day).to_be_focused()
    assert outcomes() == [""]
