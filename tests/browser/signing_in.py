"""Signs somebody in on the page that asks for it, as they do themselves."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.people import PASSWORD


def sign_in_as(page: Page, username: str) -> None:
    """Fill in the sign-in page that is shown, and send it."""
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
