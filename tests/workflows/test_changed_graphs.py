"""`manage.py check --database default` finds a graph that changed under running instances."""

from __future__ import annotations

import pytest

from tests.workflows.definitions import graph
from workflows import Edge, engine
from workflows.checks import check_changed_graphs
from workflows.testing import registered

pytestmark = pytest.mark.django_db

BEFORE = graph(Edge("a", "b"), name="letter")
AFTER = graph(Edge("a", "c"), name="letter")


def found() -> list[str]:
    """Give what the check says."""
    return [f"{one.id} {one.msg}" for one in check_changed_graphs(None, databases=["default"])]


def test_a_graph_that_changed_under_live_instances_is_an_error() -> None:
    with registered(BEFORE):
        engine.start_workflow("letter")
        assert found() == []

    with registered(AFTER):
        (error,) = found()

    assert error.startswith("workflows.E021 Workflow letter 1: The graph of version 1 changed")
    assert "give the new graph a new version" in error


def test_a_graph_that_nobody_is_on_any_more_may_change() -> None:
    with registered(BEFORE):
        engine.cancel_workflow(engine.start_workflow("letter"))

    with registered(AFTER):
        assert found() == []
        assert engine.start_workflow("letter").visits == {"a": 1}


def test_without_a_database_nothing_is_compared() -> None:
    with registered(BEFORE):
        engine.start_workflow("letter")

    with registered(AFTER):
        assert check_changed_graphs(None) == []
