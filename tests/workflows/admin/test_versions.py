"""Versions of workflows: whose code is missing, who waits for it, and moving them elsewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.tasks_ui.schema_form.elements import Page
from tests.tasks_ui.schema_form.sending import successful
from tests.workflows.admin.conftest import Workflows
from tests.workflows.admin.test_instance_actions import answer, question, said
from tests.workflows.admin.test_lists import found, list_of, page_of
from tests.workflows.asking import Ask
from tests.workflows.engine.instances.moving import at, version, waiting_on
from workflows import engine
from workflows.engine.maintenance.reconcile import reconcile
from workflows.models import Event, StoredDefinition, Worker, WorkflowInstance
from workflows.testing import registered

pytestmark = pytest.mark.django_db

OLD = version("1", ("ask", "end"), ask=Ask("ben"))
NEW = version("2", ("approval", "end"), approval=Ask("ben"))
RENAMED = {"to_version": "2", "mapping": "ask = approval"}


def a_worker(*code: StoredDefinition) -> None:
    Worker.objects.create(
        pk="worker",
        host="here",
        pid=1,
        started_at=timezone.now(),
        heartbeat_at=timezone.now(),
        definitions=[definition.pk for definition in code],
    )


def preview(client: Client, *chosen: WorkflowInstance, **answers: str) -> Any:
    """Give the page that says what would happen."""
    return answer(client, "migrate", *chosen, **{**RENAMED, **answers})


def confirm(client: Client, page: Any, *chosen: WorkflowInstance, **answers: str) -> Any:
    """Send the form as the preview shows it, but for other answers."""
    names = page.context["form"].fields
    shown = successful(Page(page.content.decode()).root)
    filled = {name: value for name, value in shown if name in names}
    return answer(client, "migrate", *chosen, **{**filled, **answers})


def test_the_list_tells_the_versions_that_requests_need_and_nobody_can_run(
    superuser: Client, workflows: Workflows
) -> None:
    workflows.waiting()
    with waiting_on(OLD) as instance:
        a_worker(StoredDefinition.objects.get(workflow="leave"))

        assert found(superuser, "storeddefinition", stuck="yes") == {str(instance.definition_id)}
        page = superuser.get(page_of(instance.definition)).content.decode()

    assert "No worker can run it." in page
    assert "moving" in page


def test_requests_with_work_that_nobody_can_do_are_found_and_say_why(superuser: Client) -> None:
    with registered(OLD):
        instance, other = engine.start_workflow("moving"), engine.start_workflow("moving")
    StoredDefinition.objects.update(created_at=timezone.now() - timedelta(hours=1))
    a_worker()
    engine.cancel_workflow(other)
    reconcile()

    assert found(superuser, "workflowinstance", blocked="yes") == {str(instance.pk)}
    assert found(superuser, "workflowinstance", blocked="no") == {str(other.pk)}
    page = superuser.get(page_of(instance)).content.decode()
    assert "No workflow &#x27;moving&#x27; is registered" in page
    assert "Deploy the code of this version again" in page
    definition = superuser.get(page_of(instance.definition)).content.decode()
    assert "blocked=yes" in definition


def test_moving_shows_first_what_would_happen(superuser: Client, ben: User) -> None:
    with waiting_on(OLD) as instance, registered(NEW):
        asked = superuser.get(question("migrate", instance)).content.decode()
        page = preview(superuser, instance)

    assert "Show what would happen" in asked
    assert page.status_code == 422
    assert "ask → approval" in page.content.decode()
    assert "Move the requests" in page.content.decode()
    assert at(instance) == {"ask": "waiting"}


def test_moving_is_done_once_its_preview_was_seen(
    superuser: Client, admin: User, ben: User
) -> None:
    with waiting_on(OLD) as one, waiting_on(OLD) as other, registered(NEW):
        page = preview(superuser, one, other)
        response = confirm(superuser, page, one, other, reason="A better name.")

    assert sorted(said(response)) == sorted([f"{one}: moved.", f"{other}: moved."])
    assert at(one) == at(other) == {"approval": "waiting"}
    event = Event.objects.filter(instance=one, kind="instance.migrated").get()
    assert (event.actor, event.via) == (admin, "admin")
    assert event.data["reason"] == "A better name."


def test_other_answers_than_those_that_were_previewed_are_previewed_anew(
    superuser: Client, ben: User
) -> None:
    with waiting_on(OLD) as instance, registered(NEW):
        page = preview(superuser, instance)
        again = confirm(superuser, page, instance, ask_again="on")

    assert again.status_code == 422
    assert at(instance) == {"ask": "waiting"}


def test_what_cannot_move_says_why_and_is_not_offered(superuser: Client, ben: User) -> None:
    with waiting_on(OLD) as instance, registered(NEW):
        page = preview(superuser, instance, mapping="").content.decode()
        wrong = preview(superuser, instance, mapping="ask").content.decode()
        unknown = preview(superuser, instance, mapping="no = approval").content.decode()

    assert "ask is active, and version 2 has no step ask: map it." in page
    assert "None of them can move." in page
    assert "Write old = new, one step per line." in wrong
    assert "The mapping names no step: no." in unknown


def test_requests_of_several_versions_are_not_moved_together(
    superuser: Client, ben: User, workflows: Workflows
) -> None:
    leave = workflows.waiting()
    with waiting_on(OLD) as instance, registered(NEW):
        page = preview(superuser, instance, leave).content.decode()

    assert "Choose requests of one version at a time." in page


def test_without_their_code_requests_are_still_shown_and_can_be_cancelled(
    superuser: Client, ben: User
) -> None:
    with waiting_on(OLD) as instance:
        for page in (list_of("workflowinstance"), page_of(instance), list_of("storeddefinition")):
            assert superuser.get(page).status_code == 200
        retried = answer(superuser, "retry", instance, from_step="ask")
        assert "No workflow" in said(retried)[0]
        for verb in ("suspend", "resume", "cancel"):
            answer(superuser, verb, instance, reason="No code.")

    instance.refresh_from_db()
    assert instance.status == "canceled"


def test_only_an_administrator_of_the_workflow_is_offered_to_move_requests(
    client: Client, administrator: Any, ben: User
) -> None:
    client.force_login(administrator("vera", "view_moving"))
    with waiting_on(OLD) as instance, registered(NEW):
        page = client.get(page_of(instance)).content.decode()
        response = client.get(question("migrate", instance))

    assert reverse("admin:workflows_workflowinstance_migrate") not in page
    assert response.status_code == 403
