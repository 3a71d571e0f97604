"""What the template makes of a drawing."""

from __future__ import annotations

from xml.etree import ElementTree

from django.template.loader import render_to_string
from django.test import override_settings
from django.utils import translation
from hypothesis import given, settings

from tasks_ui.graph import GraphInput, draw
from tests.tasks_ui.graph.graphs import graph, graphs, step


def paint(given_graph: GraphInput, title: str = "Workflow") -> ElementTree.Element:
    html = render_to_string("components/_graph.html", {"drawing": draw(given_graph, title=title)})
    return ElementTree.fromstring(html.strip())  # noqa: S314 - the test's own template


def classes(root: ElementTree.Element) -> list[set[str]]:
    return [set(element.get("class", "").split()) for element in root.iter()]


def test_the_picture_has_a_title_and_a_description() -> None:
    root = paint(graph("a => b", a="done", b="running"), title="Workflow: expenses")
    picture = root.find("svg")

    assert picture is not None
    assert picture.get("role") == "img"
    assert picture.findtext("title") == "Workflow: expenses"
    assert picture.findtext("desc") == "1 step done; now at b."


def test_the_strip_can_be_scrolled_by_keyboard_and_has_a_name() -> None:
    root = paint(graph("a -> b"), title="Workflow: expenses")

    assert root.get("tabindex") == "0"
    assert root.get("aria-label") == "Workflow: expenses"


def test_states_and_taken_edges_are_classes() -> None:
    found = classes(paint(graph("a => b \n b -> c", a="done", b="waiting")))

    assert {"graph__step", "graph__step--done"} in found
    assert {"graph__step", "graph__step--waiting", "graph__here"} in found
    assert {"graph__edge", "graph__edge--taken"} in found
    assert {"graph__edge"} in found


def test_children_of_a_group_are_rows_in_its_frame() -> None:
    group = step("g", "Gather", state="waiting", children=(step("it", "IT", state="failed"),))

    root = paint(GraphInput(steps=(group,)))

    frame = next(each for each in root.iter("g") if "graph__frame" in each.get("class", ""))
    row = next(each for each in frame.iter("g") if "graph__row" in each.get("class", ""))
    assert row.get("class") == "graph__row graph__row--failed"
    assert row.findtext("text") == "IT"


def test_labels_cannot_become_markup() -> None:
    hostile = "</text><script>alert(1)</script>"

    root = paint(GraphInput(steps=(step("a", hostile),)), title=hostile)

    assert not list(root.iter("script"))
    assert root.findtext("svg/title") == hostile


@override_settings(USE_THOUSAND_SEPARATOR=True)
def test_numbers_are_written_for_machines_in_every_language() -> None:
    chain = "\n".join(f"s{at} -> s{at + 1}" for at in range(20))

    with translation.override("de"):
        picture = paint(graph(chain)).find("svg")

    assert picture is not None
    assert int(picture.get("width", "")) > 1000


@settings(deadline=None, max_examples=30)
@given(graphs())
def test_every_graph_becomes_well_formed_and_carries_no_inline_style(
    given_graph: GraphInput,
) -> None:
    root = paint(given_graph)

    assert not [element for element in root.iter() if element.get("style") or element.get("id")]
    assert not list(root.iter("style"))
