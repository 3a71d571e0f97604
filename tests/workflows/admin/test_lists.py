"""The admin's lists find rows, cost the same for any number of them, and let nobody edit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.workflows.admin.conftest import MODELS, Workflows
from tests.workflows.files import upload
from workflows import engine
from workflows.admin import reading
from workflows.models import (
    Attachment,
    Event,
    HumanTask,
    Incident,
    StepExecution,
    StoredDefinition,
    Worker,
    WorkflowInstance,
)

ROWS: dict[str, Any] = {
    "workflowinstance": WorkflowInstance,
    "stepexecution": StepExecution,
    "humantask": HumanTask,
    "event": Event,
    "incident": Incident,
    "storeddefinition": StoredDefinition,
    "worker": Worker,
    "attachment": Attachment,
}


def list_of(model: str, **query: str) -> str:
    """Give the address of a list."""
    return reverse(f"admin:workflows_{model}_changelist", query=query)


def page_of(row: Any) -> str:
    """Give the address of a row's page."""
    return reverse(f"admin:workflows_{row._meta.model_name}_change", args=[row.pk])


def found(client: Client, model: str, **query: str) -> set[str]:
    """Give the ids of the rows that a list shows."""
    answer = client.get(list_of(model, **query))
    assert answer.status_code == 200, answer.headers
    return {str(row.pk) for row in answer.context["cl"].result_list}


def a_worker(name: str, *, silent_for: timedelta = timedelta(0), **more: Any) -> Worker:
    """Store a worker whose heart beat last a while ago."""
    now = timezone.now()
    return Worker.objects.create(
        id=name, host="here", pid=7, started_at=now, heartbeat_at=now - silent_for, **more
    )


@pytest.fixture
def some(workflows: Workflows) -> Workflows:
    """Give the workflows with rows of every kind."""
    workflows.failed()
    workflows.waiting()
    a_worker("one")
    engine.park(None, "form", upload())
    return workflows


@pytest.mark.parametrize("model", MODELS)
def test_every_list_and_page_opens(superuser: Client, some: Workflows, model: str) -> None:
    rows = ROWS[model].objects.all()

    assert rows.exists()
    assert found(superuser, model) == {str(row.pk) for row in rows}
    for row in rows:
        assert superuser.get(page_of(row)).status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_nothing_is_added_changed_or_deleted_by_hand(
    superuser: Client, some: Workflows, model: str
) -> None:
    row = ROWS[model].objects.first()
    before = ROWS[model].objects.values().get(pk=row.pk)
    actions = superuser.get(list_of(model)).context["action_form"]

    assert superuser.get(reverse(f"admin:workflows_{model}_add")).status_code == 403
    assert superuser.post(page_of(row), {"status": "completed"}).status_code == 403
    delete = reverse(f"admin:workflows_{model}_delete", args=[row.pk])
    assert superuser.post(delete, {"post": "yes"}).status_code == 403
    assert ROWS[model].objects.values().get(pk=row.pk) == before
    assert "delete_selected" not in dict(actions.fields["action"].choices if actions else ())


@pytest.mark.parametrize("model", MODELS)
def test_a_list_costs_as_many_statements_for_many_rows_as_for_few(
    superuser: Client, some: Workflows, model: str
) -> None:
    # What Django keeps in the process, such as content types, is read with the first page.
    superuser.get(list_of(model))
    with CaptureQueriesContext(connection) as few:
        superuser.get(list_of(model))
    for number in range(4):
        some.failed()
        engine.claim(some.task(), user=User.objects.get(username="ben"))
        a_worker(f"worker-{number}")
        StoredDefinition.objects.create(workflow="old", version=str(number), content={"nodes": []})
    with CaptureQueriesContext(connection) as many:
        superuser.get(list_of(model))

    assert len(many) == len(few) <= 12


def test_an_instances_page_costs_as_many_statements_for_a_long_history(
    superuser: Client, some: Workflows
) -> None:
    instance = WorkflowInstance.objects.get(workflow="letter")
    superuser.get(page_of(instance))
    with CaptureQueriesContext(connection) as short:
        superuser.get(page_of(instance))
    for _number in range(4):
        engine.retry(instance, from_step="write")
        some.failed()
    with CaptureQueriesContext(connection) as long:
        superuser.get(page_of(instance))

    assert len(long) == len(short) <= 20


def test_wide_columns_are_not_read_for_a_list(superuser: Client, some: Workflows) -> None:
    with CaptureQueriesContext(connection) as statements:
        superuser.get(list_of("workflowinstance"))

    text = " ".join(statement["sql"] for statement in statements)
    assert '"metadata"' not in text
    assert '"content"' not in text


