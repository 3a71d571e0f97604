"""How edges are merged, labelled and painted."""

from __future__ import annotations

from tasks_ui.graph import GraphEdge, draw
from tasks_ui.graph.edges import merge
from tests.tasks_ui.graph.graphs import graph


def test_parallel_edges_become_one_with_all_their_labels() -> None:
    edges = [
        GraphEdge(source="a", target="b", label="small"),
        GraphEdge(source="a", target="b", label="urgent", taken=True),
        GraphEdge(source="b", target="a"),
    ]

    assert merge(edges) == [
        GraphEdge(source="a", target="b", label="small / urgent", taken=True),
        GraphEdge(source="b", target="a"),
    ]


def test_what_was_taken_is_painted_over_what_was_not() -> None:
    drawing = draw(graph("a => b \n a -> c \n a => d \n a -> e"), title="")

    assert [(edge.target, edge.taken) for edge in drawing.edges] == [
        ("c", False),
        ("e", False),
        ("b", True),
        ("d", True),
    ]


def test_a_label_stands_above_its_line() -> None:
    (edge,) = draw(graph("a -> b: over 1,000"), title="").edges

    assert edge.label is not None
    assert edge.label.text == "over 1,000"
    assert edge.start[0] < edge.label.x < edge.end[0]
    assert edge.label.y < edge.start[1]


def test_a_long_label_is_shortened_and_said_in_full_by_its_tooltip() -> None:
    condition = "the amount is larger than what the manager may approve alone"

    (edge,) = draw(graph(f"a -> b: {condition}"), title="").edges

    assert edge.label is not None
    assert edge.label.text.endswith("…")
    assert edge.tooltip == condition


def test_arrowheads_touch_the_box_from_the_side_the_edge_comes_from() -> None:
    drawing = draw(graph("a -> b \n b -> a \n b -> b"), title="")
    ahead, back, own = drawing.edges

    assert ahead.arrow.startswith(f"M{ahead.end[0]} {ahead.end[1]}l-7 ")
    assert back.arrow.startswith(f"M{back.end[0]} {back.end[1]}l-3.5 7")
    assert own.arrow.startswith(f"M{own.end[0]} {own.end[1]}l-3.5 -7")
