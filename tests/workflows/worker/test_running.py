"""What a worker process runs now, and which of it has lost its lease."""

from __future__ import annotations

from typing import Any

from workflows.engine.work.work import Work
from workflows.models import StepExecution
from workflows.worker.running import Flights


def work(execution: int, fence: int) -> Work:
    nothing: Any = None
    return Work(StepExecution(pk=execution, fence=fence), nothing, nothing, nothing)


def test_what_was_claimed_anew_while_leases_were_renewed_is_not_among_the_lost() -> None:
    flights = Flights()
    first, other = flights.add([work(1, fence=1), work(2, fence=1)])
    held = flights.fences()
    flights.remove([first])
    flights.add([work(1, fence=2)])

    assert flights.of(held) == [other]
