"""Run the code of one claimed execution, outside any transaction, and say what it came to."""

from __future__ import annotations

import logging
from datetime import timedelta

from workflows.engine.instances.sync_parent import meet
from workflows.engine.run.enter import enter
from workflows.engine.run.leave import leave
from workflows.engine.work.call import CallSync, call_in_callers_thread, too_slow
from workflows.engine.work.results import Failed, Fire, Hold, Outcome, Report, TryAgain
from workflows.engine.work.texts import describe
from workflows.engine.work.work import Work
from workflows.exceptions import StepError, WorkerLost
from workflows.models.step_executions import ATTACHED, LINK, Phase
from workflows.steps.base import Retry

logger = logging.getLogger("workflows")

MAX_CRASHES = 3
"""How many workers an execution may cost before it fails."""

LINK_RETRY = Retry(max_delay=timedelta(minutes=1))


async def perform(work: Work, call_sync: CallSync = call_in_callers_thread) -> Report:
    """Run what comes next of the step and report it; a step's own faults are in the report."""
    outcome = await _outcome(work, call_sync)
    known = work if work.is_alone else None
    return Report(work.execution_id, work.instance_id, work.fence, outcome, known)


def timed_out(work: Work) -> Report:
    """Report work whose code goes on although its time-out has passed, and cannot be stopped.

    After the last attempt it fails without `on_failure`, as its own code still runs.
    """
    outcome = _failure(work, too_slow(work.step.timeout or timedelta(0)))
    return Report(work.execution_id, work.instance_id, work.fence, outcome)


async def _outcome(work: Work, call_sync: CallSync) -> Outcome:
    execution = work.execution
    if execution.kind == LINK:
        return await _look_after(work, call_sync)
    if work.instance.suspended_at is not None:
        return Hold()
    if execution.kind in ATTACHED:
        return Fire()
    if execution.crashes >= MAX_CRASHES:
        lost = WorkerLost(f"The worker was lost {execution.crashes} times while this step ran.")
        return Failed(error=describe(lost), phase=execution.phase, result=execution.result)
    try:
        run = enter if execution.phase == Phase.ENTER else leave
        return await run(work, call_sync)
    except (Exception, SystemExit) as error:  # noqa: BLE001 – whatever a step raises fails it
        return _failure(work, error)


async def _look_after(work: Work, call_sync: CallSync) -> Outcome:
    """Bring an instance and the one that started it in step; what goes wrong is tried again."""
    execution = work.execution
    try:
        await call_sync(meet, execution.scope or work.instance.parent_id)
    except Exception as error:
        logger.exception("Instance %s and its parent or child did not meet.", work.instance_id)
        delay = LINK_RETRY.delay(execution.attempt + 1)
        return TryAgain(error=describe(error), delay=delay, phase=execution.phase)
    return Fire()


def _failure(work: Work, error: Exception | SystemExit) -> Outcome:
    execution, retry = work.execution, work.retry
    logger.warning(
        "Step %s of instance %s failed, attempt %d of %d: %s",
        execution.path,
        work.instance_id,
        execution.attempt + 1,
        retry.max_attempts,
        describe(error),
        # Only the last attempt tells where in the author's code it was.
        exc_info=error if work.is_last_attempt and not isinstance(error, StepError) else None,
    )
    if work.is_last_attempt:
        return Failed(error=describe(error), phase=execution.phase, result=execution.result)
    delay = retry.delay(execution.attempt + 1)
    return TryAgain(error=describe(error), delay=delay, phase=execution.phase)
