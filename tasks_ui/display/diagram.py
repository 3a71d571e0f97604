"""The picture of an instance: its workflow, and how far it has come."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tasks_ui.graph import Drawing, GraphEdge, GraphInput, GraphStep, StepKind, StepState, draw
from workflows.engine import queries
from workflows.models import WorkflowInstance

Nodes = list[queries.GraphNode]
NOTES = {
    "ParallelGroup": gettext_lazy("all of"),
    "RaceGroup": gettext_lazy("first of"),
    "ForEachGroup": gettext_lazy("for each item"),
}


def picture_of(instance: WorkflowInstance) -> Drawing:
    """Draw the instance's workflow; one statement."""
    state = queries.graph_state(instance)
    steps = tuple(_step(node, state.nodes) for node in state.nodes if not node.parent)
    edges = tuple(
        GraphEdge(source=edge.source, target=edge.target, label=edge.label, taken=edge.taken)
        for edge in state.edges
    )
    return draw(GraphInput(steps=steps, edges=edges), title=_("How far it has come"))


def _step(node: queries.GraphNode, nodes: Nodes) -> GraphStep:
    return GraphStep(
        key=node.path,
        label=node.label,
        kind=_kind(node.kind),
        state=StepState(node.state),
        visits=node.visits,
        note=str(NOTES.get(node.group, "")),
        children=tuple(_step(child, nodes) for child in nodes if child.parent == node.path),
    )


def _kind(kind: str) -> StepKind:
    return StepKind(kind) if kind in set(StepKind) else StepKind.GROUP
