"""Record what workers have run: all reports of a batch in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction

from workflows.engine.queue.claims import Lease
from workflows.engine.run.record import record
from workflows.engine.store.clock import now
from workflows.engine.store.sqlite_lock import turn
from workflows.engine.transitions.commit import Draft
from workflows.engine.transitions.transition import Transition, lock, prepare
from workflows.engine.work.load import go_on, load
from workflows.engine.work.results import Ended, Failed, Outcome, Report
from workflows.engine.work.work import Work
from workflows.exceptions import LateResult
from workflows.models.step_executions import ATTACHED, StepExecution
from workflows.steps.base import StepType

logger = logging.getLogger("workflows")


def finish(reports: Sequence[Report], *, lease: Lease | None = None) -> list[Work]:
    """Record reports and all that follows from them; give the work to go on with.

    A report whose fence is old is dropped: another worker has the execution, or it was
    cancelled. With `lease`, the first step that follows in each instance comes back already
    leased to its owner.
    """
    if not reports:
        return []
    try:
        return _finish(reports, lease)
    except LateResult:
        if all(report.known is None for report in reports):
            raise
        # A lease can go to another worker without a trace in the instance: look again.
        return _finish([report._replace(known=None) for report in reports], lease)


def _finish(reports: Sequence[Report], lease: Lease | None) -> list[Work]:
    prepared: dict[Any, Transition] = {}
    recorded: dict[int, Transition] = {}
    early: dict[int, object] = {}
    at = now()
    draft = Draft(lease)
    # What is done here is not done under the locks, for which others wait.
    for report in reports:
        if report.known is not None:
            prepared[report.instance_id] = transition = prepare(report.known, at)
            if _asks_nothing(report.known, report.outcome):
                _record_one(transition, report, early)
                recorded[report.execution_id] = transition
                draft.add(transition)
    ended: dict[int, object] = {}
    with turn(), transaction.atomic():
        transitions = lock((report.instance_id for report in reports), now(), prepared)
        pairs = [(transitions.get(report.instance_id), report) for report in reports]
        for locked, report in pairs:
            if locked is not None:
                locked.ends[report.execution_id] = isinstance(report.outcome, Failed)
        for locked, report in pairs:
            # A late report of another execution may be about the same instance.
            if locked is None or recorded.get(report.execution_id) is not locked:
                _record_one(locked, report, ended)
            elif report.execution_id in early:
                ended[report.execution_id] = early[report.execution_id]
        riding = _completed(draft, transitions.values(), lease).write()
    return _to_go_on_with(riding, transitions, ended)


def _completed(draft: Draft, transitions: Collection[Transition], lease: Lease | None) -> Draft:
    """Add what could not be drafted; draft all anew where something has happened meanwhile."""
    drafted = {id(one) for one in draft.transitions}
    if not drafted <= {id(one) for one in transitions}:
        draft, drafted = Draft(lease), set()
    for one in transitions:
        if id(one) not in drafted:
            draft.add(one)
    return draft


def _asks_nothing(known: Work, outcome: Outcome) -> bool:
    """Whether the outcome can be recorded on what is known, without the database."""
    row = known.execution
    return (
        isinstance(outcome, Ended)
        and row.kind in (StepType.MACHINE, StepType.GATEWAY)
        and not row.attempt
        and not row.crashes
    )


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
            work = go_on(row, transition.instance, transition.definition, ended[row.previous_id])
            work.is_alone = _is_alone(transition)
            going_on.append(work)
        else:
            to_load.append(row)
    return going_on + load(to_load)


def _is_alone(transition: Transition) -> bool:
    """Whether the execution that has ended was all there was, and one has come in its place."""
    is_all = not transition.links and not transition.crowd.elsewhere
    return is_all and len(transition.rows) == len(transition.board.tokens) == 1
