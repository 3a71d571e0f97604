"""A strict browser: whatever it complains about fails the test.

A test takes `strict_page`, `page_without_javascript`, or `open_page` for a person who is signed in.
HTTP errors that belong to a test are allowed by `@pytest.mark.expected_statuses(422)`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Error, Page, Playwright, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser import chromium
from tests.browser.strictness import Complaints

# Milliseconds that a busy machine may take; nothing waits that long in vain.
PATIENCE: Final = 60_000

OpenPage = Callable[..., Page]
PAGES: Final = pytest.StashKey[list[Page]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell of a failed test what its pages showed: it may not fail again for a long time."""
    report = yield
    if report.when == "call" and report.failed:
        for page in item.stash.get(PAGES, []):
            report.sections.append((f"What {page.url} showed", _what_is_shown(page)))
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


def _what_is_shown(page: Page) -> str:
    try:
        focused = page.evaluate("document.activeElement?.outerHTML.slice(0, 300)", None)
        return f"{page.locator('body').aria_snapshot()}\nThe focus is on {focused}"
    except Error as error:
        return f"It cannot be asked: {error}"


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Give Playwright, whose event loop stays in this thread to the end of the run."""
    # Only from here on: everywhere else Django's check for blocking calls in async code holds.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Give the one browser of this process."""
    browser = chromium.launch(playwright)
    yield browser
    browser.close()


@pytest.fixture
def new_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """Give a function that opens a strict page, in a profile of its own, at some address."""
    marker = request.node.get_closest_marker("expected_statuses")
    complaints = Complaints(frozenset(marker.args if marker else ()))
    contexts = []

    def new_page(url: str, *, javascript: bool = True, **options: Any) -> Page:
        context = browser.new_context(
            base_url=url, java_script_enabled=javascript, timezone_id="UTC", **options
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        request.node.stash.setdefault(PAGES, []).append(page)
        complaints.listen(page, urlsplit(url).netloc)
        return page

    yield new_page
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def open_page(new_page: OpenPage, live_server: LiveServer) -> OpenPage:
    """Give a function that opens a strict page of the test's server; `user` is signed in there."""

    def open_page(user: User | None = None, **options: Any) -> Page:
        page = new_page(live_server.url, **options)
        if user:
            client = Client()
            client.force_login(user)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            page.context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
            )
        return page

    return open_page


@pytest.fixture
def strict_page(open_page: OpenPage) -> Page:
    """Give a page in which nobody is signed in."""
    return open_page()


@pytest.fixture
def page_without_javascript(open_page: OpenPage) -> Page:
    """Give a page in which nobody is signed in and no script runs."""
    return open_page(javascript=False)
