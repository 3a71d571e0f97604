"""Groups that run one step once per item: which items there are, and what each run is for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from workflows.definition.conditions import compile_condition
from workflows.definition.graph import Graph
from workflows.engine.work.call import CallSync, call
from workflows.engine.work.results import OpenGroup
from workflows.engine.work.work import Work
from workflows.exceptions import BadAnswer
from workflows.models.step_executions import StepExecution
from workflows.steps.groups import ForEachGroup
from workflows.values.plain_json import to_json

MAX_ITEMS: Final = 10_000
"""Most items of one group; who has more wants a step that works through them in batches."""


async def open_for_each(step: ForEachGroup, work: Work, call_sync: CallSync) -> OpenGroup:
    """Ask for the items; raises BadAnswer where they are no list, too many, or not JSON."""
    asked = compile_condition(step.items) if isinstance(step.items, str) else step.items
    answer = await call(call_sync, asked, work.context)
    if isinstance(answer, (str, bytes, dict)) or not isinstance(answer, Iterable):
        raise BadAnswer(f"The items of {work.node.path!r} are {answer!r:.200}; give a list.")
    items = list(answer)
    if len(items) > MAX_ITEMS:
        raise BadAnswer(
            f"Group {work.node.path!r} has {len(items):,} items; the most is {MAX_ITEMS:,}. "
            "Let each item stand for several things."
        )
    plain = tuple(to_json(item, f"item {number}") for number, item in enumerate(items))
    return OpenGroup(work.node.children, plain)


def find_holders(rows: Iterable[tuple[StepExecution, Graph]]) -> dict[int, StepExecution]:
    """For executions inside groups that repeat, by id: the execution that has their item.

    One statement for each level of groups that an execution is further inside than its item.
    """
    inside = [row for row, graph in rows if row.path in graph.items]
    found = {row.pk: row for row in inside if row.position is not None}
    climbing = {row.pk: row.scope for row in inside if row.position is None}
    while climbing:
        groups = StepExecution.objects.only("scope", "position", "item", "path")
        reached = groups.in_bulk(set(climbing.values()))
        for number, scope in list(climbing.items()):
            if reached[scope].position is None:
                climbing[number] = reached[scope].scope
            else:
                found[number] = reached[scope]
                del climbing[number]
    return found


def item_of(row: StepExecution, graph: Graph) -> StepExecution | None:
    """Give the execution that has the item of this one; None outside of groups that repeat."""
    return find_holders([(row, graph)]).get(row.pk)
