"""The two parts of a step that starts another workflow: how it begins, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from workflows.definition.conditions import compile_condition
from workflows.engine.board.board import ENTER, SUCCEEDED
from workflows.engine.definitions.stored import code_of, get_definition
from workflows.engine.instances.start import prepare
from workflows.engine.instances.sub_workflows import child_of
from workflows.engine.run.routing import leave_with
from workflows.engine.work.call import CallSync, call
from workflows.engine.work.load import go_on
from workflows.engine.work.results import Failed, Outcome, StartChild
from workflows.engine.work.work import Work
from workflows.exceptions import BadAnswer, BadValue, InvalidSubmission, StepError
from workflows.models.instances import InstanceStatus, WorkflowInstance
from workflows.models.step_executions import StepExecution
from workflows.schemas import pick_declared
from workflows.steps.sub_workflow import ChildResult, SubWorkflow
from workflows.values.plain_json import to_json

MAX_DEPTH: Final = 20
"""How deep workflows may start each other: one that starts itself would never end."""


async def start_child(step: SubWorkflow, work: Work, call_sync: CallSync) -> Outcome:
    """Say which workflow to start, and with which data; outside of any lock."""
    data = await _first_data(step, work, call_sync)
    return StartChild(await call_sync(_prepared, step, work, data))


async def leave_child(step: SubWorkflow, work: Work, call_sync: CallSync) -> Outcome:
    """Leave the step with what has come of the workflow that it started.

    One that was cancelled fails the step, which starts another one when it is retried.
    """
    child = await call_sync(child_of, work.execution_id)
    if child is None or child.status == InstanceStatus.CANCELED:
        error = f"The workflow {step.workflow!r} that this step has started was cancelled."
        return Failed(error=error, phase=ENTER)
    if child.status != InstanceStatus.COMPLETED:
        raise StepError(f"The workflow {step.workflow!r} that this step has started goes on.")
    result = child.data if step.result is None else await _result(step.result, child, call_sync)
    return await leave_with(work, call_sync, SUCCEEDED, result)


async def _first_data(step: SubWorkflow, work: Work, call_sync: CallSync) -> Mapping[str, Any]:
    if step.data is None:
        schema = get_definition(step.workflow, step.version).start_schema
        return pick_declared(schema or {}, dict(work.context.data))
    if isinstance(step.data, Mapping):
        return step.data
    asked = compile_condition(step.data) if isinstance(step.data, str) else step.data
    answer = await call(call_sync, asked, work.context)
    if not isinstance(answer, Mapping):
        raise BadAnswer(
            f"The data for workflow {step.workflow!r} are {answer!r:.200}; give a dict."
        )
    return answer


def _prepared(step: SubWorkflow, work: Work, data: Mapping[str, Any]) -> Any:
    """Check what is to be started; None where it has been before, as by an earlier attempt."""
    begun = WorkflowInstance.objects.filter(parent_id=work.execution_id)
    if begun.exclude(status=InstanceStatus.CANCELED).exists():
        return None
    _refuse_depth(work.instance)
    metadata = {"parent_instance": str(work.instance_id), "parent_step": work.execution.path}
    try:
        return prepare(
            get_definition(step.workflow, step.version),
            data,
            metadata=metadata,
            started_by_id=work.instance.started_by_id,
            parent_id=work.execution_id,
        )
    except InvalidSubmission as error:
        raise BadValue(
            f"Workflow {step.workflow!r} cannot start with this data: {error}"
        ) from error


def _refuse_depth(instance: WorkflowInstance) -> None:
    depth, parent_id = 1, instance.parent_id
    while parent_id is not None:
        if depth >= MAX_DEPTH:
            raise StepError(
                f"Workflows have started each other {MAX_DEPTH} deep; does one start itself "
                "without an end?"
            )
        above = StepExecution.objects.filter(pk=parent_id).values_list("instance__parent_id")
        depth, (parent_id,) = depth + 1, above.get()


async def _result(asked: ChildResult, child: WorkflowInstance, call_sync: CallSync) -> Any:
    asked = compile_condition(asked) if isinstance(asked, str) else asked
    context = await call_sync(_context_of, child)
    return to_json(await call(call_sync, asked, context), "result")


def _context_of(child: WorkflowInstance) -> Any:
    ended = StepExecution(instance=child, path="", kind="machine")
    return go_on(ended, child, code_of(child.definition), None).context
