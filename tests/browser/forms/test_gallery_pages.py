"""The pages of the gallery: nothing for axe to find, light and dark, on wide windows and phones."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.forms.journeys import BOTH, result, submit
from tests.browser.test_every_page import check


@pytest.mark.parametrize(
    "path", ["/forms/", "/forms/own/", "/forms/expense-claim/", "/forms/server/"]
)
def test_pages_of_the_gallery(
    transactional_db: None, admin: User, open_page: OpenPage, path: str
) -> None:
    page = open_page(admin)
    page.goto(path)
    check(page)


@BOTH
@pytest.mark.expected_statuses(422)
def test_a_schema_is_pasted_mended_and_tried(
    transactional_db: None, admin: User, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(admin, javascript=javascript)
    page.goto("/forms/")
    page.get_by_role("link", name="Write your own").click()
    schema = page.get_by_role("textbox", name="Schema", exact=True)

    schema.fill('{"properties": {"n": {"type": "whole"}}}')
    page.get_by_role("button", name="Show the form").click()
    expect(page.get_by_role("alert")).to_be_visible()
    schema.fill('{"properties": {"n": {"type": "integer", "title": "Number"}}}')
    page.get_by_role("button", name="Show the form").click()
    page.get_by_label("Number").fill("42")
    submit(page)

    assert result(page) == {"n": 42}
