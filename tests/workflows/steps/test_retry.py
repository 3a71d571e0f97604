"""Backoff: doubled each time, capped, and spread over half more and half less."""

from __future__ import annotations

from datetime import timedelta

import pytest

from workflows import Retry

SECOND = timedelta(seconds=1)
RETRY = Retry(max_attempts=9, backoff=2 * SECOND, max_delay=20 * SECOND)
DRAWS = 2_000


@pytest.mark.parametrize(
    ("attempt", "middle"), [(1, 2), (2, 4), (3, 8), (4, 16), (5, 20), (6, 20), (1_000, 20)]
)
def test_waits_are_spread_evenly_around_their_doubling_and_capped(
    attempt: int, middle: int
) -> None:
    waits = sorted(RETRY.delay(attempt) / SECOND for _ in range(DRAWS))

    assert waits[0] >= 0.5 * middle
    assert waits[-1] <= 1.5 * middle
    # Of 2,000 even draws a tenth of the range has 200, and never fewer than 100.
    for tenth in range(10):
        low = middle * (0.5 + tenth / 10)
        assert sum(low <= wait <= low + middle / 10 for wait in waits) > 100


def test_two_failures_at_once_do_not_come_back_at_once() -> None:
    assert len({RETRY.delay(1) for _ in range(100)}) > 90
