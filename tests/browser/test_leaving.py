"""Twenty ways of leaving a page on a slow network: nothing that was typed is lost.

A run takes a share of the ways, by a seed that it names; `make leaving` takes all of them.
"""

from __future__ import annotations

import os
import random
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.elsewhere import elsewhere
from tests.browser.signing_in import sign_in_as
from tests.browser.slow_server import SlowServer, slow_server
from tests.expenses import start_expense
from tests.people import person
from workflows import engine
from workflows.models import Draft, HumanTask

DELAY: Final = 2.5
SHARE: Final = 4
ALL: Final = "SIGNOFF_LEAVING"
"""Set to `all`, it has every way walked; set to a number, it is the seed of the share."""

BIG: Final = 60_000


@dataclass
class Trip:
    """One person with one task, into whose two fields something is typed before they leave."""

    context: BrowserContext
    server: SlowServer
    task: HumanTask
    other: HumanTask
    number: int
    page: Page = field(init=False)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.open()

    @property
    def thought(self) -> str:
        """What is typed into the form that decides."""
        return f"Thought number {self.number} about the train"

    @property
    def remark(self) -> str:
        """What is typed into the field for comments, which no server keeps."""
        return f"Remark number {self.number} to everybody"

    def address(self, task: HumanTask | None = None) -> str:
        """Give the address of a task."""
        return f"/t/{(task or self.task).pk}/?view=team"

    def open(self) -> None:
        """Open another tab with nothing in it."""
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def type_in(self) -> None:
        """Type into both fields, and stay in the second."""
        self.page.get_by_label("What you want to say").fill(self.remark)
        self.page.get_by_label("Comment", exact=False).fill(self.thought)

    def begin(self) -> None:
        """Open the task and type."""
        self.page.goto(self.address())
        self.type_in()

    def come_back(self) -> None:
        """Come back to the task by its address."""
        self.page.goto(self.address())

    def sign_in(self) -> None:
        """Sign in where the session has ended."""
        expect(self.page.get_by_role("heading", name="Sign in")).to_be_visible()
        sign_in_as(self.page, "ben")

    def shows_all(self) -> None:
        """Both are in their fields."""
        expect(self.page.get_by_label("Comment", exact=False)).to_have_value(self.thought)
        expect(self.page.get_by_label("What you want to say")).to_have_value(self.remark)

    def says_all(self) -> None:
        """Both can at least be read and copied, where their form is gone."""
        expect(self.page.locator("#main")).to_contain_text(self.thought)
        remark = self.page.get_by_label("What you want to say")
        if remark.count():
            expect(remark).to_have_value(self.remark)
        else:
            expect(self.page.locator("#main")).to_contain_text(self.remark)


Way = Callable[[Trip], Any]
WAYS: dict[str, Way] = {}


def way(leave: Way) -> Way:
    """Note a way of leaving; it ends where the words have to be."""
    WAYS[leave.__name__.replace("_", " ").strip()] = leave
    return leave


def by_path(path: str) -> Callable[[Any], bool]:
    """Match a request that is sent to an address like this."""
    return lambda request: path in request.url and request.method == "POST"


@way
def a_link(trip: Trip) -> None:
    trip.page.get_by_role("link", name="My requests").click()
    expect(trip.page.get_by_role("heading", name="My requests")).to_be_visible()
    trip.come_back()


@way
def a_row_of_the_list(trip: Trip) -> None:
    trip.page.locator(f"[data-row][href*='{trip.other.pk}']").click()
    expect(trip.page).to_have_url(trip.address(trip.other))
    trip.page.locator(f"[data-row][href*='{trip.task.pk}']").click()
    expect(trip.page).to_have_url(trip.address())


@way
def keys(trip: Trip) -> None:
    for key in ("Escape", "j", "k", "j", "Enter", "k", "Enter"):
        trip.page.keyboard.press(key)
    trip.come_back()


@way
def next_task(trip: Trip) -> None:
    trip.page.get_by_role("link", name="Next", exact=False).last.click()
    expect(trip.page).not_to_have_url(trip.address())
    trip.come_back()


