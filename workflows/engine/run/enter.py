"""The enter part of each kind of step: what its code says when it is reached."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from workflows.definition.conditions import compile_condition
from workflows.engine.board.board import SKIPPED, SUCCEEDED
from workflows.engine.run.human import ask
from workflows.engine.run.leave import leave
from workflows.engine.run.machine import live, may_run
from workflows.engine.run.routing import leave_with, named_edges
from workflows.engine.run.sub_workflow import start_child
from workflows.engine.store.clock import now
from workflows.engine.work.call import CallSync, call, overrides
from workflows.engine.work.for_each import open_for_each
from workflows.engine.work.results import Ended, Listen, OpenGroup, Outcome, SleepUntil
from workflows.engine.work.work import Work
from workflows.exceptions import BadAnswer
from workflows.steps import (
    BaseGateway,
    BaseHumanStep,
    ConditionalGroup,
    SubWorkflow,
    TimerStep,
    WebhookStep,
)
from workflows.steps.groups import ForEachGroup, StepGroup
from workflows.values.moments import aware, instant


async def enter(work: Work, call_sync: CallSync) -> Outcome:
    """Run the enter part of the step; raises what its code raises."""
    match work.node.step:
        case BaseGateway() as step:
            return await _evaluate(step, work, call_sync)
        case BaseHumanStep() | TimerStep() | WebhookStep() | StepGroup() | SubWorkflow() as step:
            if not await may_run(step, work.context, call_sync):
                return await leave_with(work, call_sync, SKIPPED)
            return await _wait(step, work, call_sync)
        case step:
            life = await live(step, work, call_sync)
            return await leave_with(work, call_sync, life.status, life.result, error=life.error)


async def _wait(
    step: BaseHumanStep | TimerStep | WebhookStep | StepGroup | SubWorkflow,
    work: Work,
    call_sync: CallSync,
) -> Outcome:
    match step:
        case BaseHumanStep():
            return await ask(step, work, call_sync)
        case TimerStep():
            return await _sleep(step, work, call_sync)
        case WebhookStep():
            return await _listen(step, work, call_sync)
        case StepGroup():
            return await _open(step, work, call_sync)
        case SubWorkflow():
            return await start_child(step, work, call_sync)


async def _evaluate(step: BaseGateway, work: Work, call_sync: CallSync) -> Outcome:
    answer = await call(call_sync, step.evaluate, work.context)
    targets = named_edges(work.definition.graph, work.execution.path, answer)
    chosen = answer if isinstance(answer, str) else list(answer)
    writes = dict(work.context.writes)
    return Ended(status=SUCCEEDED, result=chosen, writes=writes, targets=targets)


async def _sleep(step: TimerStep, work: Work, call_sync: CallSync) -> Outcome:
    answer = await call(call_sync, step.get_delay, work.context)
    if isinstance(answer, datetime):
        known = aware(answer)
        if known is None:
            raise BadAnswer(
                f"get_delay returned {answer!r}, which has no time zone; return an aware datetime "
                "or a timedelta."
            )
        answer = instant(known)
    if not isinstance(answer, (datetime, timedelta)):
        raise BadAnswer(f"get_delay returned {answer!r}; return a timedelta or a datetime.")
    is_over = answer <= timedelta(0) if isinstance(answer, timedelta) else answer <= now()
    return await leave(work, call_sync) if is_over else SleepUntil(answer)


async def _listen(step: WebhookStep, work: Work, call_sync: CallSync) -> Outcome:
    if not overrides(step, "get_callback_token", WebhookStep):
        return Listen("")
    token = await call(call_sync, step.get_callback_token, work.context)
    if not isinstance(token, str) or not token or "/" in token:
        raise BadAnswer(f"get_callback_token returned {token!r}; return text without slashes.")
    return Listen(token)


async def _open(step: StepGroup, work: Work, call_sync: CallSync) -> Outcome:
    children = work.node.children
    if isinstance(step, ForEachGroup):
        return await open_for_each(step, work, call_sync)
    if isinstance(step, ConditionalGroup):
        branch = await _branch(step, work, call_sync)
        children = (f"{work.node.path}/{branch}",) if branch else ()
        if not children:
            return await leave_with(work, call_sync, SKIPPED)
    return OpenGroup(children) if children else await leave(work, call_sync)


async def _branch(step: ConditionalGroup, work: Work, call_sync: CallSync) -> str:
    answer: Any = await call(call_sync, compile_condition(step.condition), work.context)
    name = str(answer).lower() if isinstance(answer, bool) else str(answer)
    if name in step.branches:
        return name
    return "default" if step.default is not None else ""
