"""Run everything that is due, here and now, in this process: for tests and for the shell."""

from __future__ import annotations

from datetime import datetime, timedelta

from asgiref.sync import async_to_sync

from workflows.engine.definitions.stored import runnable_ids
from workflows.engine.queue.claims import Lease, claim
from workflows.engine.queue.concurrency import Holder, admit, release
from workflows.engine.run.finish import finish
from workflows.engine.run.perform import perform
from workflows.engine.store import clock
from workflows.engine.work.load import load
from workflows.engine.work.work import Work

WORKER_ID = "drain"
LEASE = timedelta(minutes=5)
AT_ONCE = 20
HOLDER = Holder(WORKER_ID, LEASE)


def drain(now: datetime | None = None, *, limit: int = 100_000) -> int:
    """Run what is due until nothing is; gives how many executions were run.

    With `now` (aware) it is that moment for everything that happens, as for timers that are
    due by then. Raises RuntimeError after `limit` executions, which only a loop reaches.
    """
    if now is None:
        return _drain(limit)
    with clock.at(now):
        return _drain(limit)


def _drain(limit: int) -> int:
    definitions = runnable_ids()
    run = 0
    while True:
        claimed = claim(WORKER_ID, AT_ONCE, lease=LEASE, definitions=definitions.keys())
        work = load(claimed, eager_history=True)
        if not work:
            before, definitions = definitions.keys(), runnable_ids()
            if definitions.keys() == before:
                return run
        while work := admit(work, HOLDER):
            run += len(work)
            if run > limit:
                raise RuntimeError(f"More than {limit:,} executions were due; is there a loop?")
            work = _run(work)


def _run(work: list[Work]) -> list[Work]:
    reports = [async_to_sync(perform)(one) for one in work]
    lease = Lease(WORKER_ID, clock.now() + LEASE)
    successors = finish(reports, lease=lease)
    release({one.execution_id: one.fence for one in work if one.limit}, LEASE)
    return successors
