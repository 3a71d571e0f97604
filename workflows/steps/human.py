"""Human steps: work that waits for a person, with a form and somebody to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Literal

from workflows.context import WorkflowContext
from workflows.steps.base import Answer, Step, StepType

Tone = Literal["good", "bad", "neutral"]


@dataclass(frozen=True)
class Outcome:
    """One way to decide: the value that the form field gets, and how its button looks."""

    value: Any
    label: str = ""
    tone: Tone = "neutral"
    requires_reason: bool = False


@dataclass(frozen=True)
class Outcomes:
    """Which field of the form is the decision, and what it may be.

    `reason_field` is the property that must be filled in for an outcome with
    `requires_reason`.
    """

    field: str
    choices: tuple[Outcome, ...]
    reason_field: str = "comment"


class BaseHumanStep(Step):
    """Ask a person: `form_schema` is what they fill in, the `get_…` methods say whom to ask.

    A step without `form_schema` is an acknowledgement. The submission is the step's result.

    Attributes:
        outcomes: the decision buttons; inferred from an enumeration named `decision`, or
            from the only boolean of the form, when not said.
        four_eyes: the initiator may not decide.
        high_risk: its tasks are opened and decided one by one, never many at once.
        undo: for how long the decider can take the decision back.
        claim_lease: for how long a claim holds that is not worked on; None: until it is released.
        answer_within: for how long a question about the task waits for its answer.
        timeout_outcome: data that is submitted for nobody when the due date passes.
        visible_data: names of the data that the reviewer sees; default: the workflow's.
        row_fields: names of the data shown in the list.
    """

    step_type: ClassVar[StepType] = StepType.HUMAN
    title: str = ""
    form_schema: dict[str, Any] | None = None
    ui_schema: dict[str, Any] | None = None
    outcomes: Outcomes | None = None
    four_eyes: bool = False
    high_risk: bool = False
    undo: timedelta = timedelta(0)
    claim_lease: timedelta | None = None
    answer_within: timedelta | None = None
    timeout_outcome: Mapping[str, Any] | None = None
    visible_data: Sequence[str] | None = None
    row_fields: Sequence[str] = ()

    def get_title(self, context: WorkflowContext) -> Answer[str]:
        """Give what is asked, in a few words."""
        key = context.current_step.rpartition("/")[2]
        return self.title or self.name or key.replace("_", " ").capitalize()

    def get_description(self, context: WorkflowContext) -> Answer[str]:
        """Give what is asked, in full (Markdown)."""
        return self.description

    def get_summary(self, context: WorkflowContext) -> Answer[str]:
        """One line about this case; default: the workflow's summary."""
        return ""

    def get_assignee(self, context: WorkflowContext) -> Answer[Any]:
        """Give the person to ask: a user, a username, or None for the candidates."""
        return None

    def get_candidate_users(self, context: WorkflowContext) -> Answer[Iterable[Any]]:
        """Who may take the task: users or usernames."""
        return ()

    def get_candidate_groups(self, context: WorkflowContext) -> Answer[Iterable[Any]]:
        """Which groups may take the task: groups or their names."""
        return ()

    def get_assignee_group(self, context: WorkflowContext) -> Answer[Any]:
        """Give the one group to ask: a group, its name, or None."""
        return None

    def get_excluded_users(self, context: WorkflowContext) -> Answer[Iterable[Any]]:
        """Who may never decide this: users or usernames."""
        return ()

    def get_due_date(self, context: WorkflowContext) -> Answer[datetime | date | timedelta | None]:
        """By when it should be done."""
        return None

    def get_reminder_date(
        self, context: WorkflowContext
    ) -> Answer[datetime | date | timedelta | None]:
        """When to remind whoever it waits for."""
        return None

    def validate_submission(
        self, context: WorkflowContext, data: dict[str, Any]
    ) -> Answer[Sequence[str] | Mapping[str, Any] | None]:
        """Say what is wrong with `data` beyond its schema: messages, or messages per pointer."""
        return None
