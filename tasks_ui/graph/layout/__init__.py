"""Lays out a directed graph in columns from left to right (the Sugiyama method).

Cycles are broken, ranks counted, long links cut into lanes, crossings reduced, heights assigned
and routes drawn; each stage is a module. Nothing here knows of workflows. The result depends on
the input alone: the same graph is always laid out the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks_ui.graph.layout.arcs import Arcs, room_for_loop
from tasks_ui.graph.layout.columns import columns
from tasks_ui.graph.layout.components import components, join
from tasks_ui.graph.layout.cycles import back_links
from tasks_ui.graph.layout.geometry import Arrangement, Link, Point, Route, Size
from tasks_ui.graph.layout.heights import middle_heights
from tasks_ui.graph.layout.layers import build_layers
from tasks_ui.graph.layout.ordering import order_ranks
from tasks_ui.graph.layout.ranks import rank_nodes
from tasks_ui.graph.layout.routes import forward_route

__all__ = ["Arrangement", "Link", "Point", "Route", "Size", "arrange"]


def arrange(boxes: Sequence[Size], links: Sequence[Link], start: int = 0) -> Arrangement:
    """Return where the boxes go and how the links run, reading from the box ``start``."""
    if not boxes:
        return Arrangement((), (), Size(0, 0))
    parts = []
    for nodes in components(len(boxes), links):
        place = {node: index for index, node in enumerate(nodes)}
        own = [position for position, link in enumerate(links) if link.source in place]
        inner = [
            Link(place[link.source], place[link.target], link.label)
            for link in (links[position] for position in own)
        ]
        part = _arrange_part([boxes[node] for node in nodes], inner, place.get(start, 0))
        parts.append((nodes, own, part))
    return join(parts, len(boxes), len(links))


def _arrange_part(boxes: Sequence[Size], links: Sequence[Link], start: int) -> Arrangement:
    back = back_links(len(boxes), links, start)
    ranks = rank_nodes(len(boxes), [link for at, link in enumerate(links) if at not in back])
    layers = build_layers(_with_loops(boxes, links), links, back, ranks)
    order_ranks(layers)
    heights = middle_heights(layers)
    places = columns(layers, heights)
    centres = [
        Point(places[rank].middle, height)
        for rank, height in zip(layers.rank_of, heights, strict=True)
    ]
    routes = Arcs(boxes, layers, centres, places).routes(links, back)
    for position, chain in layers.chains.items():
        label = layers.labels.get(position)
        routes[position] = forward_route(boxes, layers, chain, label, centres, places)
    ordered = [routes[position] for position in range(len(links))]
    return _from_corner(boxes, links, centres[: len(boxes)], ordered)


def _with_loops(boxes: Sequence[Size], links: Sequence[Link]) -> list[Size]:
    slots = list(boxes)
    for link in links:
        if link.source == link.target:
            slot, room = slots[link.source], room_for_loop(link)
            slots[link.source] = Size(max(slot.width, room.width), slot.height + 2 * room.height)
    return slots


def _from_corner(
    boxes: Sequence[Size],
    links: Sequence[Link],
    centres: Sequence[Point],
    routes: Sequence[Route],
) -> Arrangement:
    """Move everything so that it begins at 0, 0, and measure it."""
    corners = [
        centre.moved(side * box.width // 2, side * box.height // 2)
        for centre, box in zip(centres, boxes, strict=True)
        for side in (-1, 1)
    ]
    for link, route in zip(links, routes, strict=True):
        corners += [point for segment in route.segments for point in segment.points]
        if link.label and route.label_at:
            half = link.label.width // 2
            # A label stands on its line: the lower half of its room may stay empty.
            corners.append(route.label_at.moved(-half, -link.label.height // 2))
            corners.append(route.label_at.moved(half, 0))
    left, right = min(point.x for point in corners), max(point.x for point in corners)
    top, bottom = min(point.y for point in corners), max(point.y for point in corners)
    return Arrangement(
        tuple(centre.moved(-left, -top) for centre in centres),
        tuple(route.moved(-left, -top) for route in routes),
        Size(right - left, bottom - top),
    )
