"""Which graphs are refused."""

from __future__ import annotations

import pytest

from tasks_ui.graph import GraphEdge, GraphInput
from tests.tasks_ui.graph.graphs import step


def test_an_edge_to_a_step_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="does not have: nowhere"):
        GraphInput(steps=(step("a"),), edges=(GraphEdge(source="a", target="nowhere"),))


def test_two_steps_with_the_same_key_are_refused() -> None:
    with pytest.raises(ValueError, match="the same key"):
        GraphInput(steps=(step("a"), step("a")))
