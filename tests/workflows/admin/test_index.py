"""The admin's first page says whether anything needs a person."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.workflows.admin.conftest import Workflows
from tests.workflows.admin.test_lists import a_worker
from workflows.templatetags import workflow_health
from workflows.version import VERSION


def first_page(client: Client) -> str:
    """Give the admin's first page."""
    return client.get(reverse("admin:index")).content.decode()


def test_it_counts_what_is_open_and_failed(superuser: Client, workflows: Workflows) -> None:
    workflows.failed()
    workflows.failed()

    page = first_page(superuser)

    assert "Open incidents: 2" in page
    assert "Failed requests: 2" in page


def test_it_says_whether_a_worker_runs(superuser: Client, db: None) -> None:
    before = first_page(superuser)
    a_worker("one")

    assert "No worker is running" in before
    assert "A worker is running" in first_page(superuser)


def test_it_counts_only_so_far(
    superuser: Client, workflows: Workflows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workflow_health, "MOST", 1)
    workflows.failed()
    workflows.failed()

    assert "Failed requests: 1+" in first_page(superuser)


def test_it_tells_nobody_of_the_workflows_of_others(
    client: Client, workflows: Workflows, administrator: Callable[..., User]
) -> None:
    workflows.failed()
    client.force_login(administrator("eve", "administer_leave"))

    assert "Failed requests: 0" in first_page(client)


def test_it_says_only_what_one_may_open(
    client: Client, workflows: Workflows, administrator: Callable[..., User]
) -> None:
    client.force_login(administrator("eve", "view_letter", models=("incident",)))

    page = first_page(client)

    assert "Open incidents" in page
    assert "Failed requests" not in page
    assert "worker is running" not in page


@pytest.mark.parametrize("name", ["admin:index", "admin:workflows_workflowinstance_changelist"])
def test_the_foot_of_its_pages_tells_the_version(superuser: Client, name: str) -> None:
    assert f">Signoff {VERSION}</p>" in superuser.get(reverse(name)).content.decode()
