"""Asks axe what is wrong with a page, in the light and in the dark scheme."""

from __future__ import annotations

from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES: Final = [
    *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"),
    "best-practice",
]


def check_accessibility(page: Page) -> None:
    """Fail with axe's report where it finds anything in either scheme."""
    for scheme in ("light", "dark"):
        # Colours that are on their way from one scheme to the other would be measured.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        # Without its own copy of the stylesheets, which the security policy would block.
        options = {"preload": False, "runOnly": {"type": "tag", "values": RULES}}
        found = Axe().run(page, options=options)
        assert not found.violations_count, f"{page.url} in {scheme}:\n{found.generate_report()}"
