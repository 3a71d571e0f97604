"""Tasks as they stand in what was chosen, and in what became of it: one line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User

from tasks_ui.bulk.actions import ACTS, Act
from tasks_ui.bulk.run import Item, read
from tasks_ui.bulk.selection import Pick, listed_form
from tasks_ui.models import Batch
from tasks_ui.tasks.page import NO_TASK
from workflows.engine import queries
from workflows.models import HumanTask, TaskStatus


@dataclass(frozen=True, kw_only=True)
class Line:
    """One task; `problem` is why nothing can be done with it. It is none where one may not see it.

    Attributes:
        item: what became of it, once something has.
    """

    task: HumanTask | None
    problem: str = ""
    item: Item | None = None

    @property
    def summary(self) -> str:
        """Say what it is about in one line."""
        return (self.task.summary or self.task.instance.summary) if self.task else ""

    @property
    def form(self) -> str:
        """Say which form it has now."""
        return listed_form(self.task) if self.task else ""


@dataclass(frozen=True, kw_only=True)
class Result:
    """What became of all of them.

    Attributes:
        can_undo: how many of them can be taken back now.
        until: up to when all of these can be; none where that does not end by itself.
    """

    batch: Batch
    act: Act
    done: Sequence[Line]
    others: Sequence[Line]
    can_undo: int
    until: datetime | None

    @property
    def title(self) -> str:
        """Say what was done, and how."""
        name, outcome = str(self.act.button), self.batch.outcome
        return f"{name}: {outcome}" if outcome else name

    @property
    def undone(self) -> list[Line]:
        """Give what was taken back."""
        return [line for line in self.done if line.item and line.item.is_undone]

    @property
    def count(self) -> int:
        """Give how many there were."""
        return len(self.done) + len(self.others)


def chosen_lines(act: Act, picks: Sequence[Pick], user: User) -> list[Line]:
    """Give what was chosen, each with why the act is not possible, if it is not."""
    tasks = queries.find_tasks([pick.task_id for pick in picks])
    return [_chosen(act, tasks.get(pick.task_id), user) for pick in picks]


def _chosen(act: Act, task: HumanTask | None, user: User) -> Line:
    answer = queries.task_access(user, task) if task is not None else None
    if task is None or answer is None or not answer.may_see:
        return Line(task=None, problem=str(NO_TASK))
    return Line(task=task, problem=act.problem(task, answer))


def result_of(batch: Batch) -> Result:
    """Give what became of all of them, and what can be taken back now; one statement."""
    act, items = ACTS[batch.act], read(batch.items)
    tasks = _tasks(items, batch.user)
    lines = [Line(task=tasks.get(UUID(item.task)), item=item) for item in items]
    can_undo = [line.task for line in lines if _can_undo(act, line, batch.user)]
    ends = [
        task.execution.due_at for task in can_undo if task and task.status == TaskStatus.DECIDED
    ]
    return Result(
        batch=batch,
        act=act,
        done=[line for line in lines if line.item and line.item.is_done],
        others=[line for line in lines if line.item and not line.item.is_done],
        can_undo=len(can_undo),
        until=min((end for end in ends if end is not None), default=None),
    )


def _tasks(items: Sequence[Item], user: User) -> Mapping[UUID, Any]:
    """Give the tasks that the person was told about."""
    ids = [UUID(item.task) for item in items if item.state != "gone"]
    tasks = queries.with_traces(HumanTask.objects.filter(pk__in=ids), user)
    tasks = tasks.select_related("instance", "instance__definition", "execution")
    unread = ("data", "visits", "definition__content")
    tasks = tasks.defer("execution__result", *(f"instance__{name}" for name in unread))
    return {task.pk: task for task in queries.name_tasks(tasks)}


def _can_undo(act: Act, line: Line, user: User) -> bool:
    item, task = line.item, line.task
    if item is None or task is None or not item.can_undo or item.undone:
        return False
    return act.can_undo(task, user, item.before)
