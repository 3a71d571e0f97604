"""Which column each step stands in."""

from __future__ import annotations

from tasks_ui.graph.layout.geometry import Link, Size
from tasks_ui.graph.layout.ranks import rank_nodes


def test_a_node_stands_behind_the_longest_way_to_it() -> None:
    assert rank_nodes(4, [Link(0, 1), Link(1, 2), Link(0, 2), Link(2, 3)]) == [0, 1, 2, 3]


def test_a_label_has_a_rank_of_its_own() -> None:
    assert rank_nodes(3, [Link(0, 1, Size(40, 30)), Link(0, 2)]) == [0, 2, 1]


def test_a_source_that_joins_late_stands_right_before_its_target() -> None:
    assert rank_nodes(4, [Link(0, 1), Link(1, 2), Link(3, 2)]) == [0, 1, 2, 1]
