"""Places nodes within their ranks: straight lines first, then as tight as the gaps allow.

The compaction and balance of Brandes and Köpf: four drawings, each leaning to one corner, are
laid over one another and the middle is taken, which keeps every gap of the four.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tasks_ui.graph.layout.alignment import straight_blocks
from tasks_ui.graph.layout.layers import Layers

GAP = 16
LANE_GAP = 10


def middle_heights(layers: Layers) -> list[int]:
    """Return the y of each node's middle; nodes of a rank keep their order and their gaps."""
    drawings = [
        _drawing(layers, rightwards=rightwards, downwards=downwards)
        for rightwards in (True, False)
        for downwards in (True, False)
    ]
    tightest = min(drawings, key=lambda drawing: max(drawing) - min(drawing))
    for index, drawing in enumerate(drawings):
        downwards = index % 2 == 0
        edge = min if downwards else max
        shift = edge(tightest) - edge(drawing)
        drawings[index] = [height + shift for height in drawing]
    middles = [sorted(heights) for heights in zip(*drawings, strict=True)]
    # Halves go down throughout: rounding them to even would make gaps differ by a pixel.
    return [(heights[1] + heights[2]) // 2 for heights in middles]


def _drawing(layers: Layers, *, rightwards: bool, downwards: bool) -> list[int]:
    ranks = layers.ranks if rightwards else layers.ranks[::-1]
    ranks = ranks if downwards else [rank[::-1] for rank in ranks]
    root = straight_blocks(layers, ranks, layers.before if rightwards else layers.after)
    heights = _compact(layers, ranks, root)
    return heights if downwards else [-height for height in heights]


def _compact(layers: Layers, ranks: Sequence[Sequence[int]], root: Sequence[int]) -> list[int]:
    """Push every block as far up as it goes, then back down to the block that follows it."""
    gaps: dict[tuple[int, int], int] = {}
    for rank in ranks:
        for above, below in pairwise(rank):
            pair = root[above], root[below]
            gaps[pair] = max(gaps.get(pair, 0), _distance(layers, above, below))
    following: dict[int, list[tuple[int, int]]] = {node: [] for node in root}
    preceding: dict[int, int] = dict.fromkeys(root, 0)
    for (above, below), gap in gaps.items():
        following[above].append((below, gap))
        preceding[below] += 1
    at = dict.fromkeys(root, 0)
    ready = [block for block, count in preceding.items() if not count]
    for block in ready:
        for below, gap in following[block]:
            at[below] = max(at[below], at[block] + gap)
            preceding[below] -= 1
            if not preceding[below]:
                ready.append(below)
    for block in reversed(ready):
        if following[block]:
            at[block] = max(at[block], min(at[below] - gap for below, gap in following[block]))
    return [at[block] for block in root]


def _distance(layers: Layers, above: int, below: int) -> int:
    gap = LANE_GAP if layers.is_virtual(above) or layers.is_virtual(below) else GAP
    return (layers.sizes[above].height + layers.sizes[below].height) // 2 + gap
