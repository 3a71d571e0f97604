"""Without racing writes it does not matter in which order things happen."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workflows.model.driver import play
from tests.workflows.model.interpreter import Journey
from tests.workflows.model.plans import Blueprint, Case
from tests.workflows.model.playing import quiet
from tests.workflows.model.schedule import VERB
from tests.workflows.model.strategies import orderly

pytestmark = [pytest.mark.hypothesis, pytest.mark.slow, pytest.mark.django_db]

moves = st.binary(min_size=8, max_size=40).map(
    lambda picks: bytes(pick for pick in picks if pick % 8 != VERB)
)


def end_of(journey: Journey) -> tuple[str, dict[str, Any], dict[str, tuple[str, Any]]]:
    """Give the status, the data, and what each visit has come to."""
    visits = {visit.name: (visit.status, visit.result) for visit in journey.visits}
    return journey.status, journey.data, visits


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(orderly, st.lists(moves, min_size=3, max_size=3))
def test_any_order_comes_to_the_same_end(blueprint: Blueprint, orders: list[bytes]) -> None:
    with quiet():
        first, *others = play([Case(blueprint, order) for order in orders])

    for other in others:
        assert end_of(other) == end_of(first)
