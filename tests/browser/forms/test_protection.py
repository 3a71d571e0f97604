"""What is protected by hints alone, and what a browser sends of addresses in other scripts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.forms.journeys import BOTH, result, submit

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "access": {
            "oneOf": [
                {
                    "title": "Key",
                    "properties": {"file": {"type": "string", "title": "File"}},
                    "required": ["file"],
                },
                {
                    "title": "Login",
                    "properties": {"word": {"type": "string", "title": "Word"}},
                    "required": ["word"],
                },
            ]
        },
        "by": {"type": "string", "title": "By", "default": "Ana"},
        "site": {"type": "string", "format": "uri", "title": "Site"},
        "size": {"enum": ["S", "L"], "title": "Size"},
    },
    "required": ["access"],
}
LOOK = {
    "access": {"oneOf": [{}, {"word": {"ui:widget": "password"}}]},
    "by": {"ui:disabled": True},
    "size": {"ui:placeholder": "Choose a size"},
}


@BOTH
@pytest.mark.expected_statuses(422)
def test_a_password_of_an_alternative_is_not_to_be_read(
    transactional_db: None, admin: User, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(admin, javascript=javascript)
    show(page)
    page.get_by_label("Kind").select_option("Login")
    if not javascript:
        page.get_by_role("button", name="Show its fields").click()
    word = page.get_by_label("Word")
    expect(word).to_have_attribute("type", "password")
    word.fill("sesame")
    page.get_by_label("Site").fill("https://☃.net/")
    expect(page.get_by_label("Size").locator("option").first).to_have_text("Choose a size")
    expect(page.get_by_label("By")).to_have_count(0)
    expect(page.locator(".field__fixed")).to_have_text("Ana")
    submit(page)

    expect(page.get_by_role("heading", name="Nothing has been sent yet")).to_be_visible()
    expect(page.get_by_text("“☃.net” cannot be the name of a host.").first).to_be_visible()
    assert "sesame" not in page.content()
    page.get_by_label("Word").fill("sesame")
    page.get_by_label("Site").fill("https://exämple.org/straße")
    submit(page)

    told = result(page)
    assert told["site"] == "https://xn--exmple-cua.org/stra%C3%9Fe"
    assert told["by"] == "Ana"


def show(page: Page) -> None:
    """Let the gallery show the form with its hints."""
    page.goto("/forms/own/")
    page.get_by_label("Schema", exact=True).fill(json.dumps(SCHEMA))
    page.get_by_label("UI schema").fill(json.dumps(LOOK))
    page.get_by_role("button", name="Show the form").click()
    expect(page.get_by_role("button", name="Submit", exact=True)).to_be_visible()
