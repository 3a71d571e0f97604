"""A strict browser: whatever it complains about fails the test.

A test takes `strict_page`, `page_without_javascript`, or `open_page` for a person who is signed in.
HTTP errors that belong to a test are allowed by `@pytest.mark.expected_statuses(422)`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser import chromium
from tests.browser.strictness import Complaints

# Milliseconds that a busy machine may take; nothing waits that long in vain.
PATIENCE: Final = 15_000

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


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
