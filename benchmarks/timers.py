"""Measures what a million sleeping timers cost, how late new ones fire, and a burst of them."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Final

import psutil
from django.db import connection

from benchmarks.harness import instances
from benchmarks.harness.asked import Asked
from benchmarks.harness.figures import Figure, duration, megabytes, quantile
from benchmarks.harness.idling import watched
from benchmarks.harness.processes import await_that, cluster
from benchmarks.harness.sites import Site
from workflows import engine
from workflows.models import Event, StepExecution, WorkflowInstance
from workflows.testing import drain

SPREAD: Final = 0.05
"""Seconds between two starts, so that the timers do not fire at once."""

SECONDS: Final = 5
BURST_IN: Final = 10
"""Seconds from the making of a burst to its first timer."""


def measure(asked: Asked, site: Site) -> list[Figure]:
    """Measure without other timers, then the same and a burst among very many."""
    count, burst = (50_000, 2_000) if asked.quick else (1_000_000, 10_000)
    template = sleeping()
    figures = []
    for sleepers in (0, count):
        if sleepers:
            figures.append(fill(template, sleepers))
        with cluster(site, asked.workers or 2, STATEMENTS=str(site.statements)) as running:
            figures += quiet(asked, site, running, f"{sleepers:,} sleeping")
            if sleepers:
                figures += fire(template, burst)
    return figures


def sleeping() -> WorkflowInstance:
    """Start an instance that sleeps for longer than this takes."""
    instance: WorkflowInstance = engine.start_workflow("pause", initial_data={"seconds": 10**6})
    drain()
    return instance


def fill(template: WorkflowInstance, count: int) -> Figure:
    """Copy the sleeping instance; the copies wake one after the other, a day from now."""
    began = time.monotonic()
    instances.copy(template, count, history=False, due_at=seconds_from_now(86_400, "number * 0.05"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Figure(f"{count:,} sleeping: made in", duration(time.monotonic() - began))


def quiet(asked: Asked, site: Site, running: psutil.Process, when: str) -> list[Figure]:
    """Watch the cluster sleep; then set timers one by one and see how late they fire."""
    idle = watched(site, running, 15 if asked.quick else 60)
    late = lateness(20 if asked.quick else 200)
    return [
        Figure(f"{when}: statements", f"{idle.statements:.2f}/s", "< 1/s"),
        Figure(f"{when}: memory of the cluster", megabytes(idle.memory)),
        Figure(f"{when}: late, p50", duration(quantile(late, 0.5))),
        Figure(f"{when}: late, p99", duration(quantile(late, 0.99)), "< 50 ms"),
        Figure(f"{when}: late, least", duration(min(late)), "≥ 0"),
    ]


def lateness(timers: int) -> list[float]:
    """Set timers; give, for each, the seconds from its time to the first line of what follows."""
    started = []
    for _ in range(timers):
        started.append(engine.start_workflow("pause", initial_data={"seconds": SECONDS}))
        time.sleep(SPREAD)
    time.sleep(SECONDS)
    ids = [instance.pk for instance in started]
    ended = WorkflowInstance.objects.filter(pk__in=ids, status="completed")
    await_that(lambda: ended.count() == timers)
    told = Event.objects.filter(kind="timer.set", instance__in=started)
    due = {event.instance_id: moment(event.data["due_at"]) for event in told}
    followers = StepExecution.objects.filter(path="step_2", instance__in=started)
    began = instances.stamps(followers)
    assert began.keys() == due.keys()
    return [began[owner] - due[owner] for owner in due]


def moment(text: str) -> float:
    """Read a moment of the history, which has milliseconds: a timer can look late by up to one."""
    return datetime.fromisoformat(text).timestamp()


def fire(template: WorkflowInstance, count: int) -> list[Figure]:
    """Let timers fall due within one second; see when each goes on."""
    first = time.time() + BURST_IN
    due_at = seconds_from_now(BURST_IN, f"(number %% {count}) * 1.0 / {count}")
    copies = instances.copy(template, count, history=False, due_at=due_at)
    due = list(
        StepExecution.objects.filter(instance__in=copies)
        .order_by("due_at")
        .values_list("instance", flat=True)
    )
    time.sleep(max(0, first - time.time()))
    ended = StepExecution.objects.filter(path="step_2", instance__in=copies, status="succeeded")
    await_that(lambda: ended.count() == count)
    began = instances.stamps(ended)
    places = {owner: place for place, owner in enumerate(sorted(began, key=began.__getitem__))}
    moved = max(abs(places[owner] - place) for place, owner in enumerate(due))
    return [
        Figure(
            f"burst of {count:,}: all started within",
            duration(max(began.values()) - first),
            "< 10 s",
        ),
        Figure(f"burst of {count:,}: farthest from its place in order of due time", f"{moved}"),
    ]


def seconds_from_now(seconds: float, more: str) -> str:
    """Give the SQL of a moment so many seconds from now, plus an expression of seconds."""
    if connection.vendor == "postgresql":
        return f"statement_timestamp() + interval '{seconds} s' + ({more}) * interval '1 s'"
    shift = f"({seconds} + {more}) || ' seconds'"
    return f"strftime('%%Y-%%m-%%d %%H:%%M:%%f000', 'now', {shift})"
