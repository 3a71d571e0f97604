"""The life of a machine step: can_execute, execute, on_success, on_failure."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from workflows.context import WorkflowContext
from workflows.engine.board.board import HANDLED, SKIPPED, SUCCEEDED
from workflows.engine.work.call import CallSync, call, call_within, fail_inside, is_async, overrides
from workflows.engine.work.texts import describe
from workflows.engine.work.work import Work
from workflows.exceptions import BadAnswer
from workflows.steps.base import Step
from workflows.values.plain_json import to_json


@dataclass(frozen=True)
class Life:
    """How a machine step's run ended: its status, its result, and the error it has handled."""

    status: str
    result: Any = None
    error: str = ""


async def live(step: Step, work: Work, call_sync: CallSync) -> Life:
    """Run a step's whole lifecycle once: that of the work's node, or of its callback.

    Raises what the step's code raises, unless this is the last attempt and `on_failure`
    returns. The writes of an attempt that failed are thrown away before `on_failure`.
    """
    context = work.context
    try:
        if not await may_run(step, context, call_sync):
            return Life(SKIPPED)
        answer = await _execute(step, work, call_sync)
        result = to_json(answer, "result")
        if overrides(step, "on_success"):
            await call(call_sync, step.on_success, context, result)
        return Life(SUCCEEDED, result)
    except Exception as error:
        context.discard_writes()
        if not work.is_last_attempt or not overrides(step, "on_failure"):
            raise
        try:
            # Still inside the except, so that a bare `raise` in on_failure finds the error.
            if is_async(step.on_failure):
                await step.on_failure(context, error)
            else:
                await call(call_sync, fail_inside, step.on_failure, context, error)
        except Exception as second:
            context.discard_writes()
            if second is error:
                raise
            raise error from second
        return Life(HANDLED, None, describe(error))


async def _execute(step: Step, work: Work, call_sync: CallSync) -> Any:
    """Call `execute`, and say meanwhile when that is to be over."""
    if step.timeout is None:
        return await call(call_sync, step.execute, work.context)
    work.deadline = time.monotonic() + step.timeout.total_seconds()
    try:
        return await call_within(step.timeout, call_sync, step.execute, work.context)
    finally:
        work.deadline = None


async def may_run(step: Step, context: WorkflowContext, call_sync: CallSync) -> bool:
    """Give what `can_execute` says; raises BadAnswer where it says neither yes nor no."""
    if not overrides(step, "can_execute"):
        return True
    answer = await call(call_sync, step.can_execute, context)
    if answer is None:
        raise BadAnswer("can_execute returned None; return True or False.")
    return bool(answer)
