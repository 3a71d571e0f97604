"""Whether an instance can go on under another version of its workflow: moves, and refusals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from workflows.definition.graph import Graph
from workflows.engine.definitions.rename import rename
from workflows.models.definitions import StoredDefinition
from workflows.models.instances import WorkflowInstance
from workflows.models.step_executions import ATTACHED, ExecutionStatus, Phase, StepExecution
from workflows.models.tasks import OPEN_TASK, HumanTask
from workflows.steps.base import StepType

NOT_BEGUN = (ExecutionStatus.READY, ExecutionStatus.HELD, ExecutionStatus.BLOCKED)
FORM = ("form_schema", "outcome_field", "reason_field")


@dataclass(frozen=True)
class Move:
    """One active execution: the step it is at, and the one it would be at."""

    path: str
    to: str
    status: str
    asks_again: bool = False


@dataclass(frozen=True)
class Migration:
    """What moving an instance to another version means, and why it cannot be (`refusals`).

    `moved` says that it was done.
    """

    instance: WorkflowInstance
    moves: tuple[Move, ...] = ()
    refusals: tuple[str, ...] = ()
    moved: bool = False


@dataclass(frozen=True)
class Versions:
    """Two versions of a workflow and the mapping between their steps; the old one as stored."""

    old: StoredDefinition
    new: StoredDefinition
    graph: Graph
    mapping: Mapping[str, str]
    asks_again: bool = False

    def rename(self, path: str) -> str:
        return rename(self.mapping, path)

    @cached_property
    def old_nodes(self) -> dict[str, dict[str, Any]]:
        return {node["path"]: node for node in self.old.content["nodes"]}

    @cached_property
    def new_nodes(self) -> dict[str, dict[str, Any]]:
        return {node["path"]: node for node in self.new.content["nodes"]}

    @cached_property
    def edges(self) -> dict[int, int]:
        """The new number of each old edge; edges between the same steps in their order."""
        ends = [(edge.source, edge.target) for edge in self.graph.edges]
        found: dict[int, int] = {}
        for number, edge in enumerate(self.old.content["edges"]):
            end = (self.rename(edge["source"]), self.rename(edge["target"]))
            alike = [n for n, other in enumerate(ends) if other == end and n not in found.values()]
            if alike:
                found[number] = alike[0]
        return found


@dataclass(frozen=True)
class Standing:
    """Where an instance stands: its active rows by id, its tasks, and every step it has visited."""

    instance: WorkflowInstance
    rows: Mapping[int, StepExecution]
    tasks: Mapping[int, HumanTask]
    visited: frozenset[str] = field(default_factory=frozenset)

    @property
    def steps(self) -> list[StepExecution]:
        """The active rows without the clocks and links that hang on them."""
        return [row for row in self.rows.values() if row.kind not in ATTACHED]


def stand(instance: WorkflowInstance, rows: Iterable[StepExecution]) -> Standing:
    """Read what a plan needs to know besides the active rows."""
    executions = StepExecution.objects.filter(instance=instance).exclude(kind__in=ATTACHED)
    tasks = HumanTask.objects.filter(instance=instance, execution__in=[row.pk for row in rows])
    return Standing(
        instance,
        {row.pk: row for row in rows},
        {task.execution_id: task for task in tasks},
        frozenset(executions.values_list("path", flat=True).distinct()),
    )


def plan(versions: Versions, standing: Standing) -> Migration:
    """Say where each active execution would go, or why the instance has to stay."""
    if standing.instance.definition_id != versions.old.pk:
        # Its steps are another version's, which says nothing of these: it may have moved already.
        said = {"version": versions.old.version}
        return Migration(
            standing.instance, (), (_("It is on another version than %(version)s.") % said,)
        )
    moves = tuple(
        Move(row.path, versions.rename(row.path), row.status, asks_again(versions, standing, row))
        for row in standing.steps
    )
    refusals = (
        *_refused_as_a_whole(versions, standing),
        *(why for row in standing.steps for why in _refused(versions, standing, row)),
    )
    return Migration(standing.instance, moves, tuple(dict.fromkeys(refusals)))


def asks_again(versions: Versions, standing: Standing, row: StepExecution) -> bool:
    """Whether this is an open task whose form differs, which is to be asked anew."""
    task = standing.tasks.get(row.pk)
    is_open = task is not None and task.status in OPEN_TASK
    return versions.asks_again and is_open and _form_differs(versions, row.path)


def _refused_as_a_whole(versions: Versions, standing: Standing) -> Iterator[str]:
    instance = standing.instance
    if instance.has_ended:
        yield _("It has ended.")
    if any(row.status == ExecutionStatus.RUNNING for row in standing.rows.values()):
        running = sorted({r.path for r in standing.rows.values() if r.status == "running"})
        said = {"steps": ", ".join(running)}
        yield _("It is running right now (%(steps)s): try again, or suspend it first.") % said
    yield from _visits_that_meet(versions, standing)
    for path in _ambiguous_addresses(versions):
        yield _("Addresses given away for %(step)s would lead to another step.") % {"step": path}


def _ambiguous_addresses(versions: Versions) -> Iterator[str]:
    """Webhook steps that are renamed while another one takes their name over."""
    webhooks = [p for p, node in versions.old_nodes.items() if node["kind"] == StepType.WEBHOOK]
    for path in webhooks:
        taken = versions.graph.nodes.get(path)
        if versions.rename(path) != path and taken and taken.kind == StepType.WEBHOOK:
            yield path


def _visits_that_meet(versions: Versions, standing: Standing) -> Iterator[str]:
    """Two visited steps cannot become one: their visits would be told apart no longer."""
    met: dict[str, str] = {}
    for path in sorted(standing.visited):
        to = versions.rename(path)
        if to in met:
            said = {"one": met[to], "other": path, "to": to}
            yield _("%(one)s and %(other)s were both visited and would both be %(to)s.") % said
        met[to] = path


def _refused(versions: Versions, standing: Standing, row: StepExecution) -> Iterator[str]:
    to = versions.rename(row.path)
    node = versions.graph.nodes.get(to)
    said = {"step": row.path, "to": to, "version": versions.new.version}
    if node is None:
        yield _("%(step)s is active, and version %(version)s has no step %(to)s: map it.") % said
        return
    if row.kind != str(node.kind):
        said |= {"kind": row.kind, "other": str(node.kind)}
        yield _("%(step)s is of the kind %(kind)s, and %(to)s of the kind %(other)s.") % said
        return
    if _parent(versions, row.path) != node.parent:
        yield _("%(step)s would be in another group than now.") % said
    if row.kind == StepType.GROUP and _is_open(row) and _group_differs(versions, row.path):
        yield _("Group %(step)s is open, and has other steps or rules in %(version)s.") % said
    if row.kind == StepType.HUMAN:
        yield from _refused_form(versions, standing, row, said)
    if row.status == ExecutionStatus.JOINING and to in versions.graph.joins:
        yield from _refused_edges(versions, row, said)


def _parent(versions: Versions, path: str) -> str | None:
    parent = versions.old_nodes[path]["parent"] if path in versions.old_nodes else None
    return None if parent is None else versions.rename(parent)


def _is_open(row: StepExecution) -> bool:
    """Whether a group has begun its children."""
    return row.phase == Phase.LEAVE or row.status not in (*NOT_BEGUN, ExecutionStatus.SCHEDULED)


def _group_differs(versions: Versions, path: str) -> bool:
    old, new = versions.old_nodes[path], versions.new_nodes[versions.rename(path)]
    children = [n["path"] for n in versions.old_nodes.values() if n["parent"] == path]
    after = [n["path"] for n in versions.new_nodes.values() if n["parent"] == new["path"]]
    return old["group"] != new["group"] or [versions.rename(one) for one in children] != after


def _refused_form(
    versions: Versions, standing: Standing, row: StepExecution, said: dict[str, Any]
) -> Iterator[str]:
    if row.phase != Phase.LEAVE or not _form_differs(versions, row.path):
        return
    task = standing.tasks.get(row.pk)
    if task is None or task.status not in OPEN_TASK:
        yield _("%(step)s was decided on a form that is another one in %(version)s.") % said
    elif not versions.asks_again:
        yield _("The form of %(step)s is another one in %(version)s: ask again, or wait.") % said


def _form_differs(versions: Versions, path: str) -> bool:
    old = versions.old_nodes.get(path, {})
    new = versions.new_nodes.get(versions.rename(path), {})
    return _form(old) != _form(new)


def _form(node: dict[str, Any]) -> list[Any]:
    choices = [(one["value"], one["requires_reason"]) for one in node.get("outcomes", ())]
    return [*(node.get(name) for name in FORM), choices]


def _refused_edges(versions: Versions, row: StepExecution, said: dict[str, Any]) -> Iterator[str]:
    for number in row.arrived:
        if number not in versions.edges:
            source = versions.old.content["edges"][number]["source"]
            said = {**said, "source": source}
            yield (
                _("A branch came to %(step)s from %(source)s; %(version)s has no such edge.") % said
            )
