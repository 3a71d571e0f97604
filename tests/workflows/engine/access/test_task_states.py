"""Every move of the task's state machine, made and refused as declared, by everybody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction

from scripts.write_states import PAGE, written
from tests.workflows.task_states import BY_NOBODY, People, Run, act, everybody, give_roles, task_in
from workflows import exceptions
from workflows.engine import queries
from workflows.engine.access import task_states
from workflows.engine.access.task_states import MOVES, Move, Who
from workflows.exceptions import NotAllowed, WrongState
from workflows.models import Event, HumanTask, TaskAccess, TaskStatus

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
RIGHTFUL = {
    "claim": "mara",
    "release": "ben",
    "take over": "lea",
    "hand over": "ada",
    "ask": "ben",
    "answer": "cleo",
    "take the question back": "ben",
    "decide": "ben",
    "decide, with an undo window": "ben",
    "undo": "ben",
    "override": "ada",
    "reopen": "ada",
}
"""Somebody who may make the move, if the state allows it."""

ROLES: dict[str, tuple[Who, ...]] = {
    "stan": (),
    "ina": (Who.CANDIDATE,),
    "mara": (Who.CANDIDATE,),
    "bars": (Who.CANDIDATE,),
    "ben": (Who.CANDIDATE, Who.ASSIGNEE, Who.DECIDER),
    "cleo": (Who.ADDRESSEE,),
    "fay": (Who.CANDIDATE,),
    "lea": (Who.LEAD,),
    "ada": (Who.LEAD, Who.ADMINISTRATOR),
    "eve": (Who.LEAD, Who.ADMINISTRATOR),
    "vic": (),
}
"""What everybody is: a stranger, the requester, a candidate, an excluded one, whoever has it, whom
they asked, a former assignee, a lead, an administrator, an excluded one, an auditor.
"""
EXCLUDED = {"ina", "bars", "eve"}
ONLY_IN = {
    Who.CANDIDATE: {TaskStatus.READY},
    Who.ASSIGNEE: {TaskStatus.RESERVED, TaskStatus.INFO_REQUESTED},
    Who.ADDRESSEE: {TaskStatus.INFO_REQUESTED},
    Who.DECIDER: {TaskStatus.DECIDED, TaskStatus.COMPLETED},
}
"""In which states these roles mean something."""


@pytest.fixture
def people(db: None) -> People:
    """Give somebody of each kind."""
    return everybody()


@contextmanager
def taken_back() -> Iterator[None]:
    """Let what happens inside not have happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("status", TaskStatus)
def test_what_people_do_leads_in_each_state_where_the_table_says(
    run: Run, people: People, status: TaskStatus
) -> None:
    task = task_in(status, run, people)
    give_roles(people)
    for move in task_states.BY_PEOPLE:
        if move is not task_states.DECIDE_FOR_NOW:
            with taken_back():
                _try(move, status, task, people)


@pytest.mark.parametrize("status", TaskStatus)
def test_a_decision_inside_an_undo_window_leads_where_the_table_says(
    run: Run, people: People, status: TaskStatus
) -> None:
    task = task_in(status, run, people, task_states.DECIDE_FOR_NOW)
    _try(task_states.DECIDE_FOR_NOW, status, task, people)


def _try(move: Move, status: TaskStatus, task: HumanTask, people: People) -> None:
    before, result = Event.objects.count(), task_states.cell(move, status).strip("`")
    was_asked = move is not task_states.ANSWER or status == TaskStatus.INFO_REQUESTED
    user = people[RIGHTFUL[move.name] if was_asked else "mara"]
    if result[0].isupper():
        with pytest.raises(getattr(exceptions, result)) as caught:
            act(move, task, user, people)
        assert type(caught.value).__name__ == result, f"{move.name} when {status}"
        assert Event.objects.count() == before
    else:
        act(move, task, user, people)
    _check(move, status, task, result)


@pytest.mark.parametrize("status", TaskStatus)
@pytest.mark.parametrize("move", [one for one in MOVES if one.name in BY_NOBODY], ids=str)
def test_what_clocks_and_the_engine_do_leads_where_the_table_says(
    run: Run, people: People, move: Move, status: TaskStatus
) -> None:
    task = task_in(status, run, people, move)

    BY_NOBODY[move.name](task)

    _check(move, status, task, task_states.cell(move, status))


def _check(move: Move, status: TaskStatus, task: HumanTask, result: str) -> None:
    """See that the task is where the table says, by one event, and that it is somebody's."""
    task.refresh_from_db()
    is_move = status in move.sources
    assert task.status == (result if is_move else status), f"{move.name} when {status}"
    noted = Event.objects.filter(instance=task.instance, kind=move.event).count()
    assert noted - _before(move, status) == is_move, f"{move.name} when {status}"
    if task.status == TaskStatus.RESERVED:
        assert task.assignee is not None


def _before(move: Move, status: TaskStatus) -> int:
    """Tell how many events of the move's kind brought the task into the state."""
    claimed = status in (TaskStatus.RESERVED, TaskStatus.INFO_REQUESTED)
    return {
        "task.claimed": 2 * claimed,
        "task.released": claimed,
        "task.reassigned": claimed,
        "task.info_requested": status == TaskStatus.INFO_REQUESTED,
        "task.decided": status == TaskStatus.DECIDED,
        "task.completed": status == TaskStatus.COMPLETED,
        "task.expired": status == TaskStatus.EXPIRED,
        "task.canceled": status == TaskStatus.CANCELED,
    }.get(move.event, 0)


def may(name: str, status: TaskStatus, move: Move) -> bool:
    """Work out from the declaration, and who somebody is, whether they may make a move."""
    roles = {who for who in ROLES[name] if status in ONLY_IN.get(who, TaskStatus)}
    barred = name in EXCLUDED and (move.decides or roles <= {Who.CANDIDATE})
    return status in move.sources and bool(roles & {*move.who}) and not barred


@pytest.mark.slow
@pytest.mark.parametrize("status", TaskStatus)
def test_everybody_may_do_what_they_are_there_for_and_nothing_else(
    run: Run, people: People, status: TaskStatus
) -> None:
    task = task_in(status, run, people)
    give_roles(people)
    for move in task_states.BY_PEOPLE:
        if move is task_states.DECIDE_FOR_NOW:
            continue
        for name in ROLES:
            assert _succeeds(move, task, name, people) == may(name, status, move), (
                f"{name}: {move.name} when {status}"
            )


def _succeeds(move: Move, task: HumanTask, name: str, people: People) -> bool:
    """Try a move and take it back; what is refused must have changed nothing."""
    before = _state(task)
    with taken_back():
        try:
            act(move, task, people[name], people)
            done = _state(task) != before
        except (NotAllowed, WrongState):
            done = False
            assert _state(task) == before
    assert (move.name in queries.task_access(people[name], task).may) == done
    return done


def _state(task: HumanTask) -> tuple[Any, ...]:
    rows = TaskAccess.objects.filter(task=task).values_list("principal", "relation", "open")
    now = HumanTask.objects.values_list("status", "assignee", "decided_by").get(pk=task.pk)
    return (*now, Event.objects.count(), sorted(rows))


def test_the_page_says_what_the_engine_declares() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert written(page) == page, "Run python -m scripts.write_states."
