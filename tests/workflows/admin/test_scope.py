"""Administrators see and act on the workflows that are theirs, and only staff comes in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.people import person
from tests.workflows.admin.conftest import MODELS, Workflows
from tests.workflows.admin.test_lists import found, list_of, page_of
from workflows.models import HumanTask, WorkflowInstance

SCOPED = [model for model in MODELS if model not in {"attachment", "worker"}]
Administrator = Callable[..., User]


@pytest.mark.parametrize("model", SCOPED)
def test_lists_show_only_the_workflows_of_the_person(
    client: Client, workflows: Workflows, administrator: Administrator, model: str
) -> None:
    workflows.failed()
    workflows.waiting()
    shown = {}
    for role in ("administer_letter", "view_leave"):
        client.force_login(administrator(role, role))
        shown[role] = found(client, model)
    client.force_login(administrator("stranger"))

    assert found(client, model) == set()
    assert shown["administer_letter"].isdisjoint(shown["view_leave"])
    # Nobody has an incident with a leave, nor a task with a letter.
    assert bool(shown["administer_letter"]) is (model != "humantask")
    assert bool(shown["view_leave"]) is (model != "incident")


def test_the_page_of_another_workflows_instance_is_not_there(
    client: Client, workflows: Workflows, administrator: Administrator
) -> None:
    leave = workflows.waiting()
    client.force_login(administrator("eve", "administer_letter"))

    answer = client.get(page_of(leave), follow=True)

    assert "Leave of Ana" not in answer.content.decode()
    assert answer.redirect_chain[0][0] == reverse("admin:index")


def test_who_may_only_view_gets_no_actions_and_no_buttons(
    client: Client, workflows: Workflows, administrator: Administrator
) -> None:
    instance = workflows.failed()
    client.force_login(administrator("eve", "view_letter"))
    retry = reverse("admin:workflows_workflowinstance_retry", query={"chosen": instance.pk})

    assert client.get(list_of("workflowinstance")).context["action_form"] is None
    assert "Retry" not in client.get(page_of(instance)).content.decode()
    assert client.get(retry).status_code == 403
    assert client.post(retry, {"chosen": instance.pk, "reason": "Now."}).status_code == 403
    instance.refresh_from_db()
    assert instance.status == "failed"


def test_who_administers_one_workflow_cannot_act_on_another(
    client: Client, workflows: Workflows, administrator: Administrator
) -> None:
    leave = workflows.waiting()
    client.force_login(administrator("eve", "administer_letter", "view_leave"))
    cancel = reverse("admin:workflows_workflowinstance_cancel")

    answer = client.post(cancel, {"chosen": leave.pk, "reason": "Mine now."}, follow=True)

    assert "Leave of Ana: Only who started a request" in answer.content.decode()
    assert WorkflowInstance.objects.get(pk=leave.pk).status == "waiting"


def test_a_filter_names_no_workflow_of_others(
    client: Client, workflows: Workflows, administrator: Administrator
) -> None:
    workflows.failed()
    workflows.waiting()
    client.force_login(administrator("eve", "administer_letter"))

    page = client.get(list_of("workflowinstance")).content.decode()

    assert "?workflow=letter" in page
    assert "?workflow=leave" not in page


def test_a_group_lead_reassigns_in_the_admin(
    client: Client, workflows: Workflows, administrator: Administrator, ben: User
) -> None:
    task = workflows.task()
    client.force_login(administrator("eve", "manage_leave"))

    answer = client.post(
        reverse("admin:workflows_humantask_reassign"),
        {"chosen": task.pk, "to": "ben", "reason": "He knows."},
        follow=True,
    )

    assert "reassigned." in answer.content.decode()
    assert HumanTask.objects.get(pk=task.pk).assignee == ben


def test_a_stranger_is_sent_to_sign_in_and_comes_back(client: Client, db: None) -> None:
    address = list_of("workflowinstance")

    answer = client.get(address)

    assert answer.headers["Location"] == f"{reverse('login')}?next={address}"


def test_the_admin_has_no_sign_in_page_of_its_own(client: Client, db: None) -> None:
    answer = client.get("/admin/login/?next=/admin/")

    assert answer.headers["Location"] == f"{reverse('login')}?next=/admin/"


def test_who_is_no_member_of_staff_is_told_so(client: Client, db: None) -> None:
    client.force_login(person("zoe"))

    answer = client.get(reverse("admin:index"), follow=True)

    assert answer.status_code == 403
