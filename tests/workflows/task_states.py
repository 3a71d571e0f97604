"""Tasks in every state, and everything that can be done to them, for tests that try it all."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Permission, User
from django.utils import timezone

from tests.people import person
from tests.workflows.asking import APPROVE, Ask
from tests.workflows.definitions import Note, sequence
from workflows import engine
from workflows.engine import queries
from workflows.engine.access import task_states
from workflows.exceptions import WorkflowError
from workflows.models import HumanTask, TaskStatus, WorkflowInstance
from workflows.models.tasks import OPEN_TASK
from workflows.permissions import make_permissions
from workflows.testing import drain

HOUR = timedelta(hours=1)
Run = Callable[..., WorkflowInstance]
People = dict[str, User]


def everybody() -> People:
    """Make a person for each thing that one can be to a task of the workflow `sequence`."""
    found = {name: person(name, groups=("managers",)) for name in ("ben", "mara", "bars", "ina")}
    found |= {name: person(name) for name in ("cleo", "lea", "ada", "eve", "vic", "stan", "fay")}
    found["fay"].groups.set(found["ben"].groups.all())
    return found


def give_roles(people: People) -> None:
    """Let Lea lead, Ada and Eve administer (Eve is excluded), and Vic view."""
    from django.apps import apps

    make_permissions(apps.get_app_config("workflows"))
    for name, role in (
        *(("lea", "manage"), ("ada", "administer"), ("eve", "administer"), ("vic", "view")),
    ):
        codename = f"{role}_sequence"
        people[name].user_permissions.set([Permission.objects.get(codename=codename)])


def task_in(
    status: TaskStatus, run: Run, people: People, move: task_states.Move | None = None
) -> HumanTask:
    """Give a task in a state, of a step that has the clock which the move is made by."""
    runs_out = move is task_states.EXPIRE or status == TaskStatus.EXPIRED
    undo = timedelta(0)
    if status == TaskStatus.DECIDED or (move is task_states.DECIDE_FOR_NOW and status in OPEN_TASK):
        undo = HOUR if move is task_states.COMMIT else timedelta(days=1)
    step = Ask(
        groups=("managers",),
        four_eyes=True,
        get_excluded_users=lambda context: ["bars", "eve"],
        undo=undo,
        claim_lease=HOUR if move is task_states.END_LEASE else None,
        answer_within=HOUR if move is task_states.END_QUESTION else None,
        timeout_outcome=APPROVE if runs_out else None,
        get_due_date=lambda context: HOUR if runs_out else None,
    )
    task = HumanTask.objects.get(instance=run(sequence(step, Note()), user=people["ina"]))
    return _bring(task, status, people)


def _bring(task: HumanTask, status: TaskStatus, people: People) -> HumanTask:
    ben = people["ben"]
    match status:
        case TaskStatus.RESERVED | TaskStatus.INFO_REQUESTED:
            engine.claim(task, user=people["fay"])
            engine.reassign(task.pk, to=ben, user=people["fay"])
            engine.release(task.pk, user=ben)
            engine.claim(task.pk, user=ben)
    match status:
        case TaskStatus.INFO_REQUESTED:
            engine.ask(task.pk, user=ben, of=people["cleo"], question="Why?")
        case TaskStatus.DECIDED | TaskStatus.COMPLETED:
            engine.complete_human_task(task, user=ben, data=APPROVE)
        case TaskStatus.EXPIRED:
            drain(now=timezone.now() + 2 * HOUR)
        case TaskStatus.CANCELED:
            engine.cancel_workflow(task.instance)
    found = queries.find_task(task.pk)
    assert found.status == status
    return found


def let_time_pass(task: HumanTask) -> None:
    """Run whatever falls due within the next hours."""
    drain(now=timezone.now() + 4 * HOUR)


def cancel(task: HumanTask) -> None:
    """Cancel the request, unless it has ended."""
    with suppress(WorkflowError):
        engine.cancel_workflow(task.instance_id)


BY_NOBODY: dict[str, Callable[[HumanTask], Any]] = {
    **dict.fromkeys(
        (
            one.name
            for one in (
                task_states.END_LEASE,
                task_states.END_QUESTION,
                task_states.EXPIRE,
                task_states.COMMIT,
            )
        ),
        let_time_pass,
    ),
    task_states.CANCEL.name: cancel,
}


def act(move: task_states.Move, task: HumanTask, user: User, people: People) -> Any:
    """Do to a task, found anew by its id, what the move says."""
    verbs: dict[str, Callable[[], Any]] = {
        "claim": lambda: engine.claim(task.pk, user=user),
        "release": lambda: engine.release(task.pk, user=user),
        "take over": lambda: engine.take_over(task.pk, user=user, reason="Urgent."),
        "hand over": lambda: engine.reassign(task.pk, to=people["mara"], user=user),
        "ask": lambda: engine.ask(task.pk, user=user, of=people["vic"], question="Why?"),
        "answer": lambda: engine.answer(task.pk, user=user, text="Because."),
        "take the question back": lambda: engine.recall(task.pk, user=user),
        "decide": lambda: engine.complete_human_task(task.pk, user=user, data=APPROVE),
        "undo": lambda: engine.undo(task.pk, user=user),
        "override": lambda: engine.override(task.pk, user=user, data=APPROVE, reason="So."),
        "reopen": lambda: engine.reopen(task.pk, user=user, reason="It was wrong."),
    }
    return verbs[move.name.partition(",")[0]]()
