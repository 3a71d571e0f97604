"""Batches: several instances in one transaction, one of which may be at fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from asgiref.sync import async_to_sync

from tests.chaos.crash_points.journey import LEASE_IS_OVER, Act, Journey, Stage, drain, start
from tests.chaos.crash_points.steps import Choose, Do, chain, workflow
from workflows import Edge, ParallelGroup
from workflows.engine.definitions.stored import runnable_ids
from workflows.engine.maintenance.drain import LEASE
from workflows.engine.queue import claims
from workflows.engine.queue.claims import Lease
from workflows.engine.run.perform import perform
from workflows.engine.store import clock
from workflows.engine.work.load import load
from workflows.engine.work.results import Ended, Report
from workflows.engine.work.work import Work
from workflows.worker.completer import record
from workflows.worker.options import Options
from workflows.worker.runner import Runner

WORKER: Final = "crash-points"
NO_SUCH_EDGE: Final = 99


def _record_with(stage: Stage, spoil: Callable[[list[Report]], list[Report]]) -> None:
    """Run what is due as a worker does, but for the reports of the first round."""
    claimed = claims.claim(WORKER, 20, lease=LEASE, definitions=runnable_ids().keys())
    reports = spoil(_reports(load(claimed, eager_history=True)))
    while reports:
        reports = _reports(record(reports, lambda: Lease(WORKER, clock.now() + LEASE)))


def _reports(work: Iterable[Work]) -> list[Report]:
    return [async_to_sync(perform)(one) for one in work]


def _one_at_fault(reports: list[Report]) -> list[Report]:
    """Let one in the middle be such that the engine cannot record it."""
    broken = Ended(status="succeeded", targets=(NO_SUCH_EDGE,))
    return [
        one._replace(outcome=broken) if number == 1 else one for number, one in enumerate(reports)
    ]


def _one_stale(reports: list[Report]) -> list[Report]:
    """Let one in the middle come from a worker that has lost its lease."""
    return [
        one._replace(fence=one.fence - 1) if number == 1 else one
        for number, one in enumerate(reports)
    ]


def _work_as_a_process(stage: Stage) -> None:
    runner = Runner(Options(slots=4, lease=LEASE))
    runner.start()
    runner.drain(lambda: False)
    runner.stop()


faulty = Act("record, one at fault", lambda stage: _record_with(stage, _one_at_fault))
stale = Act("record, one stale", lambda stage: _record_with(stage, _one_stale))
worker = Act("worker", _work_as_a_process, apart=True)
after_the_lease = drain(LEASE_IS_OVER)
mixed = workflow(
    "batch",
    *(Edge("split", "group"), Edge("split", "choose")),
    *(Edge("group", "end"), Edge("choose", "end")),
    group=ParallelGroup(Do(), Do()),
    choose=Choose(),
)

JOURNEYS: Final = (
    Journey("batch", mixed, (start(choice="end"), drain()), instances=3),
    Journey("fault in a batch", chain("fault"), (start(), faulty, after_the_lease), instances=3),
    Journey("stale in a batch", chain("stale"), (start(), stale, after_the_lease), instances=3),
    Journey("worker", chain("worker"), (start(), worker, after_the_lease), instances=3),
)
