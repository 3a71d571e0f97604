"""The steps of the planted site's workflows: they must not change any more, either."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from typing import Any

from workflows import (
    BaseGateway,
    BaseHumanStep,
    BaseMachineStep,
    Outcome,
    Outcomes,
    Retry,
    TimerStep,
    WebhookStep,
    WorkflowContext,
)

AGES = timedelta(days=36_500)
"""So long that what was planted does not fall due before anybody tests it."""

HOLD = "UPGRADE_HOLD"
"""While it is in the environment, a gate lets nobody through."""

SECRET = "a secret of the planted site"

FILE = {"type": "string", "format": "data-url"}


class Note(BaseMachineStep):
    """Writes its place into the data, so that what ran can be seen."""

    def execute(self, context: WorkflowContext) -> str:
        """Add the step to the list `ran`."""
        context.set("ran", [*context.get("ran", []), context.current_step])
        return context.current_step


class Fragile(Note):
    """Fails in its first attempt, and is tried again in ages."""

    retry = Retry(max_attempts=3, backoff=AGES, max_delay=AGES)

    def execute(self, context: WorkflowContext) -> str:
        """Fail, or do it."""
        if context.attempt == 1:
            raise ConnectionError("The other side hangs up.")
        return super().execute(context)


class Broken(Note):
    """Fails until somebody has mended it."""

    mended = False

    def execute(self, context: WorkflowContext) -> str:
        """Fail, or do it."""
        if not self.mended:
            raise RuntimeError("Broken.")
        return super().execute(context)


class Excused(BaseMachineStep):
    """Fails, which does no harm."""

    def execute(self, context: WorkflowContext) -> None:
        """Fail."""
        raise LookupError("There is nothing.")

    def on_failure(self, context: WorkflowContext, error: Exception) -> None:
        """Let the workflow go on."""


class Needless(Note):
    """Is never run."""

    def can_execute(self, context: WorkflowContext) -> bool:
        """Say that there is nothing to do."""
        return False


class Gate(Note):
    """Lets one through at a time, and nobody while it is held."""

    max_concurrency = 1

    def execute(self, context: WorkflowContext) -> str:
        """Wait until it is open."""
        while HOLD in os.environ:
            time.sleep(0.05)
        return super().execute(context)


class Approve(BaseHumanStep):
    """Asks the managers, of whom each can have second thoughts."""

    title = "Approve it?"
    form_schema = {
        "type": "object",
        "properties": {
            "decision": {"type": "string", "enum": ["approve", "reject"]},
            "comment": {"type": "string"},
            "signed": FILE,
        },
        "required": ["decision"],
    }
    outcomes = Outcomes(
        "decision",
        (
            Outcome("approve", "Approve", "good"),
            Outcome("reject", "Reject", "bad", requires_reason=True),
        ),
    )
    undo = AGES
    claim_lease = AGES
    answer_within = AGES
    row_fields = ("amount",)

    def get_candidate_groups(self, context: WorkflowContext) -> list[str]:
        """Name the managers."""
        return ["managers"]

    def get_due_date(self, context: WorkflowContext) -> timedelta:
        """Leave them a century."""
        return AGES

    def get_reminder_date(self, context: WorkflowContext) -> timedelta:
        """Remind them some years before."""
        return AGES / 2


class Look(BaseHumanStep):
    """Asks one person, at first Ben, to have a look: there is nothing to take back."""

    title = "Have a look"
    form_schema = {"type": "object", "properties": {"seen": {"type": "boolean"}}}

    def get_assignee(self, context: WorkflowContext) -> Any:
        """Name whom the data say."""
        return context.get("who", "ben")


class Fleeting(Look):
    """Asks for two days, then takes a no for an answer."""

    timeout_outcome = {"seen": False}

    def get_due_date(self, context: WorkflowContext) -> timedelta:
        """Wait for two days."""
        return timedelta(days=2)


class Pause(TimerStep):
    """Sleeps for as many days as the data say."""

    def get_delay(self, context: WorkflowContext) -> timedelta:
        """Read them."""
        return timedelta(days=context.get("days", AGES.days))


class Paid(WebhookStep):
    """Waits for the payment."""

    payload_schema = {"type": "object", "properties": {"paid": {"type": "boolean"}}}


class Sent(WebhookStep):
    """Waits for the parcel, under a token of its own making, and wants a signature."""

    payload_schema = {"type": "object", "properties": {"sent": {"type": "boolean"}}}
    secret = SECRET

    def get_callback_token(self, context: WorkflowContext) -> str:
        """Make it of the order's number."""
        return f"sent-{context.get('order')}"


class Order(Note):
    """Gives away the address at which the payment is awaited, before that step is reached."""

    def execute(self, context: WorkflowContext) -> str:
        """Write the address into the data."""
        context.set("address", context.webhook_url("paid"))
        return super().execute(context)


class Collect(BaseMachineStep):
    """Keeps what the group's children came to."""

    def execute(self, context: WorkflowContext) -> Any:
        """Write the results into the data."""
        context.set("collected", context.previous_result)
        return context.previous_result


class Enough(BaseGateway):
    """Goes round once more, then on."""

    def evaluate(self, context: WorkflowContext) -> str:
        """Count the rounds."""
        return "fork" if context.get("ran", []).count("round") < 2 else "end"
