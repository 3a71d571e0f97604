"""The workflows of the rows that Signoff 0.1.0 wrote: they must not change any more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from workflows import (
    BaseGateway,
    BaseHumanStep,
    BaseMachineStep,
    ConditionalGroup,
    Edge,
    ParallelGroup,
    RaceGroup,
    Retry,
    SequentialGroup,
    TimerStep,
    WebhookStep,
    WorkflowContext,
    WorkflowDefinition,
)

DECISION = {
    "type": "object",
    "properties": {
        "decision": {"type": "string", "enum": ["approve", "reject"]},
        "comment": {"type": "string"},
    },
    "required": ["decision"],
}


class Note(BaseMachineStep):
    """Writes its place into the data, so that what ran can be seen."""

    def execute(self, context: WorkflowContext) -> str:
        """Add the step to the list `ran`."""
        context.set("ran", [*context.get("ran", []), context.current_step])
        return context.current_step


class Fragile(Note):
    """Fails for as long as the data say so and nobody has mended it."""

    retry = Retry(max_attempts=2, backoff=timedelta(hours=1))
    mended = False

    def execute(self, context: WorkflowContext) -> str:
        """Fail, or do it."""
        if context.get("breaks") and not self.mended:
            raise RuntimeError("Broken.")
        return super().execute(context)


class Approve(BaseHumanStep):
    """Asks the managers, reminds them, and gives up in the end."""

    title = "Approve it?"
    form_schema = DECISION
    undo = timedelta(minutes=5)
    timeout_outcome = {"decision": "reject"}

    def get_candidate_groups(self, context: WorkflowContext) -> list[str]:
        """Name the managers."""
        return ["managers"]

    def get_reminder_date(self, context: WorkflowContext) -> timedelta:
        """Remind them after a day."""
        return timedelta(days=1)

    def get_due_date(self, context: WorkflowContext) -> timedelta:
        """Wait for two days."""
        return timedelta(days=2)


class Look(BaseHumanStep):
    """Asks Ben to have a look."""

    title = "Have a look"
    form_schema = {"type": "object", "properties": {"seen": {"type": "boolean"}}}

    def get_assignee(self, context: WorkflowContext) -> str:
        """Name Ben."""
        return "ben"


class Pause(TimerStep):
    """Sleeps for three days."""

    delay = timedelta(days=3)


class Paid(WebhookStep):
    """Waits for the payment."""

    payload_schema = {"type": "object", "properties": {"paid": {"type": "boolean"}}}


class Sent(WebhookStep):
    """Waits for the parcel, under a token of its own making."""

    payload_schema = {"type": "object", "properties": {"sent": {"type": "boolean"}}}
    secret = "a secret of the test"

    def get_callback_token(self, context: WorkflowContext) -> str:
        """Make it of the order's number."""
        return f"sent-{context.get('order')}"


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


steps = WorkflowDefinition(
    name="landed_steps",
    version="1.0",
    steps={"a": Note(), "b": Fragile(), "c": Note()},
    edges=[Edge("a", "b"), Edge("b", "c")],
)
approval = WorkflowDefinition(
    name="landed_approval",
    version="1.0",
    start_schema={
        "type": "object",
        "properties": {"amount": {"type": "number", "title": "Amount"}},
    },
    summary="{amount} for {who}",
    steps={"ask": Approve(), "yes": Note(), "no": Note()},
    edges=[
        Edge("ask", "yes", condition="context.get('decision') == 'approve'", label="Approved"),
        Edge("ask", "no", condition="context.get('decision') == 'reject'"),
    ],
)
pause = WorkflowDefinition(
    name="landed_pause",
    version="1.0",
    steps={"pause": Pause(), "after": Note()},
    edges=[Edge("pause", "after")],
)
calls = WorkflowDefinition(
    name="landed_calls",
    version="1.0",
    steps={"paid": Paid(), "sent": Sent(), "after": Note()},
    edges=[Edge("paid", "sent"), Edge("sent", "after")],
)
groups = WorkflowDefinition(
    name="landed_groups",
    version="1.0",
    steps={
        "gather": ParallelGroup(
            Note(), Look(), Pause(), SequentialGroup(Note(), Look()), callback=Collect()
        ),
        "race": RaceGroup(Look(), Pause()),
        "choose": ConditionalGroup("context.get('way')", {"left": Note(), "right": Look()}),
        "end": Note(),
    },
    edges=[Edge("gather", "race"), Edge("race", "choose"), Edge("choose", "end")],
)
joins = WorkflowDefinition(
    name="landed_joins",
    version="1.0",
    steps={
        "fork": Note(),
        "quick": Note(),
        "slow": Pause(),
        "round": Note(),
        "enough": Enough(),
        "end": Note(),
    },
    edges=[
        Edge("fork", "quick"),
        Edge("fork", "slow"),
        Edge("quick", "round"),
        Edge("slow", "round"),
        Edge("round", "enough"),
        Edge("enough", "fork"),
        Edge("enough", "end"),
    ],
)

ALL = (steps, approval, pause, calls, groups, joins)
