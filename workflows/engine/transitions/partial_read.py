"""Reads of a group with very many children only what an end can touch.

The board of an instance is otherwise all that is active in it. With a thousand children, each of
their ends would read the others too, though it only counts them. What is left out is known by its
statuses; nothing is left out where an end may cancel others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from workflows.definition.graph import Graph
from workflows.engine.store.columns import columns
from workflows.engine.store.select import EXECUTION, IS_CLOSED, executions_of, keys_of, places
from workflows.models.instances import WorkflowInstance
from workflows.models.step_executions import ATTACHED, StepExecution

if TYPE_CHECKING:
    from workflows.engine.transitions.transition import Transition

# The words stand in the text, so that the partial index on what is active serves.
PART: Final = """
WITH RECURSIVE chain(id, scope) AS (
    SELECT id, scope FROM workflows_stepexecution WHERE id IN ({wanted})
    UNION
    SELECT up.id, up.scope FROM workflows_stepexecution AS up JOIN chain ON up.id = chain.scope
),
part(id) AS (
    SELECT id FROM chain
    UNION
    SELECT id FROM workflows_stepexecution
    WHERE instance_id = %s AND path IN ({top}) AND scope = 0 AND status NOT IN ({closed})
)
SELECT {columns} FROM workflows_stepexecution
WHERE id IN (SELECT id FROM part) AND status NOT IN ({closed}) ORDER BY id
"""

ANY_ELSEWHERE: Final = """
SELECT
    EXISTS ({others} AND status IN ('ready', 'running', 'held')),
    EXISTS ({others} AND status = 'failed'),
    EXISTS ({others})
"""

OTHERS: Final = """
SELECT 1 FROM workflows_stepexecution
WHERE instance_id = %s AND status NOT IN ({closed})
AND kind NOT IN ({attached}) AND id NOT IN ({read})
"""

IS_ATTACHED: Final = ", ".join(f"'{kind}'" for kind in ATTACHED)

STATUSES: Final = ("running", "failed", "waiting")
"""What the three answers stand for: work, failures, anything at all."""


@dataclass
class Crowd:
    """What is read of an instance, and what is known of the rest.

    `elsewhere` are statuses that occur there, `failing` the groups with failed children there.
    """

    rows: dict[int, StepExecution] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()
    failing: frozenset[int] = frozenset()


def read_part(transition: Transition, ends: Mapping[int, bool]) -> Crowd | None:
    """Read what the ends of these executions (id → whether it failed) touch; None for all of it."""
    graph, instance_id = transition.definition.graph, transition.instance.pk
    rows = {row.pk: row for row in _part(graph, instance_id, ends)}
    for row in _siblings(graph, instance_id, rows):
        rows[row.pk] = row
    elsewhere = _elsewhere(instance_id, rows)
    failed_before = "failed" in elsewhere or any(row.status == "failed" for row in rows.values())
    for number in ends.keys() & rows.keys():
        if _may_cancel(graph, rows[number].path, ends[number] or failed_before):
            return None
    failing = _failing(instance_id, rows) if "failed" in elsewhere else frozenset()
    return Crowd(rows, elsewhere, failing)


def _part(graph: Graph, instance_id: Any, wanted: Collection[int]) -> Iterable[StepExecution]:
    """Give the top level, what is wanted, and the groups around that."""
    top = [node.path for node in graph.top_level]
    statement = PART.format(
        wanted=places(len(wanted)),
        top=places(len(top)),
        columns=", ".join(columns(StepExecution, EXECUTION, connection.vendor).names),
        closed=IS_CLOSED,
    )
    keys = keys_of(WorkflowInstance, [instance_id])
    with connection.cursor() as cursor:
        cursor.execute(statement, [*wanted, *keys, *top])
        return executions_of(cursor, EXECUTION)


def _siblings(
    graph: Graph, instance_id: Any, rows: Mapping[int, StepExecution]
) -> Collection[StepExecution]:
    """Give the children of small groups, which see each other, inside a repeating one or not."""
    groups = [row for row in rows.values() if row.kind == "group"]
    small = [row for row in groups if not graph.nodes[row.path].repeats]
    if not small:
        return []
    paths = [child for row in small for child in graph.nodes[row.path].children]
    siblings = StepExecution.objects.filter(instance_id=instance_id, path__in=paths).active()
    return list(siblings.filter(scope__in=[row.pk for row in small]).defer("result", "item"))


def _elsewhere(instance_id: Any, read: Collection[int]) -> frozenset[str]:
    others = OTHERS.format(closed=IS_CLOSED, attached=IS_ATTACHED, read=places(len(read)))
    keys = keys_of(WorkflowInstance, [instance_id])
    with connection.cursor() as cursor:
        cursor.execute(ANY_ELSEWHERE.format(others=others), [*keys, *read] * 3)
        answers = cursor.fetchone()
    return frozenset(status for status, is_there in zip(STATUSES, answers, strict=True) if is_there)


def _failing(instance_id: Any, read: Collection[int]) -> frozenset[int]:
    failed = StepExecution.objects.filter(instance_id=instance_id, status="failed")
    scopes = failed.exclude(pk__in=read).order_by().values_list("scope", flat=True)
    return frozenset(scopes.distinct())


def _may_cancel(graph: Graph, path: str, failed: bool) -> bool:
    """Whether the end of a step may end others: in a race, or where a failure does so."""
    node = graph.nodes.get(path)
    parent = graph.nodes.get(node.parent or "") if node else None
    while parent is not None:
        if parent.is_race or (failed and parent.fails_at_once and parent.keeps_data_apart):
            return True
        parent = graph.nodes.get(parent.parent or "")
    return False
