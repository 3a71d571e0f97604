"""Does something to many tasks, each in a transaction of its own, and says what became of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final
from uuid import UUID, uuid5

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tasks_ui.bulk.actions import Act, Turn
from tasks_ui.bulk.selection import Pick
from tasks_ui.tasks.page import NO_TASK, changes
from workflows.engine import queries
from workflows.exceptions import (
    DataChanged,
    DefinitionError,
    FormChanged,
    InvalidSubmission,
    NotAllowed,
    StepError,
    UnknownWorkflow,
    WorkflowError,
    WrongState,
)
from workflows.models import HumanTask, TaskStatus

DONE: Final = "done"
HEADINGS: Final = {
    "changed": gettext_lazy("Changed meanwhile"),
    "refused": gettext_lazy("Not allowed"),
    "late": gettext_lazy("Somebody else was first"),
    "open": gettext_lazy("Needs more"),
    "failed": gettext_lazy("Failed"),
    "gone": gettext_lazy("Not there"),
}
"""What can become of a task, beside being done."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """What became of one task.

    Attributes:
        state: DONE or a key of HEADINGS.
        words: why, where it is not done.
        before: what it was before, and what the act has left, as far as undoing it needs that.
        can_undo: whether it could be taken back when it was done.
        undone: DONE, or why it was not taken back; empty before anybody has tried.
    """

    task: str
    state: str
    words: str = ""
    can_undo: bool = False
    before: dict[str, Any] = field(default_factory=dict)
    undone: str = ""

    @property
    def is_done(self) -> bool:
        """Whether what was asked for was done."""
        return self.state == DONE

    @property
    def is_undone(self) -> bool:
        """Whether it was taken back."""
        return self.undone == DONE

    @property
    def heading(self) -> str:
        """Say in a few words why it was not done."""
        return str(HEADINGS[self.state])


def run(act: Act, form: Any, picks: Sequence[Pick], user: User, batch_id: UUID) -> list[Item]:
    """Do it to each, in their order; what one refuses keeps nothing from the others."""
    return [_one(act, form, pick, user, batch_id) for pick in picks]


def _one(act: Act, form: Any, pick: Pick, user: User, batch_id: UUID) -> Item:
    gone = Item(task=pick.task_id.hex, state="gone", words=str(NO_TASK))
    try:
        task = queries.find_task(pick.task_id)
    except HumanTask.DoesNotExist:
        return gone
    turn = Turn(
        task=task,
        user=user,
        revision=pick.revision,
        submission_id=uuid5(batch_id, pick.task_id.hex).hex,
        form=form,
    )
    before, was = act.before(turn), task.status
    item = Item(task=pick.task_id.hex, state=DONE, before=before)
    try:
        return _done(act, turn, item, act.do(turn))
    except WorkflowError as error:
        now = queries.find_task(task.pk)
        if act.is_done(turn, now):
            return _done(act, turn, item, now)
        if not _knows_of(now, user):
            return gone
        state, words = _refusal(error, now, user, was)
        return replace(item, state=state, words=words)


def _done(act: Act, turn: Turn, item: Item, task: HumanTask) -> Item:
    """Give the item of what was done, with what that has left."""
    kept = {**item.before, **act.left(turn, task)}
    return replace(item, before=kept, can_undo=act.can_undo(task, turn.user, kept))


def _knows_of(task: HumanTask, user: User) -> bool:
    """Whether this person may at least know how the task ended."""
    answer = queries.task_access(user, task)
    return answer.may_see or answer.was_offered


def _refusal(error: WorkflowError, task: HumanTask, user: User, was: str) -> tuple[str, str]:
    """Give the state and the words of an error; raises what nobody can be told."""
    match error:
        case DataChanged():
            state, words = "changed", _difference(task, error)
        case FormChanged():
            state, words = "changed", str(error)
        case InvalidSubmission():
            state, words = "open", error.sentences
        case NotAllowed() if task.assignee_id in (None, user.pk):
            state, words = "refused", error.reason
        case WrongState() if was == TaskStatus.INFO_REQUESTED:
            state, words = "refused", str(error)
        case NotAllowed() | WrongState():
            state, words = "late", str(error)
        case StepError():
            state, words = "failed", _("The check that this step makes failed. Try again later.")
        case DefinitionError() | UnknownWorkflow():
            state, words = "failed", _("This server does not have the code of this workflow now.")
        case _:
            raise error
    return state, words


def _difference(task: HumanTask, error: DataChanged) -> str:
    """Say what is no longer as it was when the list was shown."""
    return " ".join(map(str, changes(task.instance, error.difference)))


def undo(act: Act, items: Sequence[Item], user: User) -> list[Item]:
    """Take back what was done to each, where it can be; the others say why they cannot."""
    return [
        replace(item, undone=_undone(act, item, user))
        if item.can_undo and not item.is_undone
        else item
        for item in items
    ]


def _undone(act: Act, item: Item, user: User) -> str:
    return _told(lambda: act.undo(queries.find_task(UUID(item.task)), user, item.before))


def _told(act: Callable[[], None]) -> str:
    """Do it and give DONE, or the words of the refusal."""
    try:
        act()
    except InvalidSubmission as error:
        return error.sentences
    except (NotAllowed, WrongState) as error:
        return str(error)
    return DONE


def as_json(items: Sequence[Item]) -> list[dict[str, Any]]:
    """Give items as they are kept."""
    return [asdict(item) for item in items]


def read(kept: Sequence[dict[str, Any]]) -> list[Item]:
    """Give kept items."""
    return [Item(**item) for item in kept]
