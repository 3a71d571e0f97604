"""What the template paints: boxes, edges and words, with every coordinate worked out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; ``x`` is its middle or its start, as the class of its ``role`` says."""

    x: int
    y: int
    text: str
    role: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A small sign, 12 pixels square, with its top left corner at ``x`` and ``y``."""

    x: int
    y: int
    path: str


@dataclass(frozen=True, slots=True)
class Box:
    """One step, or one child within a group: the insides count from its top left corner."""

    key: str
    x: int
    y: int
    width: int
    height: int
    state: str
    is_here: bool
    outline: str
    mark: Mark
    lines: tuple[Text, ...]
    tooltip: str
    rows: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """One arrow from the border of a box to the border of another."""

    source: str
    target: str
    line: str
    arrow: str
    start: tuple[int, int]
    end: tuple[int, int]
    taken: bool
    label: Text | None
    tooltip: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole strip. ``width`` and ``height`` are the size at which text is 12 pixels high."""

    title: str
    description: str
    width: int
    height: int
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]

    @property
    def view_box(self) -> str:
        # Whole coordinates fall on the middle of a pixel, so that thin lines are sharp.
        return f"-0.5 -0.5 {self.width} {self.height}"
