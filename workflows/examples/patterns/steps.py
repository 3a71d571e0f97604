"""The steps that the patterns are made of: work, a person, an event, and some time."""

from __future__ import annotations

from datetime import timedelta

from workflows import (
    BaseHumanStep,
    BaseMachineStep,
    TimerStep,
    WebhookStep,
    WorkflowContext,
)


class Work(BaseMachineStep):
    """Does something; its result is the key under which it was done."""

    def execute(self, context: WorkflowContext) -> str:
        """Name the step."""
        return context.current_step


class Person(BaseHumanStep):
    """Asks whoever started the request; a step like this has one button."""

    def __init__(self, name: str = "") -> None:
        self.name = name

    def get_assignee(self, context: WorkflowContext) -> int:
        """Ask the one who started it."""
        return int(context.user_id or 0)


class Event(WebhookStep):
    """Waits until something happens elsewhere."""

    def __init__(self, name: str = "") -> None:
        self.name = name


class Day(TimerStep):
    """Lets a day pass."""

    delay = timedelta(days=1)

    def __init__(self, name: str = "") -> None:
        self.name = name
