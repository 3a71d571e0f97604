"""Steps of the journeys: each notes in the ledger what it does to the world outside."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

from workflows import (
    BaseGateway,
    BaseHumanStep,
    BaseMachineStep,
    Edge,
    Retry,
    Step,
    TimerStep,
    WebhookStep,
    WorkflowContext,
    WorkflowDefinition,
)


class Do(BaseMachineStep):
    """Notes that it ran, and writes so into the data."""

    def execute(self, context: WorkflowContext) -> str:
        note(context)
        context.set(context.current_step.replace("/", "_"), "done")
        return f"result of {context.current_step}"


class AsyncDo(Do):
    """The same as a coroutine."""

    async def execute(self, context: WorkflowContext) -> str:  # type: ignore[override]
        return super().execute(context)


class Count(BaseMachineStep):
    """Adds one to `count`."""

    def execute(self, context: WorkflowContext) -> int:
        note(context)
        count: int = context.get("count", 0) + 1
        context.set("count", count)
        return count


class Scarce(Do):
    """May run only once at a time, wherever that is."""

    max_concurrency = 1


class Skip(Do):
    """Is skipped."""

    def can_execute(self, context: WorkflowContext) -> bool:
        return False


class Break(BaseMachineStep):
    """Fails in its first `times` attempts; `handled` failures let the workflow go on."""

    def __init__(self, times: int, *, attempts: int = 1, handled: bool = False) -> None:
        self.times = times
        self.handled = handled
        self.retry = Retry(max_attempts=attempts, backoff=timedelta(seconds=1))

    def execute(self, context: WorkflowContext) -> str:
        note(context)
        if context.attempt <= self.times and not context.get("repaired", default=False):
            raise ConnectionError("The other side does not answer.")
        return "answered"

    def on_failure(self, context: WorkflowContext, error: Exception) -> None:
        if not self.handled:
            raise error
        context.set("handled", str(error))


class Choose(BaseGateway):
    """Names the steps that the data name."""

    def evaluate(self, context: WorkflowContext) -> Any:
        note(context)
        return context.get("choice")


class Ask(BaseHumanStep):
    """Asks the managers for a decision."""

    title = "Approve?"
    form_schema = {
        "type": "object",
        "properties": {"decision": {"enum": ["approve", "reject"]}, "comment": {"type": "string"}},
        "required": ["decision"],
    }

    def get_candidate_groups(self, context: WorkflowContext) -> list[str]:
        note(context)
        return ["managers"]


class AskInTime(Ask):
    """Reminds after an hour, and is decided by the clock after two."""

    timeout_outcome = {"decision": "reject"}

    def get_reminder_date(self, context: WorkflowContext) -> timedelta:
        return timedelta(hours=1)

    def get_due_date(self, context: WorkflowContext) -> timedelta:
        return timedelta(hours=2)


class AskNobody(Ask):
    """Asks somebody who does not exist."""

    def get_candidate_groups(self, context: WorkflowContext) -> list[str]:
        return ["strangers"]


class AskWithUndo(Ask):
    """Lets the decider think again for half an hour."""

    undo = timedelta(minutes=30)


class Sleep(TimerStep):
    """Sleeps for an hour."""

    def get_delay(self, context: WorkflowContext) -> timedelta:
        note(context)
        return timedelta(hours=1)


class Listen(WebhookStep):
    """Waits for a call."""

    payload_schema = {"type": "object", "properties": {"paid": {"type": "boolean"}}}


class ListenUnderOwnName(Listen):
    """Waits for a call with a token that the author has made."""

    def get_callback_token(self, context: WorkflowContext) -> str:
        return f"order-{context.instance_id}"


def note(context: WorkflowContext) -> None:
    """Write the step's name into the instance's ledger, in one write."""
    file = context.metadata.get("ledger") or context.get("ledger")
    ledger = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(ledger, f"{context.current_step}\n".encode())
    os.close(ledger)


def workflow(name: str, *edges: Edge, version: str = "1", **steps: Step) -> WorkflowDefinition:
    """Connect steps by edges; a key that only an edge names is a Do."""
    named = [key for edge in edges for key in (edge.source, edge.target)]
    found = {key: steps.get(key) or Do() for key in dict.fromkeys([*named, *steps])}
    return WorkflowDefinition(name=f"crash_{name}", version=version, steps=found, edges=edges)


def chain(name: str, *, version: str = "1", **steps: Step) -> WorkflowDefinition:
    """Put steps one after the other, with a Do before and after them."""
    keys = ["before", *steps, "after"]
    edges = map(Edge, keys, keys[1:])
    return workflow(name, *edges, version=version, **steps)
