"""Timers: steps that wait for a moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from workflows.context import WorkflowContext
from workflows.steps.base import Answer, Step, StepType


class TimerStep(Step):
    """Wait: set `delay`, or override `get_delay` where it depends on the data."""

    step_type: ClassVar[StepType] = StepType.TIMER
    delay: timedelta = timedelta(0)

    def get_delay(self, context: WorkflowContext) -> Answer[timedelta | datetime]:
        """How long to wait, or until when (an aware datetime); zero or past goes on at once."""
        return self.delay
