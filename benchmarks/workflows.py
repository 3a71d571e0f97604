"""The workflows that are measured: chains, a timer, a loop and groups of steps that do little."""

from __future__ import annotations

import asyncio
import itertools
import os
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from benchmarks.harness.meter import meter
from workflows import (
    BaseGateway,
    BaseMachineStep,
    Edge,
    ParallelGroup,
    TimerStep,
    WorkflowContext,
    WorkflowDefinition,
    register,
)
from workflows.steps.base import Step

STEPS: Final = int(os.environ.get("BENCHMARK_STEPS", "10"))
"""How long the chains are."""

WORK: Final = 0.005
"""Seconds that a step takes which does something."""

GROUPS: Final = (100, 1000)


class Nothing(BaseMachineStep):
    """Does nothing, in a coroutine."""

    async def execute(self, context: WorkflowContext) -> int:
        return 1


class Wait(BaseMachineStep):
    """Waits as for another system, in a coroutine."""

    async def execute(self, context: WorkflowContext) -> int:
        await asyncio.sleep(WORK)
        return 1


class Block(BaseMachineStep):
    """Waits as for another system, in a thread."""

    def execute(self, context: WorkflowContext) -> int:
        time.sleep(WORK)
        return 1


class Compute(BaseMachineStep):
    """Keeps a processor busy, in a thread."""

    def execute(self, context: WorkflowContext) -> int:
        until, rounds = time.thread_time() + WORK, 0
        while time.thread_time() < until:
            rounds += 1
        return rounds


class Stamp(BaseMachineStep):
    """Says when it has begun."""

    async def execute(self, context: WorkflowContext) -> float:
        return time.time()


class Count(BaseMachineStep):
    """Lets the meter of its process count."""

    max_visits = 1_000_000

    async def execute(self, context: WorkflowContext) -> int:
        meter.count()
        return 1


class Pause(TimerStep):
    """Sleeps for as many seconds as the data say."""

    def get_delay(self, context: WorkflowContext) -> timedelta:
        return timedelta(seconds=context.get("seconds"))


class Again(BaseGateway):
    """Goes back until the data's number of visits is reached."""

    max_visits = 1_000_000

    async def evaluate(self, context: WorkflowContext) -> str:
        return "count" if meter.counted < context.get("visits") else "end"


def chain(name: str, steps: Sequence[Step]) -> WorkflowDefinition:
    """Give a workflow of steps, one after the other."""
    keys = [f"step_{number}" for number in range(1, len(steps) + 1)]
    return WorkflowDefinition(
        name=name,
        description="Steps, one after the other.",
        steps=dict(zip(keys, steps, strict=True)),
        edges=[Edge(before, after) for before, after in itertools.pairwise(keys)],
    )


loop = WorkflowDefinition(
    name="loop",
    description="A step that is visited again and again.",
    steps={"count": Count(), "again": Again(), "end": Nothing()},
    edges=[Edge("count", "again"), Edge("again", "count"), Edge("again", "end")],
)

register(chain("nothing", [Nothing() for _ in range(STEPS)]))
register(chain("wait", [Wait() for _ in range(STEPS)]))
register(chain("block", [Block() for _ in range(STEPS)]))
register(chain("compute", [Compute() for _ in range(STEPS)]))
register(chain("stamp", [Stamp()]))
register(chain("pause", [Pause(), Stamp()]))
register(loop)
for size in GROUPS:
    register(chain(f"group_{size}", [ParallelGroup(*(Count() for _ in range(size)))]))