@way
def back_and_forward(trip: Trip) -> None:
    trip.page.go_back()
    expect(trip.page.get_by_label("What you want to say")).to_have_count(0)
    trip.page.go_forward()


@way
def back_in_history_of_swaps(trip: Trip) -> None:
    trip.page.get_by_role("link", name="My requests").click()
    expect(trip.page.get_by_role("heading", name="My requests")).to_be_visible()
    trip.page.go_back()


@way
def reload_at_once(trip: Trip) -> None:
    trip.page.reload()


@way
def reload_twice(trip: Trip) -> None:
    trip.page.reload(wait_until="domcontentloaded")
    trip.page.reload()


@way
def closed_tab(trip: Trip) -> None:
    trip.page.close(run_before_unload=True)
    trip.server.wait_for(f"/t/{trip.task.pk}/draft/")
    assert trip.thought in elsewhere(lambda: str(Draft.objects.get(task=trip.task).fields))
    trip.open()
    trip.come_back()


@way
def another_tab(trip: Trip) -> None:
    trip.open()
    trip.come_back()


@way
def address_typed(trip: Trip) -> None:
    trip.page.goto("/requests/")
    trip.come_back()


@way
def a_swap_while_a_save_is_on_its_way(trip: Trip) -> None:
    with trip.page.expect_request(by_path("/draft/")):
        pass
    trip.number += 100
    trip.type_in()
    trip.page.get_by_role("link", name="My requests").click()
    expect(trip.page.get_by_role("heading", name="My requests")).to_be_visible()
    trip.page.get_by_role("link", name="Team").click()
    trip.page.locator(f"[data-row][href*='{trip.task.pk}']").click()
    expect(trip.page).to_have_url(trip.address())


@way
def typed_while_the_form_that_is_refused_is_on_its_way(trip: Trip) -> None:
    field = trip.page.get_by_label("Comment", exact=False)
    field.fill("")
    with trip.page.expect_request(by_path("/decide/")):
        trip.page.get_by_role("button", name="Reject").click()
    field.fill(trip.thought)
    expect(trip.page.get_by_text("Say why.").first).to_be_visible()
    expect(field).to_have_value(trip.thought)
    trip.page.get_by_role("link", name="My requests").click()
    expect(trip.page.get_by_role("heading", name="My requests")).to_be_visible()
    trip.come_back()


@way
def offline_and_online(trip: Trip) -> None:
    trip.context.set_offline(True)
    trip.page.get_by_label("Comment", exact=False).fill(trip.thought)
    expect(trip.page.get_by_role("status").first).to_contain_text("cannot be reached")
    trip.page.get_by_role("link", name="My requests").click()
    trip.context.set_offline(False)
    trip.page.reload()


@way
def the_palette(trip: Trip) -> None:
    trip.page.keyboard.press("Escape")
    trip.page.get_by_role("button", name="All actions").click()
    trip.page.get_by_role("combobox").fill("my requests")
    trip.page.keyboard.press("Enter")
    expect(trip.page.get_by_role("heading", name="My requests")).to_be_visible()
    trip.come_back()


@way
def a_search(trip: Trip) -> None:
    trip.page.get_by_role("searchbox").fill("train")
    trip.page.keyboard.press("Enter")
    expect(trip.page.get_by_label("What you want to say")).to_have_count(0)
    trip.come_back()


@way
def handed_over_meanwhile(trip: Trip) -> None:
    ben = User.objects.get(username="ben")
    elsewhere(lambda: engine.claim(trip.task.pk, user=ben))
    dana = elsewhere(User.objects.get, username="dana")
    elsewhere(lambda: engine.reassign(trip.task.pk, to=dana, user=ben))
    trip.page.get_by_role("link", name="My requests").click()
    expect(trip.page.get_by_role("heading", name="My requests")).to_be_visible()
    trip.come_back()
    trip.says_all()


@way
def decided_meanwhile(trip: Trip) -> None:
    dana = elsewhere(User.objects.get, username="dana")
    elsewhere(
        lambda: engine.complete_human_task(trip.task.pk, user=dana, data={"decision": "approve"})
    )
    with trip.page.expect_response(lambda found: "/draft/" in found.url):
        pass
    trip.come_back()
    trip.says_all()


