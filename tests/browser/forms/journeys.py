"""The steps that journeys through forms have in common, with scripts and without."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])


def submit(page: Page) -> None:
    """Send the form of the gallery."""
    page.get_by_role("button", name="Submit", exact=True).click()


def result(page: Page) -> Any:
    """Give the data that the gallery shows for a form that fits."""
    expect(page.get_by_role("heading", name="This is what comes out")).to_be_visible()
    return json.loads(page.locator(".gallery__result pre").inner_text())


def look(page: Page, *, javascript: bool) -> None:
    """Ask for what follows from the answers: scripts ask by themselves."""
    if javascript:
        # A field says that it has changed when one leaves it.
        page.locator(":focus").blur()
    else:
        page.locator(":focus").press("Enter")
