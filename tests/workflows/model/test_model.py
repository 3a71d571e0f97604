"""The engine does what the model says, for random workflows and random schedules."""

from __future__ import annotations

import os

import pytest

from tests.workflows.model.playing import play_many

pytestmark = [pytest.mark.hypothesis, pytest.mark.slow, pytest.mark.django_db]

GRAPHS = int(os.environ.get("MODEL_GRAPHS", "300"))
SEED = int(os.environ.get("MODEL_SEED", "1"))


def test_the_engine_does_what_the_model_says(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"model: seed {SEED}")  # noqa: T201 - a seed that nobody sees is of no use

    played = play_many(GRAPHS, SEED)

    assert played.graphs >= GRAPHS
