"""Files of a form: chosen once, and kept whatever else was wrong."""

from __future__ import annotations

from typing import Final

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import FilePayload, expect

from tests.browser.conftest import OpenPage
from tests.browser.forms.journeys import BOTH, result, shown_result, submit

PDF: Final = FilePayload(
    name="contract.pdf",
    mimeType="application/pdf",
    buffer=b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n",
)


@BOTH
@pytest.mark.expected_statuses(422)
def test_a_file_is_kept_while_another_field_is_mended(
    transactional_db: None, admin: User, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(admin, javascript=javascript)
    page.goto("/forms/on-boarding/")
    page.get_by_label("First name").fill("Cleo")
    page.get_by_label("Last name").fill("Marsh")
    page.get_by_label("Signed contract").set_input_files(PDF)
    kept = page.get_by_role("group", name="Signed contract")
    if javascript:
        # A look at the form takes the file along, and sends it only once.
        page.get_by_label("Gets a company car").check()
        expect(kept).to_contain_text("contract.pdf")

    submit(page)
    expect(page.get_by_role("heading", name="Nothing has been sent yet")).to_be_visible()
    expect(kept).to_contain_text("contract.pdf")
    page.get_by_label("First day").fill("2026-12-01")
    page.get_by_label("The person agrees").check()
    submit(page)

    data = result(page)
    assert "name=contract.pdf" in data["contract"]
    assert data["person"]["starts_on"] == "2026-12-01"
    expect(kept).to_contain_text("contract.pdf")
    kept.get_by_label("Remove").click()
    submit(page)
    # An earlier answer stands there until this one takes its place.
    expect(shown_result(page)).not_to_contain_text("contract")
    assert result(page) == {key: value for key, value in data.items() if key != "contract"}
