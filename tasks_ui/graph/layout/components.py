"""Takes a graph apart where nothing connects it, and sets the parts side by side."""

from __future__ import annotations

from collections.abc import Sequence

from tasks_ui.graph.layout.geometry import Arrangement, Link, Point, Route, Size

GAP = 28
SHELF = 720


def components(count: int, links: Sequence[Link]) -> list[list[int]]:
    """Return the nodes of each connected part, parts and nodes in declared order."""
    beside: list[list[int]] = [[] for _ in range(count)]
    for link in links:
        beside[link.source].append(link.target)
        beside[link.target].append(link.source)
    seen: set[int] = set()
    found: list[list[int]] = []
    for root in range(count):
        if root not in seen:
            found.append(sorted(_reachable(root, beside)))
            seen.update(found[-1])
    return found


def _reachable(root: int, beside: Sequence[Sequence[int]]) -> set[int]:
    seen, stack = {root}, [root]
    while stack:
        fresh = [node for node in beside[stack.pop()] if node not in seen]
        seen.update(fresh)
        stack += fresh
    return seen


def set_side_by_side(sizes: Sequence[Size]) -> tuple[list[Point], Size]:
    """Return the top left corner of each part, in rows, and the size of the whole."""
    widest = max([SHELF, *(size.width for size in sizes)])
    corners: list[Point] = []
    x = y = row_height = 0
    for size in sizes:
        if x and x + size.width > widest:
            x, y, row_height = 0, y + row_height + GAP, 0
        corners.append(Point(x, y))
        x += size.width + GAP
        row_height = max(row_height, size.height)
    right = max(corner.x + size.width for corner, size in zip(corners, sizes, strict=True))
    return corners, Size(right, y + row_height)


def join(
    parts: Sequence[tuple[Sequence[int], Sequence[int], Arrangement]], nodes: int, links: int
) -> Arrangement:
    """Return one arrangement of parts, each given with its nodes' and links' positions."""
    corners, size = set_side_by_side([arrangement.size for *_, arrangement in parts])
    centres: dict[int, Point] = {}
    routes: dict[int, Route] = {}
    for (own_nodes, own_links, part), at in zip(parts, corners, strict=True):
        for node, centre in zip(own_nodes, part.centres, strict=True):
            centres[node] = centre.moved(at.x, at.y)
        for link, route in zip(own_links, part.routes, strict=True):
            routes[link] = route.moved(at.x, at.y)
    return Arrangement(
        tuple(centres[node] for node in range(nodes)),
        tuple(routes[link] for link in range(links)),
        size,
    )
