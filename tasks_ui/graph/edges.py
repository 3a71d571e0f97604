"""Turns the routes of the layout into SVG path data, arrowheads and labels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tasks_ui.graph.drawing import Edge, Text
from tasks_ui.graph.layout import Point, Route, Size
from tasks_ui.graph.model import GraphEdge
from tasks_ui.graph.text import clean, shorten, text_width

FONT = 11
LABEL_LIMIT = 120
LABEL_HEIGHT = 30
LABEL_PADDING = 3
# How far the middle of the letters stands above the line.
LABEL_RISE = 9
ARROW = 7
HALF_ARROW = 3.5

EDGE_LABEL = "edge-label"


def merge(edges: Iterable[GraphEdge]) -> list[GraphEdge]:
    """Return one edge for each pair of steps, with the labels of all that run between them."""
    merged: dict[tuple[str, str], GraphEdge] = {}
    for edge in edges:
        pair = edge.source, edge.target
        label = clean(edge.label)
        if pair in merged:
            known = merged[pair]
            label = " / ".join(filter(None, (known.label, label)))
            merged[pair] = replace(known, label=label, taken=known.taken or edge.taken)
        else:
            merged[pair] = replace(edge, label=label)
    return list(merged.values())


def label_size(edge: GraphEdge) -> Size | None:
    """Return the room that an edge's label needs around its middle, on the line."""
    if not edge.label:
        return None
    width = text_width(shorten(edge.label, LABEL_LIMIT, FONT), FONT)
    return Size(width + 2 * LABEL_PADDING, LABEL_HEIGHT)


def draw_edge(edge: GraphEdge, route: Route) -> Edge:
    label = None
    if route.label_at is not None:
        text = shorten(edge.label, LABEL_LIMIT, FONT)
        label = Text(route.label_at.x, route.label_at.y - LABEL_RISE, text, EDGE_LABEL)
    return Edge(
        source=edge.source,
        target=edge.target,
        line="".join(
            segment.command + " ".join(f"{point.x} {point.y}" for point in segment.points)
            for segment in route.segments
        ),
        arrow=_arrow(route),
        start=(route.start.x, route.start.y),
        end=(route.end.x, route.end.y),
        taken=edge.taken,
        label=label,
        tooltip=edge.label,
    )


def _arrow(route: Route) -> str:
    """Return a triangle whose tip touches the box: to the right, or straight up or down."""
    before, tip = _last_points(route)
    if before.y == tip.y:
        return f"M{tip.x} {tip.y}l-{ARROW} -{HALF_ARROW}v{ARROW}z"
    away = ARROW if before.y > tip.y else -ARROW
    return f"M{tip.x} {tip.y}l-{HALF_ARROW} {away}h{ARROW}z"


def _last_points(route: Route) -> tuple[Point, Point]:
    points = [point for segment in route.segments for point in segment.points]
    return next(point for point in reversed(points) if point != points[-1]), points[-1]
