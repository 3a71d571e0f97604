"""A database with a great many tasks is like one that the engine has filled."""

from __future__ import annotations

from collections import Counter

import pytest
from django.contrib.auth.models import User

from benchmarks.load_many.many import AUDITOR, NEWCOMER, REVIEWER, Size, load_many
from benchmarks.load_many.program import main
from workflows import engine
from workflows.engine import lists
from workflows.engine.store.search_words import rows_of
from workflows.models import HumanTask, TaskAccess, TaskStatus, TaskWord, WorkflowInstance
from workflows.testing import drain

SMALL = Size(tasks=300, open=60, people=20, groups=6)


def person(number: int) -> User:
    """Give one of the loaded people."""
    return User.objects.get(username=f"person{number:04}")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_loaded_tasks_are_listed_found_and_decided_like_all_others() -> None:
    load_many(SMALL)
    reviewer = person(REVIEWER)

    assert HumanTask.objects.count() == SMALL.tasks
    assert 30 < HumanTask.objects.open().count() < 90
    assert lists.count_tasks(reviewer)["team"] > 10
    assert not any(lists.count_tasks(person(NEWCOMER)).values())
    assert lists.list_tasks(person(AUDITOR), lists.Wanted(view="all")).after

    statuses = Counter(HumanTask.objects.values_list("status", flat=True))
    relations = Counter(TaskAccess.objects.values_list("relation", flat=True))
    assert relations["workflow"] == relations["requester"] == SMALL.tasks
    assert relations["decider"] == statuses[TaskStatus.COMPLETED]
    assert relations["assignee"] == statuses[TaskStatus.RESERVED]

    for task in HumanTask.objects.select_related("instance")[:20]:
        texts = (task.title, task.summary, task.instance.summary, task.instance.reference)
        kept = set(TaskWord.objects.filter(task=task).values_list("word", flat=True))
        assert kept == {row.word for row in rows_of(task.pk, texts)}

    expense = lists.Wanted(view="team", workflow="expense_approval")
    found = lists.list_tasks(reviewer, expense).rows[0].task
    engine.complete_human_task(found, user=reviewer, data={"decision": "approve"})
    drain()
    assert WorkflowInstance.objects.get(pk=found.instance_id).status == "completed"


@pytest.mark.django_db
def test_a_database_that_is_in_use_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    engine.start_workflow("expense_approval", initial_data={"title": "Desk", "amount": 1})

    with pytest.raises(SystemExit, match="has requests in it"):
        main([])
    with pytest.raises(SystemExit):
        main(["--tasks", "10", "--open", "9"])
    assert "at most half" in capsys.readouterr().err
