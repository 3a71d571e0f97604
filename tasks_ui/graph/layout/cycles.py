"""Finds the links that close a cycle, so that ranks are counted over the others alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tasks_ui.graph.layout.geometry import Link


def back_links(count: int, links: Sequence[Link], start: int) -> set[int]:
    """Return the positions of the links that lead back to a node on the way from the start.

    The search goes depth first: from the start, then from nodes that nothing leads to, then
    from any node not seen yet. In a reducible graph these are the same links for every order.
    """
    leaving: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    entered = [False] * count
    for position, link in enumerate(links):
        leaving[link.source].append((position, link.target))
        entered[link.target] = True
    roots = [start, *(node for node in range(count) if not entered[node]), *range(count)]
    seen: set[int] = set()
    back: set[int] = set()
    for root in roots:
        if root not in seen:
            back |= _search(root, leaving, seen)
    return back


def _search(root: int, leaving: list[list[tuple[int, int]]], seen: set[int]) -> set[int]:
    back: set[int] = set()
    on_the_way = {root}
    seen.add(root)
    # A list of iterators stands in for recursion: a chain of a thousand steps must not overflow.
    stack: list[tuple[int, Iterator[tuple[int, int]]]] = [(root, iter(leaving[root]))]
    while stack:
        node, rest = stack[-1]
        for position, target in rest:
            if target in on_the_way:
                back.add(position)
            elif target not in seen:
                seen.add(target)
                on_the_way.add(target)
                stack.append((target, iter(leaving[target])))
                break
        else:
            stack.pop()
            on_the_way.discard(node)
    return back
