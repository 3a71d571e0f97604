"""Gives each node its rank, the column that it stands in, by the longest way to it."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from tasks_ui.graph.layout.geometry import Link


def rank_nodes(count: int, forward: Sequence[Link]) -> list[int]:
    """Return a rank for each node, from 0; every link of the acyclic ``forward`` goes up in rank.

    A link with a label spans at least two ranks, and the label stands in the one between.
    """
    leaving: list[list[Link]] = [[] for _ in range(count)]
    entering = [0] * count
    for link in forward:
        leaving[link.source].append(link)
        entering[link.target] += 1
    sources = [node for node in range(count) if not entering[node]]
    ranks = [0] * count
    ready = deque(sources)
    while ready:
        for link in leaving[ready.popleft()]:
            ranks[link.target] = max(ranks[link.target], ranks[link.source] + _span(link))
            entering[link.target] -= 1
            if not entering[link.target]:
                ready.append(link.target)
    # A source that joins late would otherwise draw its edge across the whole strip.
    for node in sources:
        if leaving[node]:
            ranks[node] = min(ranks[link.target] - _span(link) for link in leaving[node])
    return ranks


def _span(link: Link) -> int:
    return 1 if link.label is None else 2
