"""The list of all pictures: who sees which page, and what they do there first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Page, expect

from tests.browser.elsewhere import elsewhere
from tests.pictures.world import APPROVE, World, change_amount
from workflows import engine

Act = Callable[[Page, World], None]


@dataclass(frozen=True)
class Shot:
    """One page.

    Attributes:
        who: the username; empty for strangers.
        act: what is done there before the picture.
        whole: whether all of it is shown, however long it is.
    """

    name: str
    path: str
    who: str = ""
    act: Act | None = None
    whole: bool = False


def press(name: str) -> Act:
    """Press a button."""
    return lambda page, world: page.get_by_role("button", name=name, exact=True).click()


def open_details(words: str) -> Act:
    """Open what is folded."""
    return lambda page, world: page.locator("summary", has_text=words).click()


def sign_in_wrongly(page: Page, world: World) -> None:
    """Give the wrong password."""
    page.get_by_label("Username").fill("ben")
    page.get_by_label("Password").fill("a wrong one")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()


def refuse_without_a_reason(page: Page, world: World) -> None:
    """Press a button that asks for a reason."""
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_role("link", name="Say why.")).to_be_visible()


def lose_a_race(page: Page, world: World) -> None:
    """Decide what Mara has just decided."""
    task = world.expense()
    page.goto(f"/t/{task.pk}/?view=team")
    page.get_by_label("Comment").fill("Please ask for a second offer first.")
    elsewhere(engine.complete_human_task, task, user=world.people["mara"], data=APPROVE)
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_text("Your decision was not taken")).to_be_visible()


def claim_too_late(page: Page, world: World) -> None:
    """Claim what Mara has just claimed."""
    task = world.expense()
    page.goto(f"/t/{task.pk}/?view=team")
    elsewhere(engine.claim, task, user=world.people["mara"])
    page.get_by_role("button", name="Claim").click()
    expect(page.get_by_role("status").first.get_by_text("has taken this task")).to_be_visible()


def decide_what_has_changed(page: Page, world: World) -> None:
    """Decide about data that are not those which were shown."""
    task = world.expense()
    page.goto(f"/t/{task.pk}/?view=team")
    elsewhere(change_amount, task)
    page.get_by_label("Comment").fill("Fine.")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("This has changed since you opened it")).to_be_visible()


def approve_one(page: Page, world: World) -> None:
    """Decide, and see what comes next."""
    page.goto(f"/t/{world.expense().pk}/?view=team")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("status").first).to_contain_text("Approve")


def send_a_wrong_form(page: Page, world: World) -> None:
    """Start with too little."""
    page.get_by_label("Amount in euros").fill("-3")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("Nothing has been sent yet")).to_be_visible()


def choose_all(page: Page, world: World) -> None:
    """Choose every task of the page, and ask to decide them."""
    page.get_by_role("link", name="Select all").click()
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Decide")


def see_the_keys(page: Page, world: World) -> None:
    """Open the sheet of keys."""
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


EXAMPLES: Final = (
    *("contacts", "document-review", "expense-claim", "feedback", "incident", "leave-request"),
    *("measurement", "on-boarding", "opening", "payment", "pet-insurance", "purchase-order"),
    *("release", "server", "shipping", "supplier", "system-access", "team", "travel", "visitor"),
)
ALONE: Final = (
    Shot("sign-in", "/sign-in/"),
    Shot("sign-in-wrong", "/sign-in/", act=sign_in_wrongly),
    Shot("password-reset", "/password/"),
    Shot("password-sent", "/password/sent/"),
    Shot("password-used-link", "/password/x/y/"),
)
LISTS: Final = (
    *(Shot(f"list-{name}", f"/inbox/{name}/", "ben") for name in ("mine", "team", "waiting")),
    *(Shot(f"list-{name}", f"/inbox/{name}/", "ben") for name in ("snoozed", "done", "all")),
    Shot("list-closed", "/inbox/closed/", "admin"),
    *(
        Shot(f"list-empty-{name}", f"/inbox/{name}/", "cleo")
        for name in ("mine", "team", "waiting", "snoozed", "done", "all")
    ),
    Shot("list-nothing-found", "/inbox/team/?find=nowhere&priority=1", "ben"),
    Shot("list-narrowed", "/inbox/team/?find=desk&of=expense_approval&age=day", "ben"),
    Shot("list-filter", "/inbox/team/", "ben", open_details("Filter and sort")),
    Shot("list-more", "/inbox/team/", "ben", open_details("More")),
    Shot("list-chosen", "/inbox/team/?find=travel", "ben", choose_all),
)
TASKS: Final = (
    Shot("task-open", "/t/{open}/?view=team", "ben"),
    Shot("task-mine", "/t/{mine}/", "ben"),
    Shot("task-claimed-by-another", "/t/{theirs}/?view=all", "ben"),
    Shot("task-decided", "/t/{decided}/?view=done", "ben"),
    Shot("task-undoable", "/t/{undoable}/?view=done", "ben"),
    Shot("task-receipt", "/t/{decided}/receipt/?view=done", "ben"),
    Shot("task-overridden", "/t/{overridden}/?view=all", "admin"),
    Shot("task-out-of-reach", "/t/{overridden}/?view=team", "mara"),
    Shot("task-canceled", "/t/{canceled}/?view=all", "admin"),
    Shot("task-question-open", "/t/{asked}/?view=waiting", "ben"),
    Shot("task-question-for-me", "/t/{asked}/", "emil"),
    Shot("task-answered", "/t/{answered}/", "ben"),
    Shot("task-of-requester", "/t/{open}/", "admin"),
    Shot("task-review", "/t/{review}/?view=team", "emil"),
    Shot("task-long", "/t/{long}/?view=team", "ben"),
    Shot("task-long-whole", "/t/{long}/?view=team", "ben", whole=True),
    Shot("task-needs-reason", "/t/{open}/?view=team", "ben", refuse_without_a_reason),
    Shot("task-decided-next", "/inbox/team/", "ben", approve_one),
    Shot("conflict-decided", "/inbox/team/", "ben", lose_a_race),
    Shot("conflict-claimed", "/inbox/team/", "ben", claim_too_late),
    Shot("conflict-changed", "/inbox/team/", "ben", decide_what_has_changed),
)
VERBS: Final = (
    *(
        Shot(f"verb-{name}", f"/t/{{mine}}/{name}/", "ben")
        for name in ("hand-over", "ask", "snooze", "people")
    ),
    Shot("verb-hand-over-wrong", "/t/{mine}/hand-over/", "ben", press("Hand over")),
    Shot("verb-answer", "/t/{asked}/answer/", "emil"),
    Shot("verb-take-over", "/t/{theirs}/take-over/?view=all", "dana"),
    Shot("verb-override", "/t/{theirs}/override/?view=all", "admin"),
    Shot("verb-override-long", "/t/{long}/override/?view=all", "admin", whole=True),
)
REQUESTS: Final = (
    Shot("start", "/start/", "ana"),
    Shot("start-form", "/start/expense_approval/", "ana"),
    Shot("start-form-wrong", "/start/expense_approval/", "ana", send_a_wrong_form, whole=True),
    Shot("requests", "/requests/", "ana"),
    Shot("requests-none", "/requests/", "cleo"),
    *(
        Shot(f"request-{name}", f"/r/{{{place}}}/", "admin")
        for name, place in (
            *(("waiting", "request"), ("completed", "completed_request")),
            *(("failed", "failed_request"), ("canceled", "canceled_request")),
            *(("onboarding", "onboarding"), ("order", "order"), ("long", "long_request")),
        )
    ),
)
OTHERS: Final = (
    Shot("settings", "/settings/", "ben", whole=True),
    Shot("password-change", "/settings/password/", "ben"),
    Shot("keys", "/inbox/team/", "ben", see_the_keys),
    Shot("error-403", "/pictures/refused/", "ben"),
    Shot("error-404", "/nowhere/", "ben"),
    Shot("error-500", "/pictures/broken/", "ben"),
)
GALLERY: Final = (
    Shot("gallery", "/forms/", "admin"),
    *(Shot(f"gallery-{name}", f"/forms/{name}/", "admin", whole=True) for name in EXAMPLES),
    Shot("gallery-expense-claim-result", "/forms/expense-claim/", "admin", press("Submit"), True),
    Shot("gallery-own", "/forms/own/", "admin"),
)
ADMIN: Final = (
    Shot("admin", "/admin/", "admin"),
    Shot("admin-instances", "/admin/workflows/workflowinstance/", "admin"),
    Shot("admin-instance", "/admin/workflows/workflowinstance/{failed_request}/change/", "admin"),
)
SHOTS: Final = (*ALONE, *LISTS, *TASKS, *VERBS, *REQUESTS, *OTHERS, *GALLERY, *ADMIN)
