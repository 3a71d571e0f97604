"""Gives each rank its column, with gaps wide enough for the curves between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tasks_ui.graph.layout.layers import Layers

GAP = 34
LABEL_GAP = 22
WIDEST_GAP = 84


@dataclass(frozen=True, slots=True)
class Column:
    left: int
    right: int

    @property
    def middle(self) -> int:
        return (self.left + self.right) // 2


def columns(layers: Layers, heights: Sequence[int]) -> list[Column]:
    """Return the column of each rank, from x = 0."""
    found: list[Column] = []
    left = 0
    for index, rank in enumerate(layers.ranks):
        width = max(layers.sizes[node].width for node in rank)
        found.append(Column(left, left + width))
        if index + 1 < len(layers.ranks):
            left += width + _gap(layers, index, heights)
    return found


def _gap(layers: Layers, index: int, heights: Sequence[int]) -> int:
    """Steeper curves get more room, so that they do not run into one another."""
    labels = set(layers.labels.values())
    beside_labels = any(labels.issuperset(layers.ranks[at]) for at in (index, index + 1))
    steepest = max(
        (
            abs(heights[target] - heights[node])
            for node in layers.ranks[index]
            for target in layers.after[node]
        ),
        default=0,
    )
    return min((LABEL_GAP if beside_labels else GAP) + steepest // 6, WIDEST_GAP)
