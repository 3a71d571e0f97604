"""Record what workers have run: all reports of a batch in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.db import transaction

from workflows.engine.claims import Lease
from workflows.engine.clock import now
from workflows.engine.loading import go_on, load
from workflows.engine.outcomes import Failed, Report
from workflows.engine.recording import record
from workflows.engine.transition import Transition, lock
from workflows.engine.work import Work
from workflows.engine.writing import write
from workflows.models.step_executions import ATTACHED, StepExecution

logger = logging.getLogger("workflows")


def finish(reports: Sequence[Report], *, lease: Lease | None = None) -> list[Work]:
    """Record reports and all that follows from them; give the work to go on with.

    A report whose fence is old is dropped: another worker has the execution, or it was
    cancelled. With `lease`, the first step that follows in each instance comes back already
    leased to its owner.
    """
    if not reports:
        return []
    with transaction.atomic():
        moment = now()
        transitions = lock((report.instance_id for report in reports), moment)
        for report in reports:
            if report.instance_id in transitions:
                failed = isinstance(report.outcome, Failed)
                transitions[report.instance_id].ends[report.execution_id] = failed
        ended: dict[int, object] = {}
        for report in reports:
            _record_one(transitions.get(report.instance_id), report, ended)
        riding = write(transitions.values(), lease)
    return _to_go_on_with(riding, transitions, ended)


def _record_one(transition: Transition | None, report: Report, ended: dict[int, object]) -> None:
    row = transition.rows.get(report.execution_id) if transition else None
    if transition is None or row is None or not _is_held(transition, row, report.fence):
        logger.warning("A late result of execution %s was refused.", report.execution_id)
        return
    result = record(transition, row, report.outcome)
    if result is not None:
        ended[report.execution_id] = result.value


def _is_held(transition: Transition, row: StepExecution, fence: int) -> bool:
    """Whether the execution still runs for the worker that reports on it.

    What another report of this batch has cancelled is off the board, but not stored yet. A clock
    that runs out after its task was decided still ends.
    """
    board = transition.board
    is_off = row.scope in board.canceled if row.kind in ATTACHED else row.pk not in board.tokens
    return row.status == "running" and row.fence == fence and not is_off


def _to_go_on_with(
    riding: Sequence[StepExecution],
    transitions: dict[object, Transition],
    ended: dict[int, object],
) -> list[Work]:
    going_on, to_load = [], []
    for row in riding:
        if row.previous_id in ended:
            transition = transitions[row.instance_id]
            going_on.append(
                go_on(row, transition.instance, transition.definition, ended[row.previous_id])
            )
        else:
            to_load.append(row)
    return going_on + load(to_load)
