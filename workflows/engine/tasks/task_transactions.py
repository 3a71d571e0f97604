"""The transaction of a verb on a task: locks, writes, and says who was first to whoever was not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from workflows.engine.access.people import display_name
from workflows.engine.access.task_states import Move
from workflows.engine.queries.find_task import refuse_closed, whole_tasks
from workflows.engine.store.clock import now
from workflows.engine.tasks.change import Overtaken
from workflows.engine.transitions.commit import write
from workflows.engine.transitions.transition import Transition, lock_one
from workflows.exceptions import WrongState
from workflows.models.tasks import HumanTask


@contextmanager
def changing(task: HumanTask, move: Move, user: Any) -> Iterator[Transition]:
    """Lock the task's instance for a move, and store what was changed on it, in one transaction.

    Whoever comes second is told who was first, and when. That is looked up when the lock is given
    back: others wait for it.
    """
    try:
        with transaction.atomic():
            transition = lock_one(task.instance_id, now())
            yield transition
            write([transition])
    except Overtaken:
        latest = whole_tasks().get(pk=task.pk)
        if latest.status not in move.sources:
            refuse_closed(latest, user)
        raise WrongState(who_was_first(latest)) from None


def who_was_first(task: HumanTask) -> str:
    """Say who has the task now, to somebody who wanted to change it as it was."""
    if task.assignee is None:
        return _("Somebody else has just given this task back.")
    return _("%(name)s has taken this task.") % {"name": display_name(task.assignee)}
