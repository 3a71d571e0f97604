"""What holds for the drawing of every graph, whatever its shape."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import example, given, settings

from tasks_ui.graph import Drawing, GraphEdge, GraphInput, draw
from tests.tasks_ui.graph.graphs import graph, graphs, step
from tests.tasks_ui.graph.shapes import Rectangle, area, label_area, spots

# How long an example takes says something about the machine, and nothing about the drawing.
any_graph = settings(deadline=None, max_examples=40)


def labels_of(drawing: Drawing) -> list[Rectangle]:
    return [label_area(edge.label) for edge in drawing.edges if edge.label]


@any_graph
@given(graphs())
def test_no_two_boxes_overlap(given_graph: GraphInput) -> None:
    boxes = [area(box) for box in draw(given_graph, title="").boxes]

    assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]


@any_graph
@given(graphs())
def test_every_edge_runs_from_border_to_border(given_graph: GraphInput) -> None:
    drawing = draw(given_graph, title="")
    boxes = {box.key: area(box) for box in drawing.boxes}

    for edge in drawing.edges:
        assert boxes[edge.source].has_on_border(edge.start)
        assert boxes[edge.target].has_on_border(edge.end)
        assert spots(edge)[0] == edge.start
        assert spots(edge)[-1] == edge.end


@any_graph
@given(graphs())
def test_no_edge_runs_through_a_box(given_graph: GraphInput) -> None:
    drawing = draw(given_graph, title="")
    boxes = [area(box) for box in drawing.boxes]

    for edge in drawing.edges:
        assert not [spot for spot in spots(edge) if any(box.holds(spot) for box in boxes)]


@any_graph
@given(graphs())
@example(graph("a -> b \n b -> c \n c -> a: back to where it all began"))
@example(graph("a -> b \n a -> a: until everybody agrees \n b -> b: until everybody agrees"))
def test_no_label_lies_on_a_box_or_on_another_label(given_graph: GraphInput) -> None:
    drawing = draw(given_graph, title="")
    labels = labels_of(drawing)

    assert not [
        (label, box) for label in labels for box in drawing.boxes if label.overlaps(area(box))
    ]
    assert not [pair for pair in combinations(labels, 2) if pair[0].overlaps(pair[1])]


@any_graph
@given(graphs())
@example(graph("a -> a: until everybody agrees"))
def test_everything_is_inside_the_picture(given_graph: GraphInput) -> None:
    drawing = draw(given_graph, title="")
    picture = Rectangle(0, 0, drawing.width - 1, drawing.height - 1)

    assert all(picture.contains(area(box)) for box in drawing.boxes)
    assert all(picture.contains(label) for label in labels_of(drawing))
    assert all(picture.holds(spot) for edge in drawing.edges for spot in spots(edge))


@any_graph
@given(graphs())
def test_the_same_graph_gives_the_same_drawing(given_graph: GraphInput) -> None:
    assert draw(given_graph, title="x") == draw(given_graph, title="x")


@any_graph
@given(graphs())
def test_boxes_come_in_the_order_of_the_steps(given_graph: GraphInput) -> None:
    drawing = draw(given_graph, title="")

    assert [box.key for box in drawing.boxes] == [each.key for each in given_graph.steps]


def test_boxes_stay_where_they_are_when_the_instance_moves_on() -> None:
    before = draw(graph("a -> b \n b -> c", a="waiting"), title="")
    after = draw(graph("a => b \n b -> c", a="done", b="running"), title="")

    assert [area(box) for box in before.boxes] == [area(box) for box in after.boxes]


def test_a_chain_is_drawn_on_one_straight_line() -> None:
    drawing = draw(graph("a -> b \n b -> c \n c -> d"), title="")

    assert {box.y for box in drawing.boxes} == {drawing.boxes[0].y}
    assert [box.x for box in drawing.boxes] == sorted(box.x for box in drawing.boxes)
    assert {edge.start[1] for edge in drawing.edges} == {edge.end[1] for edge in drawing.edges}


def test_the_middle_of_a_fork_is_level_with_its_source() -> None:
    drawing = draw(graph("a -> b \n a -> c \n a -> d \n b -> e \n c -> e \n d -> e"), title="")
    heights = {box.key: box.y for box in drawing.boxes}

    assert heights["b"] < heights["c"] < heights["d"]
    assert heights["a"] == heights["c"] == heights["e"]


def test_a_loop_runs_underneath_and_ends_at_the_bottom_of_its_target() -> None:
    drawing = draw(graph("a -> b \n b -> c \n c -> a: again"), title="")
    back = next(edge for edge in drawing.edges if edge.target == "a")
    target = area(drawing.boxes[0])

    assert back.end[1] == target.bottom
    assert max(y for _, y in spots(back)) > max(area(box).bottom for box in drawing.boxes)


def test_a_loop_around_another_runs_below_it() -> None:
    drawing = draw(graph("a -> b \n b -> c \n c -> d \n d -> a \n c -> b"), title="")
    depth = {(edge.source, edge.target): max(y for _, y in spots(edge)) for edge in drawing.edges}

    assert depth["d", "a"] > depth["c", "b"] > depth["a", "b"]


def test_a_step_that_leads_to_itself_gets_an_arc_above_it() -> None:
    drawing = draw(graph("a -> a: again"), title="")

    (box,), (edge,) = drawing.boxes, drawing.edges
    assert edge.start[1] == edge.end[1] == box.y
    assert min(y for _, y in spots(edge)) < box.y


def test_a_long_edge_bends_only_where_it_begins_and_ends() -> None:
    lines = "a -> b, a -> d, b -> c, b -> d, b -> e, b -> f, c -> d, d -> e, d -> f"
    drawing = draw(graph(lines.replace(", ", "\n")), title="")

    assert max(edge.line.count("C") for edge in drawing.edges) == 2


def test_a_cycle_of_two_has_one_edge_ahead_and_one_back() -> None:
    drawing = draw(graph("a -> b \n b -> a"), title="")

    ahead, back = drawing.edges
    assert ahead.start[0] < ahead.end[0]
    assert back.start[0] > back.end[0]


def test_the_start_is_leftmost_though_a_loop_leads_to_it() -> None:
    steps = tuple(step(key) for key in ("check", "write"))
    edges = (
        GraphEdge(source="check", target="write"),
        GraphEdge(source="write", target="check"),
    )

    drawing = draw(GraphInput(steps=steps, edges=edges, start="write"), title="")

    places = {box.key: box.x for box in drawing.boxes}
    assert places["write"] < places["check"]


def test_a_graph_without_steps_is_an_empty_picture() -> None:
    drawing = draw(GraphInput(steps=()), title="Nothing")

    assert not drawing.boxes
    assert not drawing.edges
    assert drawing.width > 0
    assert drawing.height > 0


def test_a_thousand_steps_in_a_row_are_drawn() -> None:
    lines = "\n".join(f"s{number} -> s{number + 1}" for number in range(1000))

    assert len(draw(graph(lines), title="").boxes) == 1001


@pytest.mark.parametrize("count", [2, 60])
def test_steps_that_nothing_connects_are_set_side_by_side(count: int) -> None:
    drawing = draw(GraphInput(steps=tuple(step(f"s{at}") for at in range(count))), title="")

    assert drawing.width < 800
    assert len({box.y for box in drawing.boxes}) == (1 if count == 2 else 8)
