"""Every way in which a task can change: from which state, into which, by whom, and what is noted.

The verbs ask this table what they may do, pages ask it which buttons to show, docs/states.md is
written from it, and a test tries each of its cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from workflows.models.tasks import OPEN_TASK, TaskStatus

READY, RESERVED, ASKED = TaskStatus.READY, TaskStatus.RESERVED, TaskStatus.INFO_REQUESTED
DECIDED, COMPLETED = TaskStatus.DECIDED, TaskStatus.COMPLETED


class Who(Enum):
    """What somebody must be to a task to change it; the value is what the documentation says."""

    CANDIDATE = "a candidate"
    ASSIGNEE = "the assignee"
    ADDRESSEE = "who was asked"
    LEAD = "a lead"
    ADMINISTRATOR = "an administrator"
    DECIDER = "the decider"
    REQUESTER = "the requester"
    ENGINE = "the engine"
    CLOCK = "a clock"


@dataclass(frozen=True)
class Move:
    """One change of a task's state.

    Attributes:
        name: how it is called in the documentation and in `TaskAnswer.may`.
        decides: whether it brings somebody to, or nearer to, a decision: never who is excluded.
        note: what the table cannot say.
    """

    name: str
    sources: tuple[TaskStatus, ...]
    target: TaskStatus
    who: tuple[Who, ...]
    event: str
    decides: bool = False
    note: str = ""

    def __str__(self) -> str:
        return self.name


CREATE: Final = Move(
    "create",
    (),
    READY,
    (Who.ENGINE,),
    "task.created",
    note="reserved at once where the step names an assignee",
)
CLAIM: Final = Move(
    "claim", (READY,), RESERVED, (Who.CANDIDATE,), "task.claimed", True, "may have a lease"
)
RELEASE: Final = Move(
    "release",
    (RESERVED,),
    READY,
    (Who.ASSIGNEE, Who.LEAD, Who.ADMINISTRATOR),
    "task.released",
    note="only what was offered to somebody",
)
END_LEASE: Final = Move(
    "end the lease",
    (RESERVED,),
    READY,
    (Who.CLOCK,),
    "task.lease_ended",
    note="only a claim has one; work on a draft extends it",
)
TAKE_OVER: Final = Move(
    "take over",
    (RESERVED,),
    RESERVED,
    (Who.LEAD, Who.ADMINISTRATOR),
    "task.taken_over",
    True,
    "with a reason",
)
HAND_OVER: Final = Move(
    "hand over",
    (READY, RESERVED),
    RESERVED,
    (Who.ASSIGNEE, Who.LEAD, Who.ADMINISTRATOR),
    "task.reassigned",
    note="the assignee to somebody whom the task was offered to, the others to anybody; "
    "never to who is excluded",
)
ASK: Final = Move(
    "ask",
    (READY, RESERVED),
    ASKED,
    (Who.CANDIDATE, Who.ASSIGNEE),
    "task.info_requested",
    True,
    "claims what was ready",
)
ANSWER: Final = Move("answer", (ASKED,), RESERVED, (Who.ADDRESSEE,), "task.info_given")
RECALL: Final = Move(
    "take the question back",
    (ASKED,),
    RESERVED,
    (Who.ASSIGNEE, Who.LEAD, Who.ADMINISTRATOR),
    "task.question_recalled",
)
END_QUESTION: Final = Move(
    "end the question",
    (ASKED,),
    RESERVED,
    (Who.CLOCK,),
    "task.question_expired",
    note="only where the step says how long an answer may take",
)
DECIDE: Final = Move(
    "decide",
    (READY, RESERVED),
    COMPLETED,
    (Who.CANDIDATE, Who.ASSIGNEE),
    "task.completed",
    True,
    "what is ready is taken with it",
)
DECIDE_FOR_NOW: Final = Move(
    "decide, with an undo window",
    (READY, RESERVED),
    DECIDED,
    (Who.CANDIDATE, Who.ASSIGNEE),
    "task.decided",
    True,
)
UNDO: Final = Move("undo", (DECIDED,), RESERVED, (Who.DECIDER,), "task.undone")
COMMIT: Final = Move(
    "commit",
    (DECIDED,),
    COMPLETED,
    (Who.CLOCK,),
    "task.completed",
    note="when the undo window has passed",
)
EXPIRE: Final = Move(
    "expire",
    OPEN_TASK,
    TaskStatus.EXPIRED,
    (Who.CLOCK,),
    "task.expired",
    note="only where the step declares a `timeout_outcome`, which is then taken",
)
CANCEL: Final = Move(
    "cancel",
    (*OPEN_TASK, DECIDED),
    TaskStatus.CANCELED,
    (Who.ENGINE, Who.REQUESTER, Who.ADMINISTRATOR),
    "task.canceled",
    note="with its request, by a lost race, by a failed sibling",
)
OVERRIDE: Final = Move(
    "override",
    OPEN_TASK,
    COMPLETED,
    (Who.ADMINISTRATOR,),
    "task.overridden",
    True,
    "with a reason, and shown as such",
)
REOPEN: Final = Move(
    "reopen",
    (COMPLETED,),
    READY,
    (Who.ADMINISTRATOR,),
    "task.reopened",
    note="only while the workflow has not gone on; reserved where there is nobody to offer it to",
)

MOVES: Final = (
    *(CREATE, CLAIM, RELEASE, END_LEASE, TAKE_OVER, HAND_OVER, ASK, ANSWER, RECALL, END_QUESTION),
    *(DECIDE, DECIDE_FOR_NOW, UNDO, COMMIT, EXPIRE, CANCEL, OVERRIDE, REOPEN),
)
BY_PEOPLE: Final = tuple(move for move in MOVES if not {Who.ENGINE, Who.CLOCK} & {*move.who})
"""What a person does to one task; a cancellation is of the request."""


def allowed(status: str, roles: frozenset[Who], *, excluded: bool) -> frozenset[str]:
    """Give the names of what somebody with these roles may do to a task in this state."""
    return frozenset(
        move.name
        for move in BY_PEOPLE
        if status in move.sources and roles.intersection(move.who)
        if not (excluded and move.decides)
    )


def cell(move: Move, status: TaskStatus) -> str:
    """Say what a move does in a state: the state it leads to, the error, or – for nothing."""
    if status in move.sources:
        return str(move.target)
    if move not in BY_PEOPLE:
        return "–"
    is_too_late = move is UNDO and status == COMPLETED
    return "`WrongState`" if status in OPEN_TASK or is_too_late else "`TaskClosed`"
