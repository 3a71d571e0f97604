"""Put a task off, for oneself alone, until a moment or until there are news."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from workflows.engine.access.permissions import task_access
from workflows.engine.access.rows import of_user
from workflows.engine.queries.find_task import find_task, refuse_closed
from workflows.engine.store.clock import now
from workflows.exceptions import InvalidSubmission, NotAllowed
from workflows.models.tasks import HumanTask, Relation, TaskAccess
from workflows.values.moments import instant


def snooze(task: Any, *, user: Any, until: datetime) -> HumanTask:
    """Leave a task out of one's own lists until a moment; whatever happens to it ends that.

    It says nothing about the task, only about one person's day: no event, and no transition.
    """
    found = find_task(getattr(task, "pk", task))
    refuse_closed(found, user)
    if not task_access(user, found).may_snooze:
        raise NotAllowed(_("This task is not in your lists."))
    if until <= now():
        raise InvalidSubmission({"/until": [_("Choose a moment that is still to come.")]})
    whose = {"principal": of_user(user.pk), "relation": Relation.SNOOZED}
    with transaction.atomic():
        # One after the other, each with a row of its own: by that, one act is told from another.
        HumanTask.objects.select_for_update(no_key=True).get(pk=found.pk)
        TaskAccess.objects.filter(task=found, **whose).delete()
        TaskAccess.objects.create(task=found, sort_at=instant(until), **whose)
    return found


def unsnooze(task: Any, *, user: Any) -> HumanTask:
    """Have a task back in one's lists before its time."""
    found = find_task(getattr(task, "pk", task))
    TaskAccess.objects.filter(
        task=found, principal=of_user(user.pk), relation=Relation.SNOOZED
    ).delete()
    return found