@way
def signed_out_elsewhere(trip: Trip) -> None:
    elsewhere(Session.objects.all().delete)
    trip.page.get_by_role("link", name="My requests").click()
    trip.sign_in()
    expect(trip.page.get_by_role("navigation", name="Main")).to_be_visible()
    trip.come_back()


@way
def a_session_that_has_ended_when_it_is_saved(trip: Trip) -> None:
    elsewhere(Session.objects.all().delete)
    expect(trip.page.get_by_text("Nothing has been recorded yet")).to_be_visible()
    trip.sign_in()
    expect(trip.page.get_by_text("Nothing has been recorded yet")).to_be_visible()


@way
def a_session_that_has_ended_when_it_is_decided(trip: Trip) -> None:
    elsewhere(Session.objects.all().delete)
    trip.page.get_by_role("button", name="Reject").click()
    trip.sign_in()
    expect(trip.page.get_by_text("Nothing has been recorded yet")).to_be_visible()


def send_in_vain(trip: Trip, status: int) -> None:
    """Send the form while the server answers everything with this status."""
    trip.server.broken = status
    trip.page.get_by_role("button", name="Reject").click()
    expect(trip.page.get_by_text("Broken")).to_be_visible()
    trip.server.broken = 0
    trip.come_back()


@way
def a_server_that_is_broken(trip: Trip) -> None:
    send_in_vain(trip, 500)


@way
def a_database_that_is_away(trip: Trip) -> None:
    send_in_vain(trip, 503)


@way
def more_than_a_browser_sends_when_it_closes(trip: Trip) -> None:
    trip.page.evaluate(
        """text => {
          const field = document.querySelector("[name='d/comment']");
          field.value = text;
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        "x" * BIG + trip.thought,
    )
    trip.page.close()
    trip.open()
    trip.come_back()
    field = trip.page.get_by_label("Comment", exact=False)
    expect(field).to_have_value("x" * BIG + trip.thought)
    field.fill(trip.thought)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowServer]:
    """Make the server as slow as a bad network."""
    with slow_server(monkeypatch, DELAY) as server:
        yield server


@pytest.fixture
def context(browser: Browser, live_server: LiveServer, ben: User) -> Iterator[BrowserContext]:
    """Give Ben's browser: not a strict one, as it complains about every lost connection."""
    client = Client()
    elsewhere(client.force_login, ben)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(base_url=live_server.url, timezone_id="UTC")
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    yield context
    context.close()


def share() -> tuple[list[str], int]:
    """Draw the ways to walk, or take those that are asked for."""
    asked, names = os.environ.get(ALL, ""), sorted(WAYS)
    seed = int(asked) if asked.isdecimal() else secrets.randbelow(10_000)
    drawn = random.Random(seed).sample(names, SHARE)  # noqa: S311 - a seed that can be named
    if asked in WAYS:
        drawn = [asked]
    return names if asked == "all" else drawn, seed


def walk(name: str, number: int, context: BrowserContext, server: SlowServer) -> None:
    """Type, leave by this way, come back, and find everything."""
    ana = User.objects.get(username="ana")
    task, other = (elsewhere(start_expense, ana, f"Train {number}{letter}") for letter in "ab")
    trip = Trip(context, server, task, other, number)
    trip.page.goto("/inbox/team/")
    trip.begin()
    WAYS[name](trip)
    if name not in {"decided meanwhile", "handed over meanwhile"}:
        trip.shows_all()
    server.rest()
    assert not trip.faults, trip.faults
    for page in context.pages:
        page.close()


@pytest.mark.only_on("sqlite")
def test_nothing_typed_is_lost_by_any_way_of_leaving(
    transactional_db: None, ana: User, ben: User, context: BrowserContext, server: SlowServer
) -> None:
    person("dana", groups=("managers",))
    names, seed = share()
    failed = []
    for number, name in enumerate(names):
        try:
            walk(name, number, context, server)
        except (AssertionError, Error) as error:
            error.add_note(f"The way was: {name}; {ALL}={seed} draws the same again.")
            failed.append(error)
    if failed:
        raise ExceptionGroup("What was typed is not there again", failed)
