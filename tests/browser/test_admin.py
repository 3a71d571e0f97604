"""The admin in a real browser: no script or style of its own, and a verb carried out by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.accessibility import check_accessibility
from tests.browser.conftest import OpenPage
from tests.browser.elsewhere import elsewhere
from tests.workflows.definitions import Do
from workflows import WorkflowContext, WorkflowDefinition, engine
from workflows.models import Incident, WorkflowInstance
from workflows.testing import drain, registered


def without_paper(context: WorkflowContext) -> None:
    """Fail."""
    raise OSError("No paper.")


def failed_letter() -> WorkflowInstance:
    """Start a letter and run what is due."""
    instance = engine.start_workflow("letter", initial_data={"to": "Ana"})
    drain()
    return instance


@pytest.fixture
def letter(transactional_db: None) -> Iterator[WorkflowInstance]:
    """Give a letter whose printing failed."""
    steps = {"print": Do(without_paper)}
    with registered(WorkflowDefinition(name="letter", steps=steps, summary="Letter to {to}")):
        yield elsewhere(failed_letter)


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def page(open_page: OpenPage, admin: User, request: pytest.FixtureRequest) -> Page:
    """Give a page in which the superuser is signed in."""
    return open_page(admin, javascript=request.param)


@pytest.mark.on_every_database
def test_a_request_is_cancelled_from_the_list_with_a_reason(
    page: Page, letter: WorkflowInstance
) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name="Failed requests: 1").click()
    page.get_by_role("checkbox", name=re.compile("Letter to Ana")).check()
    page.get_by_label("Action:").select_option("Cancel requests")
    page.get_by_role("button", name="Run").or_(page.get_by_role("button", name="Go")).click()
    page.get_by_label("Reason").fill("Nobody needs it.")
    page.get_by_role("button", name="Cancel the requests").click()

    expect(page.get_by_text("Letter to Ana: cancelled.")).to_be_visible()
    assert WorkflowInstance.objects.get(pk=letter.pk).status == "canceled"


def test_a_request_begins_again_at_a_step_from_its_page(
    page: Page, letter: WorkflowInstance
) -> None:
    page.goto(f"/admin/workflows/workflowinstance/{letter.pk}/change/")
    page.get_by_role("link", name="Retry").click()
    page.get_by_label("Begin at").select_option("print")
    page.get_by_role("button", name="Retry").click()

    expect(page.get_by_text("Letter to Ana: retried.")).to_be_visible()
    assert WorkflowInstance.objects.get(pk=letter.pk).status == "running"


@pytest.mark.slow
def test_the_pages_of_the_admin_can_be_used_by_everybody(
    open_page: OpenPage, admin: User, letter: WorkflowInstance
) -> None:
    # Colours that are on their way from one scheme to the other are nobody's colours.
    page = open_page(admin, reduced_motion="reduce")
    incident = Incident.objects.get()

    for address in (
        "/admin/",
        "/admin/workflows/workflowinstance/",
        f"/admin/workflows/workflowinstance/{letter.pk}/change/",
        f"/admin/workflows/workflowinstance/retry/?chosen={letter.pk}",
        "/admin/workflows/incident/",
        f"/admin/workflows/incident/{incident.pk}/change/",
    ):
        page.goto(address)
        check_accessibility(page)


def test_no_list_of_the_admin_breaks_the_security_policy(
    open_page: OpenPage, admin: User, letter: WorkflowInstance
) -> None:
    page = open_page(admin)
    lists = [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in site._registry
    ]

    for address in (*lists, reverse("admin:auth_user_add"), reverse("admin:password_change")):
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok, address
