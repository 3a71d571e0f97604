"""Joins nodes of neighbouring ranks into blocks that are drawn on one straight line.

This is the vertical alignment of Brandes and Köpf, "Fast and Simple Horizontal Coordinate
Assignment" (2001), turned by a quarter: ranks are columns here.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks_ui.graph.layout.layers import Layers


def straight_blocks(
    layers: Layers, ranks: Sequence[Sequence[int]], towards: Sequence[Sequence[int]]
) -> list[int]:
    """Return for each node the first node of the block that it is drawn on a line with.

    ``ranks`` are walked in the given order, each from its first node to its last; a node joins
    the block of its middle neighbour in ``towards`` unless that line would cross a line already
    drawn or a long link's straight part.
    """
    place = {node: index for rank in ranks for index, node in enumerate(rank)}
    crossing = _links_across_long_ones(layers)
    root = list(range(len(layers.sizes)))
    for rank in ranks:
        reached = -1
        for node in rank:
            others = sorted(towards[node], key=place.__getitem__)
            for other in others[(len(others) - 1) // 2 : len(others) // 2 + 1]:
                free = root[node] == node and place[other] > reached
                if free and (node, other) not in crossing and (other, node) not in crossing:
                    root[node] = root[other]
                    reached = place[other]
    return root


def _links_across_long_ones(layers: Layers) -> set[tuple[int, int]]:
    """Return the links (left, right) that cross a link between two virtual nodes."""
    found: set[tuple[int, int]] = set()
    for left, right in zip(layers.ranks, layers.ranks[1:], strict=False):
        place = {node: index for index, node in enumerate(left)}
        lowest, scanned = 0, 0
        for index, node in enumerate(right):
            inner = _virtual_neighbour(layers, node)
            if inner is None and index < len(right) - 1:
                continue
            highest = len(left) if inner is None else place[inner]
            for other in right[scanned : index + 1]:
                found |= {
                    (source, other)
                    for source in layers.before[other]
                    if not lowest <= place[source] <= highest
                    and not (layers.is_virtual(source) and layers.is_virtual(other))
                }
            lowest, scanned = highest, index + 1
    return found


def _virtual_neighbour(layers: Layers, node: int) -> int | None:
    if layers.is_virtual(node) and layers.is_virtual(layers.before[node][0]):
        return layers.before[node][0]
    return None
