"""Enter in a field: it never decides, starts or sends anything."""

from __future__ import annotations

from django.contrib.auth.models import Group, User
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.elsewhere import elsewhere
from tests.browser.forms.journeys import BOTH
from workflows import engine
from workflows.models import HumanTask, WorkflowInstance
from workflows.testing import drain


@BOTH
def test_enter_neither_decides_nor_starts_nor_sends(
    transactional_db: None, ana: User, ben: User, open_page: OpenPage, javascript: bool
) -> None:
    task = elsewhere(task_for, ben, ana)
    page = open_page(ben, javascript=javascript)

    for url, label in (
        (f"/t/{task.pk}/", "Priority score"),
        ("/start/document_review/", "Title"),
        ("/forms/travel/", "Destination"),
    ):
        page.goto(url)
        field = page.get_by_label(label)
        field.fill("4")
        with page.expect_response("**/form/**"):
            field.press("Enter")
        expect(field).to_have_value("4")
        expect(page.get_by_role("heading", name="Nothing has been sent yet")).to_have_count(0)

    task.refresh_from_db()
    assert task.is_open
    assert WorkflowInstance.objects.count() == 1


def task_for(reviewer: User, author: User) -> HumanTask:
    """Give a document to review to somebody on the staff."""
    reviewer.is_staff = True
    reviewer.save()
    reviewer.groups.add(Group.objects.get_or_create(name="authors")[0])
    data = {"title": "Travel policy", "link": "https://example.org/policy"}
    engine.start_workflow("document_review", initial_data=data, user=author)
    drain()
    return HumanTask.objects.get()
