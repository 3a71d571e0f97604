"""Forms where they do something: what starts a request, and what decides a task."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.elsewhere import elsewhere
from tests.browser.forms.journeys import BOTH
from tests.workflows.definitions import sequence
from workflows import BaseHumanStep, WorkflowContext
from workflows.models import HumanTask, WorkflowInstance
from workflows.testing import drain, registered

ITEMS: Final[dict[str, Any]] = {
    "type": "array",
    "title": "Parts",
    "items": {
        "type": "object",
        "title": "Part",
        "properties": {
            "name": {"type": "string", "title": "Name"},
            "amount": {"type": "integer", "title": "Amount", "minimum": 1},
        },
        "required": ["name"],
    },
}
URGENT: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        "title": {"type": "string", "title": "What is broken?"},
        "urgent": {"type": "boolean", "title": "It is urgent"},
    },
    "required": ["title"],
    "if": {"properties": {"urgent": {"const": True}}, "required": ["urgent"]},
    "then": {"properties": {"why": {"type": "string", "title": "Why?"}}, "required": ["why"]},
}


class Repair(BaseHumanStep):
    """Asks whoever requested it which parts are needed."""

    title = "Choose the parts"
    form_schema = {
        "type": "object",
        "properties": {"decision": {"enum": ["order", "wait"]}, "parts": ITEMS},
        "required": ["decision"],
    }

    def get_assignee(self, context: WorkflowContext) -> int | None:
        """Give the requester."""
        return int(context.user_id) if context.user_id else None


@pytest.fixture
def repairs() -> Iterator[None]:
    """Have a workflow whose forms follow the answers."""
    with registered(sequence(Repair(), name="repair", start_schema=URGENT, summary="{title}")):
        yield


@BOTH
def test_a_request_is_started_and_decided_by_forms_that_follow_the_answers(
    transactional_db: None, repairs: None, ana: User, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(ana, javascript=javascript)
    page.goto("/start/repair/")
    page.get_by_label("What is broken?").fill("The lift")
    page.get_by_label("It is urgent").check()
    if not javascript:
        page.get_by_role("button", name="Show what follows from the answers").click()
    page.get_by_label("Why?").fill("It is the only one")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The lift")
    assert WorkflowInstance.objects.get().data["why"] == "It is the only one"
    elsewhere(drain)

    page.goto(f"/t/{HumanTask.objects.get().pk}/")
    for name in ("Rope", "Wheel"):
        page.get_by_role("button", name="Add to Parts").click()
        part = page.get_by_role("group", name="Parts").locator("li").last
        expect(part.get_by_label("Name")).to_have_value("")
        part.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Move Part 2 up").click()
    expect(page.get_by_label("Name").first).to_have_value("Wheel")
    assert page.url.endswith("/") is javascript
    page.get_by_role("button", name="Order").click()

    expect(page.get_by_role("status").first).to_contain_text("Order: The lift")
    elsewhere(drain)
    data = WorkflowInstance.objects.get().data
    assert data["parts"] == [{"name": "Wheel"}, {"name": "Rope"}]
