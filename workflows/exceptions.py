"""Everything that the engine refuses, as one tree of errors, each with what it knows.

WorkflowError
├── DefinitionError        a blueprint that cannot run; `problems` lists why
├── UnknownWorkflow        no registered workflow or version of that name
├── UnknownStep            the workflow has no such step
├── DuplicateKey           the start key was used before, with other data
├── FileRefused            a file that may not be stored; `reason` says why
├── DraftTooLarge          more than is kept of what somebody has typed
├── UnknownAttachment      a value that stands for no file
├── InvalidSubmission      what was posted does not fit; `errors` has messages per JSON Pointer
├── NotAllowed             this person may not do that; `reason` says why
├── WrongState             the thing is not in a state that allows the verb
│   ├── TaskClosed         somebody (or the clock) was first; `by`, `outcome`, `at`
│   └── AlreadySent        this form was sent before, and said something else; `recorded`
├── DataChanged            what the reviewer saw has changed; `difference` says how
├── FormChanged            the form is not the one that was filled in
├── UnknownToken           no open webhook has this token
├── BadSignature           the webhook's signature is missing or wrong
├── LateResult             an execution was claimed anew while its result was recorded
└── StepError              a step's own code is at fault; fails the step, retryable
    ├── BadValue           a value that is not JSON
    ├── BadRoute           a step answered with a next step that it has no edge to, or with none
    ├── ConditionError     an edge's condition could not be evaluated
    ├── BadAnswer          a step's method answered with something of the wrong kind
    ├── StepTimeout        the step took longer than its `timeout`
    └── WorkerLost         the worker died in this step too often
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any


class WorkflowError(Exception):
    """Base of every error that the engine raises on purpose."""


class DefinitionError(WorkflowError):
    """A workflow definition that cannot run.

    `problems` holds one sentence per fault found.
    """

    def __init__(self, workflow: str, problems: Sequence[str]) -> None:
        self.workflow = workflow
        self.problems = list(problems)
        super().__init__(f"Workflow {workflow!r} cannot run: " + " ".join(self.problems))


class UnknownWorkflow(WorkflowError):
    """No workflow, or no version of it, is registered under this name."""


class UnknownStep(WorkflowError):
    """The workflow has no step of this name."""


class DuplicateKey(WorkflowError):
    """A start key was used before, with other data."""


class InvalidSubmission(WorkflowError):
    """Submitted data that does not fit; `errors` maps JSON Pointers to messages."""

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        self.errors = {pointer: list(messages) for pointer, messages in errors.items()}
        first = next(((p, m[0]) for p, m in self.errors.items() if m), ("", "It does not fit."))
        super().__init__(f"The submission is not valid: {first[0] or '(whole)'}: {first[1]}")

    @property
    def sentences(self) -> str:
        """Give all messages one after the other, for where there are no fields to show them at."""
        return " ".join(text for texts in self.errors.values() for text in texts)


class FileRefused(WorkflowError):
    """A file may not be stored; `reason` is a sentence for whoever sent it."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class DraftTooLarge(WorkflowError):
    """What somebody has typed is more than is kept as a draft."""


class UnknownAttachment(WorkflowError):
    """A value stands for no file, or for none that is there for the person who asks."""


class NotAllowed(WorkflowError):
    """Somebody may not do that; `reason` is a sentence for them to read."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class WrongState(WorkflowError):
    """The task, instance or step is not in a state that allows the verb."""


class TaskClosed(WrongState):
    """Somebody else was first, or the task has ended for another reason.

    Attributes: `status` of the task now, `by` (display name or ""), `outcome`
    (label of what was decided or ""), `at` (when, or None), `reason` (why it ended, or "").
    """

    def __init__(
        self,
        message: str,
        *,
        status: str,
        by: str = "",
        outcome: str = "",
        at: datetime | None = None,
        reason: str = "",
    ) -> None:
        self.status = status
        self.by = by
        self.outcome = outcome
        self.at = at
        self.reason = reason
        super().__init__(message)


class AlreadySent(WrongState):
    """A form was sent before, with another button or other data; that counts.

    `recorded` is the data that was recorded then.
    """

    def __init__(self, message: str, recorded: Mapping[str, Any]) -> None:
        self.recorded = dict(recorded)
        super().__init__(message)


class FormChanged(WorkflowError):
    """The form of a task is another one than that which was filled in; nothing was decided."""


class DataChanged(WorkflowError):
    """The visible data changed since the reviewer saw it.

    `difference` maps each changed field to (what was seen, what it is now);
    `revision` is the data revision to confirm against.
    """

    def __init__(self, difference: Mapping[str, tuple[Any, Any]], revision: int) -> None:
        self.difference = dict(difference)
        self.revision = revision
        super().__init__("The data changed since you opened the task: " + ", ".join(difference))


class UnknownToken(WorkflowError):
    """No open webhook has this token; used, cancelled and unknown ones look the same."""


class BadSignature(WorkflowError):
    """The webhook asks for a signature, and it is missing or wrong."""


class LateResult(WorkflowError):
    """An execution whose result was being recorded has been claimed by another worker."""


class StepError(WorkflowError):
    """A step's own code is at fault: the step fails with this reason and can be retried."""


class BadValue(StepError):
    """A value that cannot be stored as JSON."""


class BadRoute(StepError):
    """A step named a next step that it has no edge to, or no edge matched."""


class ConditionError(StepError):
    """A condition could not be evaluated."""


class BadAnswer(StepError):
    """A step's method answered with something of the wrong kind."""


class StepTimeout(StepError):
    """A step took longer than its `timeout`."""


class WorkerLost(StepError):
    """The worker died too often while it ran this step."""


class StepStopped(BaseException):
    """Raised inside the code of a plain step that is to end: too slow, or no longer its worker's.

    Like CancelledError in a coroutine it passes `except Exception`; clean up in a `finally`.
    """
