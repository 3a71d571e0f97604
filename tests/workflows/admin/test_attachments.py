"""Administrators find files by what they belong to, and get those that they may see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.workflows.admin.conftest import Workflows
from tests.workflows.admin.test_lists import found, page_of
from tests.workflows.files import PDF, upload
from workflows import engine
from workflows.models import Attachment


def bound(workflows: Workflows, workflow: str = "letter") -> Attachment:
    """Give a file that an instance was started with."""
    row = engine.park(None, "form", upload(name=f"{workflow}.pdf"))
    workflows.start(workflow, file=row.reference.text, to="Ana")
    row.refresh_from_db()
    return row


def test_files_are_found_by_what_they_are_and_belong_to(
    superuser: Client, workflows: Workflows
) -> None:
    row = bound(workflows)
    parked = engine.park(None, "form", upload(name="parked.pdf"))

    assert found(superuser, "attachment") == {str(row.pk), str(parked.pk)}
    for search in (row.pk, row.instance_id, "letter"):
        assert found(superuser, "attachment", q=str(search)) == {str(row.pk)}
    assert found(superuser, "attachment", q=row.sha256) == {str(row.pk), str(parked.pk)}
    assert found(superuser, "attachment", state="parked") == {str(parked.pk)}
    assert found(superuser, "attachment", state="bound") == {str(row.pk)}
    assert found(superuser, "attachment", workflow="letter") == {str(row.pk)}


def test_a_file_is_given_out_through_the_request_only(
    superuser: Client, workflows: Workflows
) -> None:
    row = bound(workflows)
    link = reverse("request_file", args=[row.instance_id, row.pk])

    page = superuser.get(page_of(row)).content.decode()

    assert f'href="{link}"' in page
    assert row.file.url not in page
    answer: Any = superuser.get(link)
    assert b"".join(answer.streaming_content) == PDF


def test_files_of_other_workflows_and_parked_ones_are_not_there(
    client: Client, workflows: Workflows, administrator: Callable[..., User]
) -> None:
    letter, _leave = bound(workflows), bound(workflows, "leave")
    engine.park(None, "form", upload(name="parked.pdf"))
    client.force_login(administrator("eve", "view_letter"))

    assert found(client, "attachment") == {str(letter.pk)}
    # Who may only view sees that there is a file; the data that it is in is not theirs to see.
    assert "Download" not in client.get(page_of(letter)).content.decode()