@pytest.mark.parametrize("term", ["L-17", "the-key", "to Zoe", "letter to zoe"])
def test_an_instance_is_found_by_what_people_know_of_it(
    superuser: Client, some: Workflows, term: str
) -> None:
    wanted = engine.start_workflow(
        "letter", initial_data={"to": "Zoe", "number": "L-17"}, key="the-key"
    )

    assert found(superuser, "workflowinstance", q=term) == {str(wanted.pk)}


def test_everything_of_an_instance_is_found_by_its_id_and_reference(
    superuser: Client, some: Workflows
) -> None:
    wanted = some.failed(number="L-17")

    for model in ("stepexecution", "event", "incident"):
        rows = {str(row.pk) for row in ROWS[model].objects.filter(instance=wanted)}
        assert found(superuser, model, q=str(wanted.pk)) == rows
        assert found(superuser, model, q="L-17") == rows
    assert found(superuser, "workflowinstance", q=wanted.pk.hex) == {str(wanted.pk)}


def test_a_task_is_found_by_its_id_its_instance_and_its_words(
    superuser: Client, some: Workflows
) -> None:
    task = some.task(who="Zoe")

    for term in (str(task.pk), str(task.instance_id), "zoe"):
        assert found(superuser, "humantask", q=term) == {str(task.pk)}


def test_what_is_nowhere_is_found_nowhere(superuser: Client, some: Workflows) -> None:
    for model in ("workflowinstance", "humantask", "event"):
        assert found(superuser, model, q="nothing like it") == set()
        assert found(superuser, model, q="00000000-0000-0000-0000-000000000000") == set()


def test_instances_are_filtered(superuser: Client, some: Workflows) -> None:
    letter = WorkflowInstance.objects.get(workflow="letter")
    leave = WorkflowInstance.objects.get(workflow="leave")
    engine.suspend(leave)
    long_ago = timezone.now() - timedelta(days=8)
    WorkflowInstance.objects.filter(pk=letter.pk).update(created_at=long_ago)
    only_letter, only_leave = {str(letter.pk)}, {str(leave.pk)}

    def shown(**query: str) -> set[str]:
        return found(superuser, "workflowinstance", **query)

    assert shown(status__exact="failed") == only_letter
    assert shown(suspended="yes") == only_leave
    assert shown(suspended="no") == only_letter
    assert shown(workflow="leave") == only_leave
    assert shown(workflow="leave", version="1") == only_leave
    assert shown(workflow="leave", version="2") == set()
    assert shown(age="under-hour") == only_leave
    assert shown(age="over-week") == only_letter
    assert shown(age="over-month") == set()
    assert shown(age="rubbish") == only_letter | only_leave


def test_executions_are_filtered_by_kind_and_overdue(superuser: Client, some: Workflows) -> None:
    asked = StepExecution.objects.get(path="ask")
    StepExecution.objects.filter(pk=asked.pk).update(due_at=timezone.now() - timedelta(hours=1))

    assert found(superuser, "stepexecution", kind="human") == {str(asked.pk)}
    assert found(superuser, "stepexecution", overdue="yes") == {str(asked.pk)}
    assert str(asked.pk) not in found(superuser, "stepexecution", overdue="no")
    assert found(superuser, "stepexecution", workflow="leave") == {str(asked.pk)}


def test_workers_show_whether_they_live(superuser: Client) -> None:
    a_worker("living")
    a_worker("silent", silent_for=timedelta(minutes=5))

    assert found(superuser, "worker", alive="yes") == {"living"}
    assert found(superuser, "worker", alive="no") == {"silent"}
    page = superuser.get(list_of("worker")).content.decode()
    assert page.count("icon-yes") == page.count("icon-no.") == 1


def test_a_definition_says_whether_its_code_is_here(superuser: Client, some: Workflows) -> None:
    StoredDefinition.objects.create(workflow="gone", version="1", content={"nodes": []})

    page = superuser.get(list_of("storeddefinition")).content.decode()

    # No worker lives, so that three more versions lack one.
    assert (page.count("icon-yes"), page.count("icon-no.")) == (2, 1 + 3)


def test_counting_and_paging_stop_where_it_would_get_slow(
    superuser: Client, some: Workflows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    some.failed()
    some.failed()

    page = superuser.get(list_of("workflowinstance"))

    assert page.context["cl"].result_count == 3
    assert "There are more than 3." in page.content.decode()


def test_data_is_shown_as_text_and_never_as_markup(superuser: Client, some: Workflows) -> None:
    instance = some.failed(to="<script>alert(1)</script>")

    page = superuser.get(page_of(instance)).content.decode()

    assert "<script>alert" not in page
    assert "&quot;to&quot;: &quot;&lt;script&gt;alert(1)&lt;/script&gt;&quot;" in page
    assert "<b>paper</b>" not in page


def test_endless_data_is_cut(superuser: Client, some: Workflows) -> None:
    instance = some.failed(essay="x" * 60_000)

    assert "more characters)" in superuser.get(page_of(instance)).content.decode()
