"""The plain shapes that the layout takes and gives, in whole pixels."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int

    def moved(self, dx: int, dy: int) -> Point:
        return Point(self.x + dx, self.y + dy)


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height; heights are even, so that a middle is a whole pixel."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Link:
    """One arrow between two nodes, named by their positions in the list of sizes."""

    source: int
    target: int
    label: Size | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """One drawing command of SVG path data with its points: M, L, Q or C."""

    command: str
    points: tuple[Point, ...]

    def moved(self, dx: int, dy: int) -> Segment:
        return Segment(self.command, tuple(point.moved(dx, dy) for point in self.points))


@dataclass(frozen=True, slots=True)
class Route:
    """The way of a link from border to border, and where its label is centred."""

    segments: tuple[Segment, ...]
    label_at: Point | None

    @property
    def start(self) -> Point:
        return self.segments[0].points[0]

    @property
    def end(self) -> Point:
        return self.segments[-1].points[-1]

    def moved(self, dx: int, dy: int) -> Route:
        if not dx and not dy:
            return self
        return Route(
            tuple(segment.moved(dx, dy) for segment in self.segments),
            None if self.label_at is None else self.label_at.moved(dx, dy),
        )


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where everything goes: a centre for each node, a route for each link, and the whole size."""

    centres: tuple[Point, ...]
    routes: tuple[Route, ...]
    size: Size
