"""A group that is left out by a box of its own, with scripts and without."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.forms.journeys import BOTH
from tests.workflows.definitions import sequence
from workflows import BaseHumanStep, WorkflowContext
from workflows.models import WorkflowInstance
from workflows.testing import registered

ORDER: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        "what": {"type": "string", "title": "What?"},
        "billing": {
            "type": "object",
            "title": "Billing",
            "properties": {
                "street": {"type": "string", "title": "Street"},
                "country": {"type": "string", "title": "Country", "default": "Malta"},
            },
            "required": ["street"],
        },
        "extras": {
            "type": "object",
            "title": "Extras",
            "properties": {"gift": {"type": "boolean", "title": "As a gift", "default": True}},
        },
    },
}


class Pack(BaseHumanStep):
    """Asks whoever ordered it."""

    def get_assignee(self, context: WorkflowContext) -> int | None:
        """Give the requester."""
        return int(context.user_id) if context.user_id else None


@pytest.fixture
def orders() -> Iterator[None]:
    """Have a workflow with optional groups in its form."""
    with registered(sequence(Pack(), name="order", start_schema=ORDER)):
        yield


def _look_again(page: Page, javascript: bool) -> None:
    if not javascript:
        page.get_by_role("button", name="Show what follows from the answers").click()


@BOTH
def test_a_box_brings_the_fields_of_its_group_and_takes_them_away(
    transactional_db: None, orders: None, ana: User, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(ana, javascript=javascript)
    page.goto("/start/order/")
    box, street = page.get_by_label("Include Billing"), page.get_by_label("Street")
    expect(street).to_have_count(0)
    box.check()
    _look_again(page, javascript)
    street.fill("High St")
    expect(page.get_by_label("Country")).to_have_value("Malta")
    box.uncheck()
    _look_again(page, javascript)
    expect(street).to_have_count(0)
    box.check()
    _look_again(page, javascript)
    expect(street).to_have_value("High St")
    page.get_by_label("As a gift").uncheck()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_role("button", name="Start", exact=True)).to_have_count(0)

    assert WorkflowInstance.objects.get().data == {
        "billing": {"country": "Malta", "street": "High St"},
        "extras": {"gift": False},
    }
