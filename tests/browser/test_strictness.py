"""The strict browser itself notices what it is there for."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.strictness import Complaints


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Give a page that nobody listens to yet."""
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.goto("/sign-in/")
    yield page
    context.close()


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("() => console.error('broken')", "Console: broken"),
        ("() => { setTimeout(() => { throw new Error('thrown') }) }", "Page error: thrown"),
        ("() => document.body.setAttribute('style', 'color: red')", "style-src 'self'"),
        ("() => fetch('/nowhere/').then(answer => answer.text())", "status of 404"),
    ],
)
def test_what_the_browser_complains_about_is_noted(page: Page, script: str, complaint: str) -> None:
    complaints = Complaints()
    complaints.listen(page, urlsplit(page.url).netloc)

    page.evaluate(script)
    page.wait_for_function("() => new Promise(done => setTimeout(() => done(true)))")

    assert any(complaint in text for text in complaints), complaints


def test_leaving_for_another_host_is_noted(page: Page) -> None:
    complaints = Complaints()
    complaints.listen(page, urlsplit(page.url).netloc)

    with page.expect_request("http://elsewhere.localhost:8001/"):
        page.evaluate("() => { location.href = 'http://elsewhere.localhost:8001/' }")

    assert any("Another host is asked" in text for text in complaints), complaints


def test_expected_statuses_are_no_complaint(page: Page) -> None:
    complaints = Complaints(frozenset({404}))
    complaints.listen(page, urlsplit(page.url).netloc)

    page.evaluate("() => fetch('/nowhere/').then(answer => answer.text())")

    assert complaints == []
