"""What a person does before a key: look at what there is."""

from __future__ import annotations

from playwright.sync_api import Page, expect

A_WHILE = 600
"""Milliseconds; before half a second has passed a key changes nothing."""


def look(page: Page) -> None:
    """Look at a page until its keys act."""
    expect(page.locator("h1").first).to_be_visible()
    page.wait_for_timeout(A_WHILE)
