"""Administrators give tasks to other people, who must be active and allowed to decide."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.workflows.admin.conftest import Workflows
from tests.workflows.admin.test_instance_actions import last_event, said
from tests.workflows.admin.test_lists import list_of, page_of
from workflows import engine
from workflows.models import HumanTask

REASSIGN = "admin:workflows_humantask_reassign"


def reassign(client: Client, *tasks: HumanTask, **answers: str) -> Any:
    """Answer the page that asks whom to give tasks to."""
    chosen = [str(task.pk) for task in tasks]
    return client.post(reverse(REASSIGN), {"chosen": chosen, "reason": "Ill.", **answers})


def test_a_task_is_given_to_somebody_else(
    superuser: Client, admin: User, cleo: User, workflows: Workflows
) -> None:
    task = workflows.task()

    response = reassign(superuser, task, to="cleo")

    task.refresh_from_db()
    assert (task.assignee, task.status) == (cleo, "reserved")
    assert said(response) == ["May they go? (Leave of Ana): reassigned."]
    event = last_event(task.instance, "task.reassigned")
    assert (event.actor, event.via) == (admin, "admin")
    assert (event.data["after"], event.data["reason"]) == ("Cleo", "Ill.")


def test_several_tasks_are_given_on_at_once_and_closed_ones_are_named(
    superuser: Client, cleo: User, workflows: Workflows
) -> None:
    first, closed, last = (workflows.task(who=name) for name in ("Ana", "Max", "Zoe"))
    engine.cancel_workflow(closed.instance_id)

    response = reassign(superuser, first, closed, last, to="cleo")

    assert HumanTask.objects.filter(assignee=cleo).count() == 2
    assert len([text for text in said(response) if text.endswith("reassigned.")]) == 2
    assert len(said(response)) == 3


@pytest.mark.parametrize("to", ["nobody", "cleo", ""])
def test_only_active_people_get_tasks(
    superuser: Client, cleo: User, workflows: Workflows, to: str
) -> None:
    cleo.is_active = False
    cleo.save()
    task = workflows.task()

    response = reassign(superuser, task, to=to)

    assert response.status_code == 422
    assert HumanTask.objects.get(pk=task.pk).assignee is None
    if to:
        assert f"No active person is called “{to}”." in response.content.decode()


def test_the_page_suggests_active_people_by_name(
    superuser: Client, cleo: User, workflows: Workflows
) -> None:
    User.objects.filter(username="ana").update(is_active=False)
    task = workflows.task()
    chosen = {"action": "reassign", "_selected_action": [str(task.pk)]}

    page = superuser.post(list_of("humantask"), chosen).content.decode()

    assert '<option value="cleo">Cleo</option>' in page
    assert 'value="ana"' not in page


def test_the_page_of_an_open_task_offers_to_reassign_it(
    superuser: Client, ben: User, workflows: Workflows
) -> None:
    task = workflows.task()
    before = [text for _address, text in superuser.get(page_of(task)).context["tools"]]
    engine.complete_human_task(task, user=ben, data={"approved": True})
    after = [text for _address, text in superuser.get(page_of(task)).context["tools"]]

    assert before == ["Reassign", "Open in Signoff"]
    assert after == ["Open in Signoff"]


def test_the_page_says_who_has_to_do_with_the_task(
    superuser: Client, ben: User, workflows: Workflows
) -> None:
    task = workflows.task()
    engine.claim(task, user=ben)

    page = superuser.get(page_of(task)).content.decode()

    assert "managers (candidate)" in page
    assert "Ben (assignee)" in page
