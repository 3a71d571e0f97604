"""Orders the nodes of each rank so that few links cross (barycentre sweeps)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from tasks_ui.graph.layout.layers import Layers

# Node visits allowed: a small graph gets many sweeps, a huge one few.
EFFORT = 2000
FEWEST_SWEEPS = 4


def order_ranks(layers: Layers) -> None:
    """Reorder ``layers.ranks`` in place, keeping the best order seen; ties keep declared order."""
    _follow_first_links(layers)
    best, fewest = _copy(layers), count_crossings(layers)
    sweeps = max(FEWEST_SWEEPS, min(EFFORT // len(layers.sizes), 2 * len(layers.ranks) + 2))
    for sweep in range(sweeps):
        if not fewest:
            break
        _sweep(layers, rightwards=sweep % 2 == 0, turned=sweep // 2)
        _swap_neighbours(layers)
        crossings = count_crossings(layers)
        if crossings < fewest:
            best, fewest = _copy(layers), crossings
    layers.ranks = best


def count_crossings(layers: Layers) -> int:
    """Return how many pairs of links cross between neighbouring ranks."""
    total = 0
    for left, right in zip(layers.ranks, layers.ranks[1:], strict=False):
        place = _places(right)
        ends: list[int] = []
        for node in left:
            targets = [place[target] for target in layers.after[node]]
            for target in targets:
                total += len(ends) - bisect_right(ends, target)
            ends += targets
            ends.sort()
    return total


def _copy(layers: Layers) -> list[list[int]]:
    return [list(rank) for rank in layers.ranks]


def _follow_first_links(layers: Layers) -> None:
    """Start from the order in which a reader meets the nodes, going depth first from the left."""
    met: dict[int, int] = {}
    stack = [node for rank in reversed(layers.ranks) for node in reversed(rank)]
    while stack:
        node = stack.pop()
        if node not in met:
            met[node] = len(met)
            stack.extend(reversed(layers.after[node]))
    for rank in layers.ranks:
        rank.sort(key=met.__getitem__)


def _sweep(layers: Layers, *, rightwards: bool, turned: int) -> None:
    """Sort each rank by where its neighbours in the rank before stand on average.

    Nodes that tie may have to change places before anything gets better, so that each round
    turns over those of one rank, ``turned``.
    """
    ranks = layers.ranks
    towards = layers.before if rightwards else layers.after
    order = range(1, len(ranks)) if rightwards else range(len(ranks) - 2, -1, -1)
    for index in order:
        fixed = ranks[index - 1 if rightwards else index + 1]
        if len(ranks[index]) < 2:
            continue
        place = _places(fixed)
        keys = {
            node: _mean([place[other] for other in towards[node]], default=position)
            for position, node in enumerate(ranks[index])
        }
        # Sorting is stable, in reverse too: only the order of those that tie is turned over.
        ranks[index] = sorted(ranks[index][:: -1 if index == turned else 1], key=keys.__getitem__)


def _mean(places: Sequence[int], *, default: float) -> float:
    return sum(places) / len(places) if places else default


def _swap_neighbours(layers: Layers) -> None:
    """Swap two nodes that stand one above the other wherever fewer links then cross."""
    for index, rank in enumerate(layers.ranks):
        if len(rank) < 2:
            continue
        left = _places(layers.ranks[index - 1]) if index else {}
        right = _places(layers.ranks[index + 1]) if index + 1 < len(layers.ranks) else {}
        ends = {
            node: (
                sorted([left[other] for other in layers.before[node]]),
                sorted([right[other] for other in layers.after[node]]),
            )
            for node in rank
        }
        for position in range(len(rank) - 1):
            above, below = rank[position], rank[position + 1]
            crossings = _crossings(ends[above], ends[below])
            if crossings and crossings > _crossings(ends[below], ends[above]):
                rank[position], rank[position + 1] = below, above


def _places(rank: Sequence[int]) -> dict[int, int]:
    return {node: position for position, node in enumerate(rank)}


def _crossings(above: tuple[list[int], list[int]], below: tuple[list[int], list[int]]) -> int:
    total = 0
    for upper, lower in zip(above, below, strict=True):
        # Most pairs do not cross at all, which one look at their ends tells.
        if upper and lower and upper[-1] > lower[0]:
            total += sum(len(upper) - bisect_right(upper, place) for place in lower)
    return total
