"""Permits: at most `max_concurrency` executions of a class of steps run at once, over all hosts.

Work that was claimed and finds no place is put to sleep, and woken when a place is free. A place
belongs to an execution until a moment, like its lease: those of a dead worker come back by
themselves. Work without a limit is never looked at in the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from workflows.engine.store import clock
from workflows.engine.work.work import Limit, Work
from workflows.models import ExecutionStatus, Permit, StepExecution, StepLimit
from workflows.wakeups import wake_later

LOOKS_AGAIN_IN: Final = timedelta(hours=1)
"""When waiting work tries again by itself, should whoever ought to wake it have been lost."""


@dataclass(frozen=True)
class Holder:
    """Whose the places become that are given out, and until when."""

    worker_id: str
    lease: timedelta


def admit(works: Sequence[Work], holder: Holder) -> list[Work]:
    """Give the work that may run now; the rest sleeps until it has a place."""
    limited = [(limit, work) for work in works if (limit := work.limit)]
    if not limited:
        return list(works)
    by_limit: defaultdict[Limit, list[Work]] = defaultdict(list)
    for limit, work in limited:
        by_limit[limit].append(work)
    sleeping: set[int] = set()
    # Always in the same order, so that two workers never wait for each other.
    for limit in sorted(by_limit, key=lambda limit: limit.key):
        sleeping |= _admit_one(limit, by_limit[limit], holder)
    return [work for work in works if work.execution_id not in sleeping]


def renew(held: Mapping[int, int], until: datetime) -> None:
    """Put off the end of the permits of `held` (execution id → fence)."""
    _permits(held).filter(place__isnull=False).update(until=until)


def release(held: Mapping[int, int], lease: timedelta) -> None:
    """Give the places of `held` (execution id → fence), which has ended, to those that wait."""
    if not held:
        return
    for key in sorted(set(_permits(held).values_list("limit_id", flat=True))):
        with transaction.atomic():
            limit = StepLimit.objects.select_for_update().get(pk=key)
            _permits(held).filter(limit=limit).delete()
            _give_places(limit, lease)


def give_free_places(lease: timedelta) -> None:
    """Give to those that wait what dead workers have left; for the minute's reconciliation."""
    waiting = Permit.objects.filter(place__isnull=True).values_list("limit_id", flat=True)
    for key in sorted(set(waiting)):
        with transaction.atomic():
            _give_places(StepLimit.objects.select_for_update().get(pk=key), lease)


def _admit_one(limit: Limit, works: Iterable[Work], holder: Holder) -> set[int]:
    """Give places to work of one limit; give the executions that have to sleep."""
    fences = {work.execution_id: work.fence for work in works}
    with transaction.atomic():
        row = _locked(limit)
        _queue(row, fences, holder)
        _give_places(row, holder.lease, here=fences)
        admitted = set(_permits(fences).filter(place__isnull=False).values_list("execution_id"))
        sleeping = {number for number in fences if (number,) not in admitted}
        _put_to_sleep(sleeping, holder.worker_id)
    return sleeping


def _locked(limit: Limit) -> StepLimit:
    StepLimit.objects.get_or_create(pk=limit.key, defaults={"places": limit.places})
    row = StepLimit.objects.select_for_update().get(pk=limit.key)
    if row.places != limit.places:
        row.places = limit.places
        row.save(update_fields=["places"])
    return row


def _queue(limit: StepLimit, fences: Mapping[int, int], holder: Holder) -> None:
    """Put them in the line, but those that had a place kept, or had one when their worker died."""
    known = Permit.objects.filter(execution__in=fences.keys()).select_for_update()
    held = {
        permit.execution_id
        for permit in known
        if permit.limit_id == limit.pk and permit.place is not None and permit.place < limit.places
    }
    Permit.objects.filter(execution__in=fences.keys() - held).delete()
    Permit.objects.bulk_create(
        Permit(limit=limit, execution_id=number, fence=fence)
        for number, fence in fences.items()
        if number not in held
    )
    for number in held:
        mine = Permit.objects.filter(execution=number)
        mine.update(fence=fences[number], until=clock.now() + holder.lease)


def _give_places(limit: StepLimit, lease: timedelta, here: Collection[int] = ()) -> None:
    """Give the free places to the oldest that wait; call with the limit locked.

    They are woken, but for `here`, which are in the caller's hands.
    """
    now = clock.now()
    placed = Permit.objects.filter(limit=limit, place__isnull=False)
    placed.filter(until__lt=now).delete()
    held = set(placed.values_list("place", flat=True))
    free = [place for place in range(limit.places) if place not in held]
    while free:
        waiting = Permit.objects.filter(limit=limit, place__isnull=True).order_by("execution_id")
        oldest = list(waiting[: len(free)])
        if not oldest:
            return
        for permit in oldest:
            if permit.execution_id in here or _wake(permit.execution_id):
                permit.place, permit.until = free.pop(0), now + lease
                permit.save(update_fields=["place", "until"])
            else:
                permit.delete()  # It was cancelled, or moved on by somebody's retry.


def _permits(held: Mapping[int, int]) -> QuerySet[Permit]:
    """Give the permits under these fences: a claim that came later has taken over the others."""
    chosen = Q(pk__in=())
    for number, fence in held.items():
        chosen |= Q(execution=number, fence=fence)
    return Permit.objects.filter(chosen)


def _wake(execution_id: int) -> bool:
    sleeper = StepExecution.objects.filter(pk=execution_id, status=ExecutionStatus.SCHEDULED)
    if not sleeper.update(due_at=clock.passed()):
        return False
    wake_later()
    return True


def _put_to_sleep(executions: Collection[int], worker_id: str) -> None:
    """Let go of what was claimed a moment ago."""
    StepExecution.objects.filter(
        pk__in=executions, status=ExecutionStatus.RUNNING, lease_owner=worker_id
    ).update(
        status=ExecutionStatus.SCHEDULED,
        due_at=clock.now() + LOOKS_AGAIN_IN,
        lease_owner="",
        lease_until=None,
    )
