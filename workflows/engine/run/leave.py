"""The leave part of each kind of step: what becomes of its result, and where it leads."""

from __future__ import annotations

from typing import Any

from workflows.engine.board.board import HANDLED, SKIPPED, SUCCEEDED
from workflows.engine.run.machine import live
from workflows.engine.run.routing import leave_with
from workflows.engine.run.sub_workflow import leave_child
from workflows.engine.work.call import CallSync
from workflows.engine.work.results import Outcome
from workflows.engine.work.work import Work
from workflows.schemas import pick_declared
from workflows.steps import BaseHumanStep, ParallelGroup, RaceGroup, SubWorkflow, WebhookStep
from workflows.steps.groups import ForEachGroup, StepGroup


async def leave(work: Work, call_sync: CallSync) -> Outcome:
    """Leave the step with the result that its row has, or that its children have."""
    result = work.execution.result
    match work.node.step:
        case BaseHumanStep(form_schema=schema) | WebhookStep(payload_schema=schema):
            if not work.keeps_data_apart and isinstance(result, dict):
                for key, value in pick_declared(schema or {}, result).items():
                    work.context.set(key, value)
            return await leave_with(work, call_sync, SUCCEEDED, result)
        case StepGroup() as group:
            return await _leave_group(group, work, call_sync)
        case SubWorkflow() as step:
            return await leave_child(step, work, call_sync)
        case _:
            return await leave_with(work, call_sync, SUCCEEDED, result)


async def _leave_group(group: StepGroup, work: Work, call_sync: CallSync) -> Outcome:
    result = group_result(group, work)
    callback = group.callback if isinstance(group, ParallelGroup) else None
    if callback is None:
        return await leave_with(work, call_sync, SUCCEEDED, result)
    work.context.leave_with(result)
    life = await live(callback, work, call_sync)
    status, answer = (SUCCEEDED, result) if life.status == SKIPPED else (life.status, life.result)
    return await leave_with(work, call_sync, status, answer, error=life.error)


def group_result(group: StepGroup, work: Work) -> Any:
    """Give what a group's children came to: a list, a winner, or the last one's result."""
    if isinstance(group, ForEachGroup):
        return [child.result for child in sorted(work.children, key=lambda one: one.position or 0)]
    ended = {child.path: child for child in work.children}
    in_order = [ended[path] for path in work.node.children if path in ended]
    match group:
        case ParallelGroup():
            return [child.result for child in in_order]
        case RaceGroup():
            winner = next((child for child in in_order if child.status == SUCCEEDED), None)
            name = winner.path.rpartition("/")[2] if winner else None
            return {"winner": name, "result": winner.result if winner else None}
        case _:
            told = [child for child in in_order if child.status in (SUCCEEDED, HANDLED)]
            return told[-1].result if told else None
