"""Draws the links that lead back, as arcs underneath what they lead back over."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tasks_ui.graph.layout.columns import Column
from tasks_ui.graph.layout.geometry import Link, Point, Route, Segment, Size
from tasks_ui.graph.layout.layers import Layers

DEPTH = 14
LABEL_ROOM = 14
RADIUS = 9
# How far from the middle of a box its arcs begin and end, so that the two do not touch.
PORT = 8
LEAVE_ASIDE = 8
REACH_ASIDE = 16


def room_for_loop(link: Link) -> Size:
    """Return the width that an arc from a box to itself needs, and the height above the box."""
    if link.label is None:
        return Size(2 * PORT, DEPTH)
    return Size(link.label.width, DEPTH + LABEL_ROOM)


@dataclass(slots=True)
class Arcs:
    """Keeps the arcs of one component apart: an arc that spans another runs below it."""

    boxes: Sequence[Size]
    layers: Layers
    centres: Sequence[Point]
    columns: Sequence[Column]
    lanes: list[tuple[int, int, int]] = field(default_factory=list)

    def routes(self, links: Sequence[Link], back: Collection[int]) -> dict[int, Route]:
        """Return the route of each back link, shorter ones nearer to the boxes."""
        found: dict[int, Route] = {}
        for position in sorted(back, key=lambda each: (self._span(links[each]), each)):
            link = links[position]
            found[position] = self._arc(link) if self._span(link) else self._loop(link)
        return found

    def _span(self, link: Link) -> int:
        return self.layers.rank_of[link.source] - self.layers.rank_of[link.target]

    def _loop(self, link: Link) -> Route:
        """Return an arc from a box to itself, above it, where no other arc runs."""
        middle = self.centres[link.source]
        top = middle.y - self.boxes[link.source].height // 2
        corners = [
            Point(middle.x + aside, y)
            for aside, y in ((PORT, top), (PORT, top - DEPTH), (-PORT, top - DEPTH), (-PORT, top))
        ]
        return _rounded(corners, Point(middle.x, top - DEPTH) if link.label else None)

    def _arc(self, link: Link) -> Route:
        leaving, reaching = self._leave(link.source), self._reach(link.target)
        left, right = reaching[0].x, leaving[-1].x
        middle, half = (left + right) // 2, (link.label.width if link.label else 0) // 2
        spread = min(left, middle - half), max(right, middle + half)
        depth = self._lowest(*spread) + DEPTH + (LABEL_ROOM if link.label else 0)
        self.lanes.append((*spread, depth))
        corners = [*leaving, Point(right, depth), Point(left, depth), *reaching]
        return _rounded(corners, Point(middle, depth) if link.label else None)

    def _leave(self, node: int) -> list[Point]:
        """Leave by the bottom where nothing is in the way, else through the gap to the right."""
        centre, size = self.centres[node], self.boxes[node]
        if self._is_open_below(node):
            return [Point(centre.x - PORT, centre.y + size.height // 2)]
        gap = self.columns[self.layers.rank_of[node]].right + LEAVE_ASIDE
        return [Point(centre.x + size.width // 2, centre.y), Point(gap, centre.y)]

    def _reach(self, node: int) -> list[Point]:
        centre, size = self.centres[node], self.boxes[node]
        if self._is_open_below(node):
            return [Point(centre.x + PORT, centre.y + size.height // 2)]
        gap = self.columns[self.layers.rank_of[node]].left - REACH_ASIDE
        return [Point(gap, centre.y), Point(centre.x - size.width // 2, centre.y)]

    def _is_open_below(self, node: int) -> bool:
        """Say whether an arc gets down from here: across lines, perhaps, but no box or label."""
        rank = self.layers.ranks[self.layers.rank_of[node]]
        below = rank[rank.index(node) + 1 :]
        return not any(self.layers.sizes[other].width for other in below)

    def _lowest(self, left: int, right: int) -> int:
        """Return the lowest y between two x, of boxes, level lines and arcs drawn before."""
        bottoms = [
            self.centres[rank[-1]].y + self.layers.sizes[rank[-1]].height // 2
            for rank, column in zip(self.layers.ranks, self.columns, strict=True)
            if column.left <= right and column.right >= left
        ]
        lanes = [depth for start, end, depth in self.lanes if start <= right and end >= left]
        return max(bottoms + lanes)


def _rounded(corners: Sequence[Point], label_at: Point | None) -> Route:
    """Return a route of straight lines whose inner corners are rounded off."""
    segments = [Segment("M", (corners[0],))]
    for (before, corner), (_, after) in pairwise(pairwise(corners)):
        segments.append(Segment("L", (_near(corner, before),)))
        segments.append(Segment("Q", (corner, _near(corner, after))))
    segments.append(Segment("L", (corners[-1],)))
    return Route(tuple(segments), label_at)


def _near(corner: Point, other: Point) -> Point:
    """Return the point where the rounding of ``corner`` meets the line to ``other``."""
    dx, dy = other.x - corner.x, other.y - corner.y
    reach = min(RADIUS, (abs(dx) + abs(dy)) // 2)
    return corner.moved(_sign(dx) * reach, _sign(dy) * reach)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
