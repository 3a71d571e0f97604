"""Load claimed executions with the snapshots that their steps' code runs on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.utils import translation

from workflows.context import StepRecord, WorkflowContext
from workflows.definition.definition import WorkflowDefinition
from workflows.engine.definitions.snapshot import describe_definition
from workflows.engine.definitions.stored import code_of
from workflows.engine.store.select import read_instances, read_results, relate
from workflows.engine.work.for_each import find_holders, item_of
from workflows.engine.work.places import Places, places_of
from workflows.engine.work.webhook_tokens import url_for
from workflows.engine.work.work import ChildEnd, Work
from workflows.models.instances import WorkflowInstance
from workflows.models.step_executions import ATTACHED, Phase, StepExecution
from workflows.steps.base import StepType

_reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="history")


def load(claimed: Sequence[StepExecution], *, eager_history: bool = False) -> list[Work]:
    """Give the work of claimed executions: two statements, one more for groups that are left.

    One more for each level of groups around tasks that are to be opened for items.

    `eager_history` reads each instance's history at once instead of when a step asks for it.
    """
    if not claimed:
        return []
    instances = {one.id: one for one in read_instances({row.instance_id for row in claimed})}
    results = read_results({row.previous_id for row in claimed if row.previous_id})
    children = _children([row for row in claimed if _is_left_group(row)])
    code = {number: code_of(one.definition) for number, one in instances.items()}
    histories = {number: history_of(one)() for number, one in instances.items() if eager_history}
    holders = find_holders((row, code[row.instance_id].graph) for row in claimed)
    places = _places([(row, code[row.instance_id]) for row in claimed])
    found = []
    for row in claimed:
        instance = instances[row.instance_id]
        relate(row, "instance", instance)
        work = go_on(
            row,
            instance,
            code[instance.id],
            results.get(row.previous_id or 0),
            holder=holders.get(row.id),
            places=places.get(row.id, ()),
            history=histories.get(instance.id),
        )
        work.children = tuple(children.get(row.id, ()))
        found.append(work)
    return found


def go_on(
    row: StepExecution,
    instance: WorkflowInstance,
    definition: WorkflowDefinition,
    previous_result: Any,
    *,
    holder: StepExecution | None = None,
    places: Places | None = None,
    history: Sequence[StepRecord] | None = None,
) -> Work:
    """Give the work of an execution whose instance and predecessor are at hand.

    `holder` is the execution that has its item, which is looked for where it is not given, and so
    are the `places` of a task that is to be opened;
    `history` is read when a step asks for it, where it is not given.
    """
    if row.path in definition.graph.items:
        holder = holder or item_of(row, definition.graph)
    read = history_of(instance) if history is None else lambda: history
    name = str(instance.id)
    context = WorkflowContext(
        workflow_id=instance.workflow,
        instance_id=name,
        data=instance.data,
        metadata=instance.metadata,
        user_id=None if instance.started_by_id is None else str(instance.started_by_id),
        current_step=row.path,
        previous_result=previous_result,
        idempotency_key=f"{name}:{row.id}",
        attempt=row.attempt + 1,
        visit=row.visit,
        item=holder.item if holder else None,
        index=holder.position if holder else None,
        history=read,
        webhook_url=lambda step: url_for(instance, definition.graph, step, read, holder),
    )
    if places is None:
        places = _places([(row, definition)]).get(row.id, ())
    return Work(row, instance, definition, context, places=places)


def _places(rows: Iterable[tuple[StepExecution, WorkflowDefinition]]) -> dict[int, Places]:
    """Give the places of tasks that are to be opened, in the language in which they are stored."""
    asked = {
        row.id: describe_definition(definition).content
        for row, definition in rows
        if row.kind == StepType.HUMAN
        and row.phase == Phase.ENTER
        and row.path in definition.graph.items
    }
    if not asked:
        return {}
    with translation.override(settings.LANGUAGE_CODE):
        return places_of(asked)


def history_of(instance: WorkflowInstance) -> Callable[[], Sequence[StepRecord]]:
    """Give a reader of the instance's visits that also works in a coroutine."""

    def read() -> Sequence[StepRecord]:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return _records(instance.id)
        return _reader.submit(_records, instance.id).result()

    return read


def _records(instance_id: Any) -> Sequence[StepRecord]:
    rows = StepExecution.objects.filter(instance_id=instance_id).exclude(kind__in=ATTACHED)
    return [
        StepRecord(
            step=row.path,
            visit=row.visit,
            status=row.status,
            result=row.result,
            started_at=row.started_at,
            finished_at=row.finished_at,
        )
        for row in rows.order_by("id")
    ]


def _is_left_group(row: StepExecution) -> bool:
    return row.kind == "group" and row.phase == Phase.LEAVE


def _children(groups: Collection[StepExecution]) -> dict[int, list[ChildEnd]]:
    if not groups:
        return {}
    begun = StepExecution.objects.filter(
        instance__in={row.instance_id for row in groups}, scope__in=[row.id for row in groups]
    )
    # Of several visits to one child, as after a retry, the last one counts.
    rows = begun.order_by("path", "visit").defer("item")
    last = {(row.scope, row.path, row.position): row for row in rows}
    found: dict[int, list[ChildEnd]] = {}
    for (scope, path, position), row in last.items():
        found.setdefault(scope, []).append(ChildEnd(path, row.status, row.result, position))
    return found
