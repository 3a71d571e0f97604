"""What the box of a group shows."""

from __future__ import annotations

from itertools import pairwise

from tasks_ui.graph import GraphInput, draw
from tasks_ui.graph.drawing import Box
from tasks_ui.graph.groups import group_box
from tests.tasks_ui.graph.graphs import step
from tests.tasks_ui.graph.shapes import Rectangle, area


def texts(box: Box) -> list[str]:
    return [line.text for line in box.lines]


def test_a_group_lists_its_children_with_their_states() -> None:
    box = group_box(
        step(
            "gather",
            "Gather approvals",
            note="all of",
            children=(step("it", "IT", state="done"), step("hr", "HR", state="waiting")),
        )
    )

    assert texts(box) == ["Gather approvals", "all of"]
    assert [(row.key, row.state, row.is_here, texts(row)) for row in box.rows] == [
        ("it", "done", False, ["IT"]),
        ("hr", "waiting", True, ["HR"]),
    ]


def test_a_group_within_a_group_is_written_before_its_children() -> None:
    inner = step("inner", "Facilities", children=(step("desk", "Desk"), step("keys", "Keys")))

    box = group_box(step("outer", children=(inner, step("hr", "HR"))))

    assert [texts(row) for row in box.rows] == [
        ["Facilities ▸ Desk"],
        ["Facilities ▸ Keys"],
        ["HR"],
    ]


def test_rows_lie_below_one_another_within_the_box() -> None:
    box = group_box(step("g", children=tuple(step(f"child{at}") for at in range(4))))
    rows = [area(row) for row in box.rows]

    assert all(Rectangle(0, 0, box.width, box.height).contains(row) for row in rows)
    assert all(upper.bottom <= lower.top for upper, lower in pairwise(rows))


def test_a_huge_group_shows_what_is_active_and_counts_the_rest() -> None:
    children = tuple(step(f"child{at}", state="failed" if at == 29 else "done") for at in range(30))

    box = group_box(step("g", children=children))

    assert len(box.rows) == 9
    assert box.rows[-1].key == "child29"
    assert texts(box)[-1] == "and 21 more"


def test_a_group_without_children_is_drawn_like_a_step() -> None:
    drawing = draw(GraphInput(steps=(step("empty", "Empty", kind="group"),)), title="")

    assert drawing.boxes[0].rows == ()
    assert texts(drawing.boxes[0]) == ["Empty"]
