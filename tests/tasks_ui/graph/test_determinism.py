"""That a drawing depends on nothing but the graph."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
from django.conf import settings
settings.configure(USE_I18N=False)
from tasks_ui.graph import GraphEdge, GraphInput, GraphStep, draw
keys = [f"step {number}" for number in range(30)]
pairs = [(at, (at * 7 + 3) % 30) for at in range(30)] + [(at, at + 1) for at in range(29)]
graph = GraphInput(
    steps=tuple(GraphStep(key=key) for key in keys),
    edges=tuple(GraphEdge(source=keys[a], target=keys[b], label=keys[b][-1:]) for a, b in pairs),
)
print(draw(graph, title="x"))
"""


def drawn_with(hash_seed: str) -> str:
    finished = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    return finished.stdout


def test_processes_that_hash_differently_draw_the_same() -> None:
    first, second = drawn_with("1"), drawn_with("2")

    assert first.startswith("Drawing(")
    assert first == second
