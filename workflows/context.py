"""What a step sees of its instance while it runs, and where it puts what it finds out."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from workflows.exceptions import UnknownStep
from workflows.values.plain_json import to_json


@dataclass(frozen=True, kw_only=True)
class StepRecord:
    """One finished or active visit to a step, as `WorkflowContext.step_history` lists it."""

    step: str
    visit: int
    status: str
    result: Any = None
    started_at: datetime | None = None
    finished_at: datetime | None = None


_LATER = datetime.max.replace(tzinfo=UTC)


def _no_history() -> Sequence[StepRecord]:
    return ()


def _no_webhooks(step: str) -> str:
    raise UnknownStep(f"There is no webhook step {step!r} here.")


class WorkflowContext:
    """A snapshot of one instance's data for one execution of one step.

    Values are JSON; what `set` records is merged into the instance's data when the step
    commits, per top-level key, and is thrown away when the attempt fails.
    """

    def __init__(
        self,
        *,
        workflow_id: str,
        instance_id: str,
        data: Mapping[str, Any] | None = None,
        metadata: Mapping[str, Any] | None = None,
        user_id: str | None = None,
        current_step: str = "",
        previous_result: Any = None,
        idempotency_key: str = "",
        attempt: int = 1,
        visit: int = 1,
        item: Any = None,
        index: int | None = None,
        history: Callable[[], Sequence[StepRecord]] = _no_history,
        webhook_url: Callable[[str], str] = _no_webhooks,
    ) -> None:
        self.workflow_id = workflow_id
        self.instance_id = instance_id
        self.user_id = user_id
        self.current_step = current_step
        self.idempotency_key = idempotency_key
        self.attempt = attempt
        self.visit = visit
        self.index = index
        self._data = dict(data or {})
        self._metadata = dict(metadata or {})
        self._item = item
        self._previous_result = previous_result
        self._writes: dict[str, Any] = {}
        self._history = history
        self._webhook_url = webhook_url

    def get(self, key: str, default: Any = None) -> Any:
        """Give a copy of the value under `key`, or `default` where there is none."""
        if key in self._writes:
            return copy.deepcopy(self._writes[key])
        if key in self._data:
            return copy.deepcopy(self._data[key])
        return default

    def set(self, key: str, value: Any) -> None:
        """Put `value` under `key`; raises BadValue where it is not JSON."""
        if not isinstance(key, str):
            raise TypeError(f"A context key is text, not {type(key).__name__}.")
        self._writes[to_json(key, "key")] = to_json(value, key)

    @property
    def data(self) -> Mapping[str, Any]:
        """All data as the step sees it now, read-only."""
        return MappingProxyType(copy.deepcopy({**self._data, **self._writes}))

    @property
    def metadata(self) -> Mapping[str, Any]:
        """What the starter said about the instance, read-only."""
        return MappingProxyType(copy.deepcopy(self._metadata))

    @property
    def writes(self) -> Mapping[str, Any]:
        """What this attempt has set so far, read-only."""
        return MappingProxyType(self._writes)

    @property
    def previous_result(self) -> Any:
        """The result of the step before, or, in a group's callback, of all children in order."""
        return copy.deepcopy(self._previous_result)

    @property
    def item(self) -> Any:
        """In a group made by `for_each`: what this run is for. `index` is its place, from 0.

        Elsewhere both are None; in such a group inside another they are the inner one's.
        """
        return copy.deepcopy(self._item)

    @property
    def step_history(self) -> list[StepRecord]:
        """Every visit of this instance so far, oldest first."""
        return list(self._history())

    def result_of(self, step: str, default: Any = None) -> Any:
        """Give the result of the last finished visit to `step` (a key or, in a group, a path)."""
        for record in reversed(self._history()):
            if record.step == step and record.finished_at is not None:
                return copy.deepcopy(record.result)
        return default

    def discard_writes(self) -> None:
        """Throw away what this attempt has set."""
        self._writes.clear()

    def leave_with(self, result: Any) -> None:
        """From here on this step's own result is the previous one, as its edges see it."""
        self._previous_result = result
        earlier, step = self._history, self.current_step
        # Made when somebody asks for it, which few do.
        self._history = lambda: [
            *earlier(),
            StepRecord(
                step=step,
                visit=0,
                status="succeeded",
                result=result,
                finished_at=_LATER,
            ),
        ]

    def webhook_url(self, step: str) -> str:
        """Give the address at which the next visit to the webhook step `step` awaits its call."""
        return self._webhook_url(step)
