"""Two tasks over two items are told apart at a glance: in lists, on their pages, by their facts."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.elsewhere import elsewhere
from tests.tasks_ui.tasks.test_items import PORTO, TITLE, VISITS, begin
from workflows.testing import registered

HEIGHT = {1280: 160, 375: 260}
"""Pixels that a fact of three parts takes at most, by the width of the window."""


@pytest.mark.parametrize("width", [1280, 375])
def test_a_task_of_an_item_is_told_from_the_others(
    ana: User, ben: User, open_page: OpenPage, width: int
) -> None:
    with registered(VISITS):
        elsewhere(begin, ana)
        page = open_page(ben, viewport={"width": width, "height": 800})
        page.goto("/inbox/mine/")
        expect(page.get_by_role("link", name="Review (1 of 2): Lisbon")).to_be_visible()

        page.get_by_role("link", name=TITLE).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
        expect(page.locator(".detail__summary")).to_have_text(f"{PORTO} (2 of 2)")

        item = page.locator(".facts > div").first
        expect(item.locator("dt").first).to_have_text("Item 2 of 2")
        box = item.bounding_box()
        assert box is not None
        assert box["height"] <= HEIGHT[width]
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth", None)
        assert not wide
