"""Draws a workflow as a strip of boxes and arrows, on the server, as inline SVG.

In: steps, edges, and how far an instance has come. Out: a drawing that a template paints:

    drawing = draw(GraphInput(steps=(…), edges=(…)), title=_("Workflow"))

and in a template ``{% include "components/_graph.html" with drawing=drawing %}``.
"""

from __future__ import annotations

from dataclasses import replace

from tasks_ui.graph.boxes import step_box
from tasks_ui.graph.drawing import Box, Drawing
from tasks_ui.graph.edges import draw_edge, label_size, merge
from tasks_ui.graph.groups import group_box
from tasks_ui.graph.layout import Arrangement, Link, Point, Size, arrange
from tasks_ui.graph.model import GraphEdge, GraphInput, GraphStep, StepKind, StepState
from tasks_ui.graph.words import describe

__all__ = [
    "Drawing",
    "GraphEdge",
    "GraphInput",
    "GraphStep",
    "StepKind",
    "StepState",
    "draw",
]

MARGIN = 6


def draw(graph: GraphInput, *, title: str) -> Drawing:
    """Return the drawing of a graph; the same graph always gives the same drawing.

    Args:
        title: What the picture is called, for those who hear it instead of seeing it.
    """
    boxes = [group_box(step) if step.children else step_box(step) for step in graph.steps]
    edges = merge(graph.edges)
    arrangement = _arrange(graph, boxes, edges)
    drawn = [
        draw_edge(edge, route.moved(MARGIN, MARGIN))
        for edge, route in zip(edges, arrangement.routes, strict=True)
    ]
    return Drawing(
        title=title,
        description=describe(graph),
        width=arrangement.size.width + 2 * MARGIN + 1,
        height=arrangement.size.height + 2 * MARGIN + 1,
        boxes=tuple(
            _placed(box, centre) for box, centre in zip(boxes, arrangement.centres, strict=True)
        ),
        # What was taken is painted last, over what was not.
        edges=tuple(sorted(drawn, key=lambda edge: edge.taken)),
    )


def _arrange(graph: GraphInput, boxes: list[Box], edges: list[GraphEdge]) -> Arrangement:
    place = {step.key: index for index, step in enumerate(graph.steps)}
    return arrange(
        [Size(box.width, box.height) for box in boxes],
        [Link(place[edge.source], place[edge.target], label_size(edge)) for edge in edges],
        place.get(graph.start, 0),
    )


def _placed(box: Box, centre: Point) -> Box:
    return replace(box, x=centre.x - box.width // 2 + MARGIN, y=centre.y - box.height // 2 + MARGIN)
