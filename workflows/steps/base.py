"""What every step has in common: identity, lifecycle, retries and limits."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from random import SystemRandom
from typing import Any, ClassVar, TypeAlias, TypeVar

from workflows.context import WorkflowContext

_random = SystemRandom()
T = TypeVar("T")
Answer: TypeAlias = T | Awaitable[T]
"""What a step's method may return: the value itself, or an awaitable of it (`async def`)."""


LONGEST_DELAY = timedelta(days=365_000)
"""A thousand years, half as long again as which still is a timedelta."""


class StepType(StrEnum):
    """The kinds of step that a workflow is made of."""

    MACHINE = "machine"
    HUMAN = "human"
    GATEWAY = "gateway"
    TIMER = "timer"
    WEBHOOK = "webhook"
    GROUP = "group"
    WORKFLOW = "workflow"


@dataclass(frozen=True, kw_only=True)
class Retry:
    """How often a step is tried and how long it waits in between.

    The n-th wait is `backoff` × 2ⁿ⁻¹, at most `max_delay`, spread by ± 50 % so that many
    failures at once do not come back at once.
    """

    max_attempts: int = 1
    backoff: timedelta = timedelta(seconds=1)
    max_delay: timedelta = timedelta(hours=1)

    def delay(self, attempt: int) -> timedelta:
        """Give the wait after attempt number `attempt` (from 1) has failed."""
        longest = min(self.max_delay, LONGEST_DELAY)
        doublings = min(attempt - 1, 40)
        # Compared without doubling, as there is no timedelta beyond its maximum.
        is_longer = self.backoff > longest / 2**doublings
        delay: timedelta = longest if is_longer else self.backoff * 2**doublings
        return delay * _random.uniform(0.5, 1.5)


class Step:
    """A unit of work in a workflow; subclass it, or one of the kinds built on it.

    Methods may be `def` or `async def`. A step object is shared by all instances of its
    workflow: it holds configuration, never the state of a run.
    """

    name: str = ""
    description: str = ""
    step_type: ClassVar[StepType] = StepType.MACHINE
    retry: Retry = Retry()
    timeout: timedelta | None = None
    max_visits: int = 1_000
    max_concurrency: int | None = None
    priority: int = 0

    def can_execute(self, context: WorkflowContext) -> Answer[bool]:
        """Whether to run at all; False skips the step and the workflow goes on."""
        return True

    def execute(self, context: WorkflowContext) -> Answer[Any]:
        """Do the work and return the step's result (JSON)."""
        raise NotImplementedError(f"{type(self).__name__} has no execute() method.")

    def on_success(self, context: WorkflowContext, result: Any) -> Answer[None]:
        """Act on success, after `execute` has returned."""

    def on_failure(self, context: WorkflowContext, error: Exception) -> Answer[None]:
        """Act on the failure of the last attempt; return to go on, raise to fail the step."""
        raise error
