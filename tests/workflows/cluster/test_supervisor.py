"""The supervisor: starts again what ends, sooner or later, and says so."""

from __future__ import annotations

import subprocess
import sys

import pytest

from workflows.cluster import supervisor
from workflows.cluster.supervisor import RESTS, SETTLES_IN, Program


def quick_death() -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", ""], start_new_session=True)
    process.wait(60)
    return process


class Clock:
    """Time that passes when somebody says so."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(supervisor, "time", clock)
    return clock


def test_what_dies_at_once_again_and_again_rests_longer_and_longer(clock: Clock) -> None:
    said: list[str] = []
    program = Program("worker", quick_death)

    for rest in (*RESTS, RESTS[-1]):
        dead = program.process
        program.revive(said.append)
        assert (program.process is dead) is (rest > 0)
        if rest:
            clock.now += rest - 0.01
            program.revive(said.append)
            assert program.process is dead
            clock.now += 0.02
            program.revive(said.append)
        assert program.process is not dead

    assert said[0] == (
        "The worker has ended by itself (exit status 0) and is started again. "
        "Its last lines above say why."
    )
    assert [line.partition("again in ")[2].partition(" s.")[0] for line in said[1:]] == [
        *(f"{rest:.0f}" for rest in RESTS[1:]),
        f"{RESTS[-1]:.0f}",
    ]


def test_what_has_run_for_a_while_is_started_at_once(clock: Clock) -> None:
    program = Program("worker", quick_death)
    for _ in range(4):
        program.revive(lambda _: None)
        clock.now += RESTS[-1]
        program.revive(lambda _: None)

    for _ in range(2):
        clock.now += SETTLES_IN + 1
        dead = program.process
        program.revive(lambda _: None)
        assert program.process is not dead
