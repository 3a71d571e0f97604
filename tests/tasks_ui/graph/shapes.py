"""Measures drawings as a browser would paint them: rectangles, and points along curves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import comb
from typing import Final

from tasks_ui.graph.drawing import Box, Edge, Text
from tasks_ui.graph.edges import FONT
from tasks_ui.graph.text import text_width

COMMAND: Final = re.compile(r"([MLQC])([^MLQC]*)")
STEPS: Final = 24

Spot = tuple[float, float]


@dataclass(frozen=True)
class Rectangle:
    """An area with its edges."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Rectangle) -> bool:
        """Say whether the two share more than a border."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def contains(self, other: Rectangle) -> bool:
        """Say whether the other lies within."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )

    def holds(self, spot: Spot) -> bool:
        """Say whether the spot is inside, the border not counted."""
        return self.left < spot[0] < self.right and self.top < spot[1] < self.bottom

    def has_on_border(self, spot: Spot) -> bool:
        """Say whether the spot is on the border."""
        x, y = spot
        level = y in {self.top, self.bottom} and self.left <= x <= self.right
        return level or (x in {self.left, self.right} and self.top <= y <= self.bottom)


def area(box: Box) -> Rectangle:
    """Return where a box is."""
    return Rectangle(box.x, box.y, box.x + box.width, box.y + box.height)


def label_area(label: Text) -> Rectangle:
    """Return where an edge's label is, as high as its letters are."""
    half = text_width(label.text, FONT) / 2
    return Rectangle(label.x - half, label.y - FONT / 2, label.x + half, label.y + FONT / 2)


def spots(edge: Edge) -> list[Spot]:
    """Return many points along an edge."""
    found: list[Spot] = []
    for command, numbers in COMMAND.findall(edge.line):
        values = [float(number) for number in numbers.split()]
        points = list(zip(values[::2], values[1::2], strict=True))
        found += points if command == "M" else list(_along([found[-1], *points]))
    return found


def _along(control: list[Spot]) -> Iterator[Spot]:
    degree = len(control) - 1
    for step in range(1, STEPS + 1):
        at = step / STEPS
        weights = [comb(degree, n) * at**n * (1 - at) ** (degree - n) for n in range(degree + 1)]
        yield (
            sum(weight * x for weight, (x, _) in zip(weights, control, strict=True)),
            sum(weight * y for weight, (_, y) in zip(weights, control, strict=True)),
        )
