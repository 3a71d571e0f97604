"""The graph as a browser paints it: words within boxes, and a strip that scrolls by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page

from tasks_ui.graph import GraphInput, StepKind, StepState, draw
from tests.browser.accessibility import check_accessibility
from tests.tasks_ui.graph.graphs import graph, step

CSS: Final = Path(settings.BASE_DIR) / "static" / "css"
LABELS: Final = ["Manager approval", "WWW MMM @@@", "illicit till", "überprüfen", "Проверка заявки"]
GROUP: Final = step(
    "group",
    "Gather the approvals",
    note="all of",
    state="waiting",
    children=tuple(
        step(f"row{at}", label, kind="human", state="waiting", visits=3)
        for at, label in enumerate(LABELS)
    ),
)
EVERYTHING: Final = GraphInput(
    steps=(
        GROUP,
        *(
            step(f"{label} {kind} {state}", label, kind=kind, state=state, visits=12)
            for label in LABELS
            for kind in StepKind
            for state in StepState
        ),
    )
)

# How far the words of each box, or row of a group, stand out at its left or right.
EXCESS: Final = """
() => [...document.querySelectorAll('.graph__step, .graph__row')].map((box) => {
  const place = (element) => element.getBoundingClientRect();
  const border = place(box.querySelector(':scope > .graph__outline'));
  const words = [...box.querySelectorAll(':scope > text')].map(place);
  return Math.max(
    border.left - Math.min(...words.map((word) => word.left)),
    Math.max(...words.map((word) => word.right)) - border.right,
  );
})
"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a page for drawings alone, as narrow as a telephone."""
    context = browser.new_context(viewport={"width": 360, "height": 640})
    yield context.new_page()
    context.close()


def show(page: Page, given_graph: GraphInput) -> None:
    drawing = draw(given_graph, title="Workflow")
    sheets = (CSS / "reset.css", CSS / "tokens.css", CSS / "base.css", CSS / "components/graph.css")
    page.set_content(
        "<!doctype html><html lang='en'><title>Workflow</title>"
        f"<style>{''.join(sheet.read_text() for sheet in sheets)}</style>"
        "<main><h1>Workflow</h1>"
        f"{render_to_string('components/_graph.html', {'drawing': drawing})}</main>"
    )


def test_words_stay_within_their_boxes(page: Page) -> None:
    show(page, EVERYTHING)

    excesses = page.evaluate(EXCESS)

    assert len(excesses) == len(EVERYTHING.steps) + len(LABELS)
    assert max(excesses) < 0


def test_a_long_workflow_scrolls_within_its_strip(page: Page) -> None:
    show(page, graph("\n".join(f"step_{at} -> step_{at + 1}" for at in range(12))))

    strip, whole = page.locator(".graph"), page.locator("html")
    assert strip.evaluate("it => it.scrollWidth > it.clientWidth")
    assert whole.evaluate("it => it.scrollWidth <= it.clientWidth")
    assert strip.locator("svg").evaluate(
        "it => it.getBoundingClientRect().width === Number(it.getAttribute('width'))"
    )


def test_nothing_is_wrong_with_the_picture_for_those_who_cannot_see_it_well(page: Page) -> None:
    show(page, EVERYTHING)

    check_accessibility(page)
