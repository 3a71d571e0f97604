"""Draws the forward links: level across a column, curved in the gap between two."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tasks_ui.graph.layout.columns import Column
from tasks_ui.graph.layout.geometry import Point, Route, Segment, Size
from tasks_ui.graph.layout.layers import Layers


def forward_route(
    boxes: Sequence[Size],
    layers: Layers,
    chain: Sequence[int],
    label: int | None,
    centres: Sequence[Point],
    columns: Sequence[Column],
) -> Route:
    """Return the way along ``chain``, from the right side of its first node to its last's left.

    Within a column a link only runs level, at a height that the layout kept free for it: that is
    why it can never cross a box.
    """
    first, last = chain[0], chain[-1]
    at = Point(centres[first].x + boxes[first].width // 2, centres[first].y)
    segments = [Segment("M", (at,))]
    for node, following in pairwise(chain):
        leave = Point(columns[layers.rank_of[node]].right, centres[node].y)
        enter = Point(columns[layers.rank_of[following]].left, centres[following].y)
        if leave.y != enter.y:
            segments += [*_level(at, leave), _curve(leave, enter)]
            at = enter
    end = Point(centres[last].x - boxes[last].width // 2, centres[last].y)
    segments += _level(at, end)
    return Route(tuple(segments), None if label is None else centres[label])


def _level(start: Point, end: Point) -> list[Segment]:
    return [Segment("L", (end,))] if start != end else []


def _curve(start: Point, end: Point) -> Segment:
    middle = (start.x + end.x) // 2
    return Segment("C", (Point(middle, start.y), Point(middle, end.y), end))
