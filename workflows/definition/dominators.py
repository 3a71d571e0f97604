"""Which edges of a directed graph lead back, and whether every loop has one way in."""

from __future__ import annotations

from collections.abc import Mapping

Edges = Mapping[int, tuple[str, str]]


def dominators(root: str, edges: Edges) -> dict[str, frozenset[str]]:
    """For each node that `root` reaches, the nodes on every way from `root` to it.

    The iterative algorithm of Aho, Lam, Sethi and Ullman, "Compilers", section 9.6.
    """
    order = _reverse_postorder(root, edges)
    predecessors: dict[str, list[str]] = {node: [] for node in order}
    for source, target in edges.values():
        if source in predecessors and target in predecessors:
            predecessors[target].append(source)
    everything = frozenset(order)
    found = dict.fromkeys(order, everything) | {root: frozenset({root})}
    changed = True
    while changed:
        changed = False
        for node in order[1:]:
            common = frozenset.intersection(*(found[p] for p in predecessors[node])) | {node}
            if common != found[node]:
                found[node], changed = common, True
    return found


def back_edges(root: str, edges: Edges) -> frozenset[int]:
    """Numbers of the edges whose target dominates their source."""
    dominating = dominators(root, edges)
    return frozenset(
        number
        for number, (source, target) in edges.items()
        if source in dominating and target in dominating[source]
    )


def irreducible_edges(root: str, edges: Edges) -> list[int]:
    """Numbers of edges that close a loop which can be entered at more than one step.

    They are what keeps the graph from being acyclic once its back edges are taken out.
    """
    back = back_edges(root, edges)
    forward = {number: pair for number, pair in edges.items() if number not in back}
    position = {node: i for i, node in enumerate(_reverse_postorder(root, forward))}
    return [
        number
        for number, (source, target) in forward.items()
        if source in position and position[source] >= position[target]
    ]


def _reverse_postorder(root: str, edges: Edges) -> list[str]:
    successors: dict[str, list[str]] = {}
    for source, target in edges.values():
        successors.setdefault(source, []).append(target)
    finished: list[str] = []
    seen = {root}
    stack = [(root, iter(successors.get(root, ())))]
    while stack:
        node, rest = stack[-1]
        following = next((target for target in rest if target not in seen), None)
        if following is None:
            finished.append(node)
            stack.pop()
        else:
            seen.add(following)
            stack.append((following, iter(successors.get(following, ()))))
    return finished[::-1]
