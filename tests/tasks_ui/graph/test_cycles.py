"""Which links are taken out, so that what is left has no cycle."""

from __future__ import annotations

from tasks_ui.graph.layout.cycles import back_links
from tasks_ui.graph.layout.geometry import Link


def links(*pairs: tuple[int, int]) -> list[Link]:
    return [Link(source, target) for source, target in pairs]


def test_a_graph_without_cycles_has_no_back_links() -> None:
    assert back_links(4, links((0, 1), (0, 2), (1, 3), (2, 3), (0, 3)), start=0) == set()


def test_the_link_that_closes_the_loop_is_the_back_link() -> None:
    assert back_links(3, links((0, 1), (1, 2), (2, 0)), start=0) == {2}


def test_where_a_loop_is_entered_decides_which_link_leads_back() -> None:
    assert back_links(3, links((0, 1), (1, 2), (2, 0)), start=1) == {0}


def test_a_link_to_itself_leads_back() -> None:
    assert back_links(1, links((0, 0)), start=0) == {0}


def test_parallel_back_links_all_lead_back() -> None:
    assert back_links(2, links((0, 1), (1, 0), (1, 0)), start=0) == {1, 2}


def test_a_loop_that_the_start_does_not_reach_is_broken_too() -> None:
    assert back_links(3, links((1, 2), (2, 1)), start=0) == {1}
