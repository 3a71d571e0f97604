"""Workflows of steps that are bad neighbours: deadly, endless, scarce or unlucky ones."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from datetime import timedelta

from tests.durability.scenarios.notes import note
from workflows import BaseMachineStep, Retry, WorkflowContext, WorkflowDefinition
from workflows.steps.base import Step


class Poison(BaseMachineStep):
    """Takes its worker process down each time, in one way or another."""

    def execute(self, context: WorkflowContext) -> None:
        note(context, context.get("way"))
        if context.get("way") == "exit":
            os._exit(1)
        os.kill(os.getpid(), signal.SIGKILL)


class Endless(BaseMachineStep):
    """Goes on for ever, in one way or another."""

    timeout = timedelta(seconds=0.5)
    retry = Retry(max_attempts=2, backoff=timedelta(milliseconds=50))


class EndlessLoop(Endless):
    def execute(self, context: WorkflowContext) -> None:
        note(context, "loop")
        while True:
            with contextlib.suppress(Exception):
                sum(range(1_000))


class EndlessCall(Endless):
    def execute(self, context: WorkflowContext) -> None:
        note(context, "call")
        time.sleep(3600)


class EndlessCoroutine(Endless):
    async def execute(self, context: WorkflowContext) -> None:
        note(context, "coroutine")
        await asyncio.sleep(3600)


class EndlessDeafCoroutine(Endless):
    async def execute(self, context: WorkflowContext) -> None:
        note(context, "deaf")
        while True:
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.sleep(0.05)


class Scarce(BaseMachineStep):
    """Says when it begins and when it ends; two at once are allowed."""

    max_concurrency = 2

    def execute(self, context: WorkflowContext) -> None:
        note(context, f"begin:{context.instance_id}")
        time.sleep(context.get("seconds"))
        note(context, f"end:{context.instance_id}")


class Unlucky(BaseMachineStep):
    """Fails three times."""

    retry = Retry(max_attempts=4, backoff=timedelta(milliseconds=200))

    def execute(self, context: WorkflowContext) -> None:
        note(context, f"attempt:{context.attempt}")
        if context.attempt < self.retry.max_attempts:
            raise ConnectionError("The other side hangs up.")


def _single(name: str, step: Step) -> WorkflowDefinition:
    return WorkflowDefinition(
        name=name,
        version="1",
        description="One step.",
        steps={"only": step},
        edges=[],
        initial_step="only",
        terminal_steps={"only"},
    )


ENDLESS = tuple(
    _single(f"endless_{name}", step)
    for name, step in (
        ("loop", EndlessLoop()),
        ("call", EndlessCall()),
        ("coroutine", EndlessCoroutine()),
        ("deaf", EndlessDeafCoroutine()),
    )
)
HARDSHIPS = (
    *ENDLESS,
    _single("poison", Poison()),
    _single("scarce", Scarce()),
    _single("unlucky", Unlucky()),
)
