"""Steps of every kind that say what they do: they leave traces in the ledger and in the data."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from tests.chaos import ledger
from workflows import (
    BaseGateway,
    BaseHumanStep,
    BaseMachineStep,
    Retry,
    TimerStep,
    WebhookStep,
    WorkflowContext,
)

REVIEWERS: Final = "chaos reviewers"
QUICKLY: Final = Retry(max_attempts=3, backoff=timedelta(milliseconds=40))
FOLDER: Final = "CHAOS_FOLDER"
"""Names the folder in which files tell steps to go on, or that what was broken is mended."""


class Work(BaseMachineStep):
    """Takes some milliseconds in a thread."""

    def __init__(self, milliseconds: int = 8, name: str = "") -> None:
        self.milliseconds = milliseconds
        self.name = name

    def execute(self, context: WorkflowContext) -> Any:
        with ledger.run_of(context) as result:
            time.sleep(_seconds(self.milliseconds))
            context.set(f"{ledger.FENCE_OF}{result['execution']}", result["fence"])
            return result


class AsyncWork(Work):
    """Takes some milliseconds in the event loop."""

    async def execute(self, context: WorkflowContext) -> Any:
        with ledger.run_of(context) as result:
            await asyncio.sleep(_seconds(self.milliseconds))
            context.set(f"{ledger.FENCE_OF}{result['execution']}", result["fence"])
            return result


class Flaky(BaseMachineStep):
    """Fails twice, and then works."""

    retry = QUICKLY

    def execute(self, context: WorkflowContext) -> Any:
        with ledger.run_of(context) as result:
            if context.attempt < self.retry.max_attempts:
                raise ConnectionError("The other side hangs up.")
            return result


class Doomed(BaseMachineStep):
    """Fails every time; the workflow goes on all the same."""

    retry = Retry(max_attempts=2, backoff=timedelta(milliseconds=20))

    async def execute(self, context: WorkflowContext) -> Any:
        with ledger.run_of(context):
            raise ConnectionError("Nobody is there.")

    async def on_failure(self, context: WorkflowContext, error: Exception) -> None:
        context.set("doomed", str(error))


class Broken(BaseMachineStep):
    """Fails for good until somebody mends it and has it tried again."""

    def execute(self, context: WorkflowContext) -> Any:
        with ledger.run_of(context) as result:
            if not is_mended(context.instance_id):
                raise RuntimeError("This is broken.")
            return result


class Gate(BaseMachineStep):
    """Ends when the file `open`, or its process's own, is there: it can be caught in the act."""

    def execute(self, context: WorkflowContext) -> Any:
        doors = (folder() / "open", folder() / f"open-{os.getpid()}")
        with ledger.run_of(context) as result:
            while not any(door.exists() for door in doors):
                time.sleep(0.01)
            return result


class Round(BaseGateway):
    """Goes back until the rounds that the data ask for are made."""

    def evaluate(self, context: WorkflowContext) -> str:
        with ledger.run_of(context):
            made = int(context.get("rounds made", 0)) + 1
            context.set("rounds made", made)
            return "again" if made < int(context.get("rounds", 1)) else "done"


class Ways(BaseGateway):
    """Takes several of its edges at once."""

    async def evaluate(self, context: WorkflowContext) -> Sequence[str]:
        with ledger.run_of(context):
            return list(context.get("ways"))


class Pause(TimerStep):
    """Sleeps for as many milliseconds as the data say."""

    def get_delay(self, context: WorkflowContext) -> timedelta:
        return timedelta(milliseconds=int(context.get("pause", 100)))


class Nap(TimerStep):
    """Sleeps for a fifth of a second."""

    delay = timedelta(milliseconds=200)


class Call(WebhookStep):
    """Waits for a call that brings a word."""

    payload_schema = {"type": "object", "properties": {"said": {"type": "string"}}}


class Review(BaseHumanStep):
    """Asks one of the reviewers for a decision and a word."""

    form_schema = {
        "type": "object",
        "properties": {
            "decision": {"type": "string", "enum": ["approve", "reject"]},
            "word": {"type": "string"},
        },
        "required": ["decision", "word"],
    }

    def __init__(self, name: str = "") -> None:
        self.name = name

    def get_candidate_groups(self, context: WorkflowContext) -> Sequence[str]:
        return [REVIEWERS]


class Unanswered(Review):
    """Asks, and goes on by itself when nobody answers at once."""

    timeout_outcome = {"decision": "reject", "word": "nobody"}

    def get_due_date(self, context: WorkflowContext) -> timedelta:
        return timedelta(milliseconds=300)


def folder() -> Path:
    return Path(os.environ[FOLDER])


def is_mended(instance_id: str) -> bool:
    return (folder() / f"mended-{instance_id}").exists()


def mend(place: Path, instance_id: str) -> None:
    """Let the broken step of this instance work from now on."""
    (place / f"mended-{instance_id}").touch()


def _seconds(most: int) -> float:
    return random.uniform(0, most) / 1000  # noqa: S311 - nothing to protect
