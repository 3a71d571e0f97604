"""How few links cross."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from tasks_ui.graph.layout.cycles import back_links
from tasks_ui.graph.layout.geometry import Link, Size
from tasks_ui.graph.layout.layers import Layers, build_layers
from tasks_ui.graph.layout.ordering import count_crossings, order_ranks
from tasks_ui.graph.layout.ranks import rank_nodes


def layers_of(
    count: int, pairs: list[tuple[int, int]], labelled: Collection[tuple[int, int]] = ()
) -> Layers:
    label = Size(40, 30)
    links = [Link(*pair, label if pair in labelled else None) for pair in pairs]
    back = back_links(count, links, 0)
    forward = [link for at, link in enumerate(links) if at not in back]
    return build_layers([Size(60, 30)] * count, links, back, rank_nodes(count, forward))


def test_two_links_that_change_sides_cross_once() -> None:
    layers = layers_of(4, [(0, 3), (1, 2)])

    assert count_crossings(layers) == 1


def test_links_that_meet_in_one_node_do_not_cross() -> None:
    assert count_crossings(layers_of(4, [(0, 2), (0, 3), (1, 3)])) == 0


@pytest.mark.parametrize(
    "pairs",
    [
        pytest.param([(0, 3), (1, 2)], id="two that change sides"),
        pytest.param([(0, 1), (0, 2), (0, 3), (3, 4), (1, 5), (2, 6)], id="tree"),
    ],
)
def test_a_graph_that_can_be_drawn_without_crossings_is(pairs: list[tuple[int, int]]) -> None:
    layers = layers_of(9, pairs)

    order_ranks(layers)

    assert count_crossings(layers) == 0


def test_a_short_cut_changes_sides_with_a_whole_branch() -> None:
    """Three ways to approve, one of them past the decision whose first way it joins."""
    ways = [(1, 2), (1, 3), (1, 4)]
    decisions = [(5, 6), (5, 7)]
    layers = layers_of(
        9, [(0, 1), *ways, (2, 5), (3, 5), *decisions, (4, 6), (6, 8)], [*ways, *decisions]
    )

    order_ranks(layers)

    assert count_crossings(layers) == 0


def test_branches_keep_their_declared_order_where_nothing_crosses() -> None:
    layers = layers_of(4, [(0, 1), (0, 2), (0, 3)])

    order_ranks(layers)

    assert layers.ranks == [[0], [1, 2, 3]]
