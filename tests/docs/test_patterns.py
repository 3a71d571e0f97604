"""The reference of patterns and the workflows that show them agree, and the workflows are sound."""

from __future__ import annotations

import importlib
import re

import pytest

from tests.docs.blocks import ROOT
from workflows import WorkflowDefinition
from workflows.definition.registry import registry
from workflows.definition.validation import find_problems
from workflows.examples.patterns import PATTERNS

TEXT = (ROOT / "docs/reference/patterns.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([^|]+) \| .+ \| `(\w+)\.(\w+)` \|$", TEXT, re.MULTILINE)


def test_every_pattern_has_a_row_in_the_order_of_the_catalogue() -> None:
    assert len(ROWS) == 20
    assert [name for name, _, _ in ROWS] == list(PATTERNS)


@pytest.mark.parametrize(("name", "module", "variable"), ROWS)
def test_a_row_names_the_workflow_that_shows_it(name: str, module: str, variable: str) -> None:
    found = importlib.import_module(f"workflows.examples.patterns.{module}")

    assert getattr(found, variable) is PATTERNS[name]


@pytest.mark.parametrize("definition", PATTERNS.values(), ids=lambda one: one.name)
def test_a_workflow_can_run_and_says_what_it_shows(definition: WorkflowDefinition) -> None:
    assert find_problems(definition) == ()
    assert definition.description


def test_none_of_them_is_offered_to_anybody() -> None:
    assert {definition.name for definition in PATTERNS.values()}.isdisjoint(
        definition.name for definition in registry
    )
