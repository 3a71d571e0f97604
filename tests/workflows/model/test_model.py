"""The engine does what the model says, for random workflows and random schedules."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workflows.model.driver import play
from tests.workflows.model.plans import Case
from tests.workflows.model.strategies import cases, worlds

pytestmark = [pytest.mark.hypothesis, pytest.mark.django_db]


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(cases, min_size=1, max_size=3), worlds)
def test_the_engine_does_what_the_model_says(cases: list[Case], world: bytes) -> None:
    play(cases, world)
