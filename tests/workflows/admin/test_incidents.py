"""Incidents: open ones are what one sees, with the way out beside them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from tests.workflows.admin.conftest import Workflows
from tests.workflows.admin.test_instance_actions import last_event, said, status
from tests.workflows.admin.test_lists import found, list_of, page_of
from workflows import engine
from workflows.models import HumanTask, Incident
from workflows.testing import drain


def retry(client: Client, *incidents: Incident) -> Any:
    """Retry what these incidents are about."""
    chosen = [str(incident.pk) for incident in incidents]
    address = reverse("admin:workflows_incident_retry")
    return client.post(address, {"chosen": chosen, "reason": "Paper came."})


def test_open_incidents_are_listed_and_resolved_ones_kept_apart(
    superuser: Client, workflows: Workflows
) -> None:
    over, still = workflows.failed(), workflows.failed()
    engine.cancel_workflow(over)
    resolved, unresolved = (
        {str(incident.pk) for incident in Incident.objects.filter(instance=instance)}
        for instance in (over, still)
    )

    assert found(superuser, "incident") == unresolved
    assert found(superuser, "incident", state="resolved") == resolved
    assert found(superuser, "incident", state="all") == resolved | unresolved


def test_an_incident_shows_cause_and_remedy_and_leads_to_its_instance(
    superuser: Client, workflows: Workflows
) -> None:
    letter = workflows.failed()

    page = superuser.get(list_of("incident")).content.decode()

    assert "No &lt;b&gt;paper&lt;/b&gt;." in page
    assert "Mend the cause, then retry the instance." in page
    assert page_of(letter) in page


def test_retrying_incidents_retries_each_instance_once(
    superuser: Client, admin: User, workflows: Workflows
) -> None:
    letters = [workflows.failed(), workflows.failed(to="Max")]
    workflows.printer.paper = True

    response = retry(superuser, *Incident.objects.all())
    drain()

    assert [status(letter) for letter in letters] == ["completed", "completed"]
    assert [text.rpartition(": ")[2] for text in said(response)] == ["retried.", "retried."]
    event = last_event(letters[0], "instance.retried")
    assert (event.actor, event.via, event.data["reason"]) == (admin, "admin", "Paper came.")
    assert found(superuser, "incident") == set()


def test_an_incident_that_is_over_is_left_alone(superuser: Client, workflows: Workflows) -> None:
    letter = workflows.failed()
    incident = Incident.objects.get(instance=letter)
    engine.retry(letter)
    drain()

    response = retry(superuser, incident)

    assert said(response)[0].endswith("This incident is resolved already.")
    assert Incident.objects.filter(instance=letter, resolved_at=None).count() == 1


def test_where_nobody_can_do_a_task_the_incident_leads_to_reassigning_it(
    superuser: Client, workflows: Workflows
) -> None:
    Group.objects.get(name="managers").user_set.clear()
    task = workflows.task()
    incident = Incident.objects.get(instance=task.instance_id)

    tools = superuser.get(page_of(incident)).context["tools"]

    assert [text for _address, text in tools] == ["Reassign"]
    assert HumanTask.objects.get(pk=task.pk).title in superuser.get(tools[0][0]).content.decode()
