"""The steps that journeys through forms have in common, with scripts and without."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])


def submit(page: Page) -> None:
    """Send the form of the gallery."""
    page.get_by_role("button", name="Submit", exact=True).click()


def result(page: Page) -> Any:
    """Give the data that the gallery shows for a form that fits."""
    expect(page.get_by_role("heading", name="This is what comes out")).to_be_visible()
    return json.loads(shown_result(page).inner_text())


def shown_result(page: Page) -> Locator:
    """Give the place where the gallery shows that data."""
    return page.locator(".gallery__result pre")


def show_form(page: Page, schema: dict[str, Any]) -> None:
    """Let the gallery show the form of a schema."""
    page.goto("/forms/own/")
    page.get_by_label("Schema", exact=True).fill(json.dumps(schema))
    page.get_by_role("button", name="Show the form").click()
    expect(page.get_by_role("button", name="Submit", exact=True)).to_be_visible()


def caret(page: Page, at: int) -> None:
    """Put the caret into the text that has the focus."""
    page.evaluate("at => document.activeElement.setSelectionRange(at, at)", at)


class SlowLine:
    """Holds back what is asked about forms, or sent elsewhere, until it is let through."""

    def __init__(self, page: Page, url: str = "**/form/") -> None:
        self._held: list[Route] = []
        self._is_open = False
        page.route(url, self._take)

    def let_through(self) -> None:
        """Let through what was held back, and everything that follows."""
        self._is_open = True
        for route in self._held:
            route.continue_()

    def _take(self, route: Route) -> None:
        if self._is_open:
            route.continue_()
        else:
            self._held.append(route)
