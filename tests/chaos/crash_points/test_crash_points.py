"""A share of the crash points, on the database of the test; `make chaos` has all of them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.durability.processes import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SHARE = 20


@pytest.fixture
def enumerate_points(
    process_environment: dict[str, str],
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Give a function that runs the command on the database of this very test."""

    def run(*options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tests.chaos.crash_points", *options],
            cwd=ROOT,
            env=process_environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_a_process_may_die_anywhere_and_nothing_is_lost_or_doubled(
    enumerate_points: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    ended = enumerate_points("--share", str(SHARE))

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "nothing lost, nothing doubled" in ended.stdout
    (deaths,) = re.findall(r"(\d+) deaths", ended.stdout)
    # A gap that was there without a death may be missing with it: a cache may be warm by then.
    assert SHARE / 2 <= int(deaths) <= SHARE


def test_an_engine_that_records_without_a_transaction_is_found_out(
    enumerate_points: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    ended = enumerate_points("--plant", "--only", "machine")

    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "machine, act 2 (drain)" in ended.stdout
    assert "it shows in machine" in ended.stdout
