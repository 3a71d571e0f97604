"""The watchdog: sees a cluster that stands still, and not one that is busy, asleep or idle."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from workflows.cluster.watchdog import FROZEN_AFTER, SYMPTOMS, Watchdog
from workflows.worker.shared_memory.liveness import PROBES_AFTER, Sign, Vitals

WORKERS = 2
MANY = 100


def living(vitals: Vitals) -> None:
    """Leave the signs of a healthy cluster."""
    vitals.mark(Sign.GUARDED)
    vitals.mark(Sign.PUSHED)


def diagnosis(vitals: Vitals, meanwhile: Callable[[Vitals], None] = living) -> str:
    """Look often; give what is found wrong at last."""
    watchdog = Watchdog(vitals)
    for _ in range(MANY):
        meanwhile(vitals)
        if wrong := watchdog.look():
            return wrong
    return ""


def test_an_idle_cluster_is_well() -> None:
    assert diagnosis(Vitals(WORKERS)) == ""


def test_every_symptom_needs_more_than_one_look() -> None:
    assert min(symptom.looks for symptom in SYMPTOMS) >= 5


def test_a_job_that_no_free_worker_starts_is_a_standstill() -> None:
    vitals = Vitals(WORKERS)
    vitals.mark(Sign.ASKED)

    assert diagnosis(vitals) == "no worker takes the jobs it is given"


def test_more_jobs_that_nobody_starts_do_not_put_it_off() -> None:
    vitals = Vitals(WORKERS)

    def ask(vitals: Vitals) -> None:
        living(vitals)
        vitals.mark(Sign.ASKED)

    assert diagnosis(vitals, ask) == "no worker takes the jobs it is given"


def test_a_job_that_waits_for_busy_workers_is_none() -> None:
    vitals = Vitals(1)
    vitals.begin_job()
    vitals.mark(Sign.ASKED)

    assert diagnosis(vitals) == ""
    assert vitals.busy() == 1


def test_a_worker_that_died_at_work_is_not_busy_for_ever() -> None:
    vitals = Vitals(1)
    child = os.fork()
    if child == 0:
        vitals.begin_job()
        os._exit(0)
    os.waitpid(child, 0)

    vitals.mark(Sign.ASKED)

    assert vitals.busy() == 0
    assert diagnosis(vitals) == "no worker takes the jobs it is given"


def test_results_that_nobody_handles_are_a_standstill() -> None:
    vitals = Vitals(WORKERS)
    vitals.begin_job()
    vitals.end_job()

    assert diagnosis(vitals) == "nobody deals with the results of jobs"
    vitals.mark(Sign.HANDLED)
    assert diagnosis(vitals) == ""


@pytest.mark.parametrize(
    ("sign", "moves"), [(Sign.GUARDED, Sign.PUSHED), (Sign.PUSHED, Sign.GUARDED)]
)
def test_a_process_that_does_not_move_is_a_standstill(sign: Sign, moves: Sign) -> None:
    name = "sentinel" if sign == Sign.GUARDED else "pusher"

    assert diagnosis(Vitals(WORKERS), lambda it: it.mark(moves)) == f"its {name} does not move"


def test_a_stop_is_waited_for_while_a_worker_is_busy_and_not_when_none_is() -> None:
    vitals = Vitals(WORKERS)
    vitals.stops = True
    vitals.begin_job()
    assert diagnosis(vitals, lambda it: it.mark(Sign.GUARDED)) == ""

    vitals.end_job()
    vitals.mark(Sign.HANDLED)

    assert diagnosis(vitals, lambda it: it.mark(Sign.GUARDED)) == (
        "it was told to stop and does not end"
    )


def test_a_probe_is_sent_after_a_job_that_may_have_been_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vitals = Vitals(WORKERS)
    vitals.mark(Sign.ASKED)
    assert not vitals.wants_probe
    monkeypatch.setattr("workflows.worker.shared_memory.liveness.PROBES_AFTER", -1.0)
    assert PROBES_AFTER > 0

    assert vitals.wants_probe
    vitals.begin_job()
    assert not vitals.wants_probe
    vitals.end_job()
    assert vitals.wants_probe
    vitals.mark(Sign.HANDLED)
    assert not vitals.wants_probe


def test_a_cluster_that_is_condemned_stops_whatever_its_pusher_says() -> None:
    vitals = Vitals(WORKERS)
    vitals.condemn()
    vitals.stops = False

    assert vitals.stops


def test_a_busy_process_that_does_not_move_is_frozen_and_an_idle_one_is_not() -> None:
    vitals = Vitals(WORKERS)
    watchdog = Watchdog(vitals)

    vitals.begin_job()
    looks = [watchdog.frozen() for _ in range(FROZEN_AFTER + 2)]
    assert looks.count([os.getpid()]) == 1
    vitals.beat()
    assert watchdog.frozen() == []

    vitals.end_job()
    assert not any(watchdog.frozen() for _ in range(2 * FROZEN_AFTER))


def test_a_busy_process_that_beats_is_not_frozen() -> None:
    vitals = Vitals(WORKERS)
    watchdog = Watchdog(vitals)
    vitals.begin_job()

    for _ in range(2 * FROZEN_AFTER):
        vitals.beat()
        assert watchdog.frozen() == []
