"""Cuts long links into steps of one rank, with virtual nodes that keep a lane free for them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tasks_ui.graph.layout.geometry import Link, Size

LANE = Size(0, 4)


@dataclass(slots=True)
class Layers:
    """Nodes by rank, top to bottom; those from ``real`` on are virtual.

    ``before`` and ``after`` hold each node's neighbours in the ranks to its left and right.
    ``chains`` holds, by a link's position, the nodes that it passes; ``labels`` the one of them
    that keeps room for its label.
    """

    real: int
    sizes: list[Size]
    rank_of: list[int]
    ranks: list[list[int]] = field(default_factory=list)
    before: list[list[int]] = field(default_factory=list)
    after: list[list[int]] = field(default_factory=list)
    chains: dict[int, list[int]] = field(default_factory=dict)
    labels: dict[int, int] = field(default_factory=dict)

    def is_virtual(self, node: int) -> bool:
        return node >= self.real

    def add_virtual(self, rank: int, size: Size) -> int:
        self.sizes.append(size)
        self.rank_of.append(rank)
        self.ranks[rank].append(len(self.sizes) - 1)
        return len(self.sizes) - 1


def build_layers(
    sizes: Sequence[Size], links: Sequence[Link], back: Collection[int], ranks: Sequence[int]
) -> Layers:
    """Return the layers with every forward link as a chain of nodes in neighbouring ranks."""
    layers = Layers(len(sizes), list(sizes), list(ranks))
    layers.ranks = [[] for _ in range(max(ranks) + 1)]
    for node, rank in enumerate(ranks):
        layers.ranks[rank].append(node)
    for position, link in enumerate(links):
        if position not in back:
            layers.chains[position] = _chain(layers, position, link)
    layers.before = [[] for _ in layers.sizes]
    layers.after = [[] for _ in layers.sizes]
    for chain in layers.chains.values():
        for left, right in pairwise(chain):
            layers.after[left].append(right)
            layers.before[right].append(left)
    return layers


def _chain(layers: Layers, position: int, link: Link) -> list[int]:
    chain = [link.source]
    first, last = layers.rank_of[link.source] + 1, layers.rank_of[link.target]
    for rank in range(first, last):
        # The label stands next to its source, where the reader chooses between the ways.
        is_label = link.label is not None and rank == first
        chain.append(layers.add_virtual(rank, link.label if is_label and link.label else LANE))
        if is_label:
            layers.labels[position] = chain[-1]
    chain.append(link.target)
    return chain
