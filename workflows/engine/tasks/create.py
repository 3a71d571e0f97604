"""A human step is reached: make its task, say who may act, and set its clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from workflows.engine.access.people import anybody, find_groups, find_users, zone_of
from workflows.engine.access.rows import of_group, of_user, open_access
from workflows.engine.definitions.stored import human_step
from workflows.engine.store.search_words import index_words
from workflows.engine.transitions.incidents import open_incident
from workflows.engine.transitions.transition import Transition
from workflows.engine.work.results import AskPerson
from workflows.models.incidents import IncidentKind
from workflows.models.step_executions import DEADLINE, REMINDER, StepExecution
from workflows.models.tasks import HumanTask, TaskAccess, TaskStatus
from workflows.steps.human import BaseHumanStep
from workflows.values.moments import after, end_of, instant, is_never
from workflows.wakeups import wake_before


@dataclass(frozen=True)
class Audience:
    """Who is asked, as ids; `fault` says why nobody can act, or who is missing."""

    assignee: Any
    users: tuple[Any, ...]
    groups: tuple[Any, ...]
    excluded: tuple[Any, ...]
    fault: str


def open_task(transition: Transition, row: StepExecution, asked: AskPerson) -> HumanTask:
    """Store the task of a waiting execution with its access rows and clocks."""
    step = human_step(transition.definition, row.path)
    audience = find_audience(transition, step, asked)
    reserved = audience.assignee is not None
    candidates = [*map(of_user, audience.users), *map(of_group, audience.groups)]
    task = HumanTask.objects.create(
        execution=row,
        instance=transition.instance,
        step=row.path,
        title=asked.title,
        description=asked.description,
        summary=asked.summary,
        row_data=dict(asked.row_data),
        status=TaskStatus.RESERVED if reserved else TaskStatus.READY,
        priority=step.priority,
        due_at=moment(asked.due, transition.at, audience.assignee),
        offered_to=candidates,
        assignee_id=audience.assignee,
        created_at=transition.at,
    )
    excluded = [of_user(user_id) for user_id in audience.excluded]
    TaskAccess.objects.bulk_create(open_access(task, candidates, excluded))
    index_words(task)
    transition.record("task.created", path=row.path, execution_id=row.pk, title=asked.title)
    if audience.fault:
        open_incident(transition, row.pk, row.path, audience.fault, IncidentKind.NOBODY)
    remind_at = moment(asked.remind, transition.at, audience.assignee)
    _set_clocks(transition, row, step, task, remind_at)
    return task


def find_audience(transition: Transition, step: BaseHumanStep, asked: AskPerson) -> Audience:
    """Look up whom the step asks; nobody found is a fault, never an invitation to all."""
    assignees = find_users([asked.assignee] if asked.assignee is not None else [])
    users, groups = find_users(asked.candidate_users), find_groups(asked.candidate_groups)
    excluded = list(find_users(asked.excluded_users).ids)
    if step.four_eyes and transition.instance.started_by_id is not None:
        excluded.append(transition.instance.started_by_id)
    assignee = next((one for one in assignees.ids if one not in excluded), None)
    fault = ""
    if asked.assignee is not None and assignee is None:
        reason = "is excluded" if assignees.ids else "does not exist or is not active"
        fault = f"The assignee {asked.assignee!r} {reason}."
    elif assignee is None and not anybody(users.ids, groups.ids, excluded):
        missing = ", ".join(repr(name) for name in (*users.missing, *groups.missing))
        fault = "Nobody can do this task" + (f"; unknown: {missing}." if missing else ".")
    return Audience(assignee, users.ids, groups.ids, tuple(excluded), fault)


def moment(
    when: datetime | date | timedelta | None, at: datetime, assignee_id: Any = None
) -> datetime | None:
    """Give a moment, a day (its end where the assignee is) or a time from now as a moment.

    None where "never" is meant: a clock would run out in a year that nobody sees, or at once.
    """
    match when:
        case None:
            return None
        case datetime():
            found = instant(when)
        case timedelta():
            found = after(at, when)
        case date():
            found = end_of(when, zone_of(assignee_id))
    return None if is_never(found) else found


def _set_clocks(
    transition: Transition,
    row: StepExecution,
    step: BaseHumanStep,
    task: HumanTask,
    remind_at: datetime | None,
) -> None:
    wanted = [(REMINDER, remind_at)]
    if step.timeout_outcome is not None:
        wanted.append((DEADLINE, task.due_at))
    for _, due_at in wanted:
        if due_at is not None:
            wake_before(due_at, transition.at)
    StepExecution.objects.bulk_create(
        StepExecution(
            instance=transition.instance,
            definition_id=row.definition_id,
            path=f"{row.path}#{kind}",
            scope=row.pk,
            kind=kind,
            phase=row.phase,
            status="scheduled",
            due_at=due_at,
            created_at=transition.at,
        )
        for kind, due_at in wanted
        if due_at is not None
    )
