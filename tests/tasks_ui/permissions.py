"""Who may do what with which address of the site: the table that the matrix is tried against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tests.expenses import APPROVE

PEOPLE: Final = (
    *("stranger", "requester", "candidate", "excluded", "assignee", "asked", "former"),
    *("lead", "administrator", "auditor"),
)
SEES_TASK: Final = frozenset(PEOPLE) - {"stranger", "asked"}
"""Who sees a task that somebody has claimed, and about which nobody is asked.

A candidate who is excluded sees it, and why they may not decide it.
"""

COULD_DECIDE: Final = frozenset({"candidate", "assignee", "former"})
"""Whose words are kept, also when they come too late to decide."""

SEES_REQUEST: Final = frozenset(
    {"requester", "candidate", "excluded", "assignee", "former", "administrator", "auditor"}
)
NOBODY: Final = frozenset[str]()
ALL: Final = frozenset(PEOPLE)


@dataclass(frozen=True)
class Rule:
    """What an address answers to each person.

    Attributes:
        post: what is sent; None for an address that is only read.
        sees: who does not get a 404.
        acts: whose request changes something; nobody where nothing may change.
    """

    sees: frozenset[str]
    post: dict[str, str] | None = None
    acts: frozenset[str] = NOBODY


def _task(acts: set[str], **post: str) -> Rule:
    return Rule(SEES_TASK, post, frozenset(acts))


TASK: Final = {
    "task": Rule(SEES_TASK),
    "task_file": Rule(NOBODY),
    "people": Rule(SEES_TASK),
    "task_preview": Rule(SEES_TASK, {"d/comment": "x"}, COULD_DECIDE - {"assignee"}),
    "decide": Rule(SEES_TASK, {"outcome": APPROVE, "d/comment": "Fine."}, COULD_DECIDE),
    "draft": Rule(COULD_DECIDE, {"d/comment": "x"}, COULD_DECIDE),
    "claim": _task(set()),
    "release": _task({"assignee", "lead", "administrator"}),
    "undo": _task(set()),
    "hand_over": _task({"assignee", "lead", "administrator"}, to="candidate"),
    "take_over": _task({"lead", "administrator"}, reason="Urgent."),
    "ask": _task({"assignee"}, of="asked", question="Why?"),
    "answer": _task(set(), answer="Because."),
    "recall": _task(set()),
    "snooze": _task({*COULD_DECIDE}, until="tomorrow"),
    "wake": _task(set()),
    "comment": _task({*SEES_TASK}, comment="Hello."),
    "noted": _task(set()),
    "receipt": Rule(NOBODY),
    "override": _task({"administrator"}, outcome=APPROVE, reason="Everybody is away."),
    "reopen": _task(set(), reason="Wrong."),
    "retry": _task(set(), reason="Wrong."),
}
"""Of a task that the assignee has claimed, and that was offered to a group of theirs."""

REQUEST: Final = {
    "request": Rule(SEES_REQUEST),
    "request_file": Rule(NOBODY),
    "progress": Rule(SEES_REQUEST),
    "withdraw": Rule(SEES_REQUEST, {"reason": "x"}, frozenset({"requester", "administrator"})),
}
OWN: Final = {
    "home": Rule(ALL),
    "inbox": Rule(ALL),
    "next": Rule(ALL),
    "catalogue": Rule(ALL),
    "start": Rule(ALL),
    "start_preview": Rule(ALL),
    "start_draft": Rule(ALL),
    "requests": Rule(ALL),
    "settings": Rule(ALL),
    "keys": Rule(ALL),
    "save_view": Rule(ALL),
    "saved_view": Rule(NOBODY),
    "password_change": Rule(ALL),
    "own_file": Rule(NOBODY),
    "bulk": Rule(ALL),
    "bulk_result": Rule(NOBODY),
    "bulk_undo": Rule(NOBODY),
}
"""Pages about nobody but whoever opens them, which everybody who is signed in has."""

FOR_STAFF: Final = frozenset(
    {"gallery", "own_form", "own_preview", "example_form", "example_preview"}
)
OPEN: Final = frozenset(
    {
        *("login", "logout", "healthz", "readyz"),
        # The questions themselves are signed; the answers say how many tasks have come and gone.
        *("news", "task_news", "count_news"),
        *("password_reset", "password_reset_done", "password_reset_confirm"),
    }
)
"""Pages for which nobody need be signed in."""
