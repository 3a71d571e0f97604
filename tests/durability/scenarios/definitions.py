"""Workflows of one step that waits for a file, of a timer, and of a webhook."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

from tests.durability.scenarios.hardships import HARDSHIPS
from tests.durability.scenarios.notes import folder, note
from workflows import (
    BaseMachineStep,
    Edge,
    TimerStep,
    WebhookStep,
    WorkflowContext,
    WorkflowDefinition,
)


class Note(BaseMachineStep):
    """Writes a line when it runs."""

    def execute(self, context: WorkflowContext) -> str:
        note(context, context.current_step)
        return context.current_step


class Gate(BaseMachineStep):
    """Writes a line when it begins, and ends when the file `open` is there."""

    def execute(self, context: WorkflowContext) -> str:
        note(context, "gate")
        while not (folder(context) / "open").exists():
            time.sleep(0.01)
        return "through"


class AsyncGate(BaseMachineStep):
    """The same as a coroutine."""

    async def execute(self, context: WorkflowContext) -> str:
        note(context, "gate")
        while not (folder(context) / "open").exists():  # noqa: ASYNC110 - the event is a file
            await asyncio.sleep(0.01)
        return "through"


class Pause(TimerStep):
    """Sleeps for as many seconds as the data say."""

    def get_delay(self, context: WorkflowContext) -> timedelta:
        return timedelta(seconds=context.get("seconds"))


class Answer(WebhookStep):
    """Waits for a call."""

    payload_schema = {"type": "object", "properties": {"paid": {"type": "boolean"}}}


gate = WorkflowDefinition(
    name="durable_gate",
    version="1",
    description="A step that can be caught in the act, and one after it.",
    steps={"gate": Gate(), "after": Note()},
    edges=[Edge("gate", "after")],
    initial_step="gate",
    terminal_steps={"after"},
)
async_gate = WorkflowDefinition(
    name="durable_async_gate",
    version="1",
    description="The same with a coroutine.",
    steps={"gate": AsyncGate(), "after": Note()},
    edges=[Edge("gate", "after")],
    initial_step="gate",
    terminal_steps={"after"},
)
pause = WorkflowDefinition(
    name="durable_pause",
    version="1",
    description="A timer between two steps.",
    steps={"before": Note(), "pause": Pause(), "after": Note()},
    edges=[Edge("before", "pause"), Edge("pause", "after")],
    initial_step="before",
    terminal_steps={"after"},
)
call = WorkflowDefinition(
    name="durable_call",
    version="1",
    description="A webhook between two steps.",
    steps={"before": Note(), "answer": Answer(), "after": Note()},
    edges=[Edge("before", "answer"), Edge("answer", "after")],
    initial_step="before",
    terminal_steps={"after"},
)

ALL = (gate, async_gate, pause, call, *HARDSHIPS)
