"""What can be done to many tasks at once, each by the engine's verb, and how it is taken back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from tasks_ui.bulk import forms
from workflows import engine
from workflows.engine import queries
from workflows.exceptions import NotAllowed, WrongState
from workflows.models import HumanTask, TaskStatus

LEADING: Final = ("manage", "administer")
"""Who may have back what they have handed over."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One task, with which something is to be done.

    Attributes:
        revision: of the data that was shown with the task.
        submission_id: the same when the same is sent again.
    """

    task: HumanTask
    user: User
    revision: int
    submission_id: str
    form: Any


class Act(ABC):
    """One thing to do with each of many tasks; `asks` whether a page comes before it.

    What it was `before` is kept, to have it back, and what the act has `left`, to see whether that
    still stands: what somebody has changed since is never taken back, even if they changed it to
    the same again.
    """

    name: ClassVar[str]
    title: ClassVar[Any]
    explanation: ClassVar[Promise | str] = ""
    button: ClassVar[Promise]
    form: ClassVar[type[forms.BulkForm]] = forms.BulkForm
    asks: ClassVar[bool] = True

    @abstractmethod
    def problem(self, task: HumanTask, access: queries.TaskAnswer) -> str:
        """Say why it cannot be done with this task; empty where it can."""

    def before(self, turn: Turn) -> dict[str, Any]:
        """Give what is needed to take it back."""
        return {}

    def left(self, turn: Turn, task: HumanTask) -> dict[str, Any]:
        """Give what this act, and nothing else, has left on the task as it is after it."""
        return {}

    @abstractmethod
    def do(self, turn: Turn) -> HumanTask:
        """Do it; gives the task as it is then. Raises what the engine's verb raises."""

    def is_done(self, turn: Turn, task: HumanTask) -> bool:
        """Whether a task that refuses it is as it would be: the same was sent twice."""
        return False

    @abstractmethod
    def can_undo(self, task: HumanTask, user: User, before: dict[str, Any]) -> bool:
        """Whether the task is still as this has left it, and may be changed back.

        `before` has what it was and what was left. What an older release has kept lacks the
        latter, and is judged by the rest.
        """

    @abstractmethod
    def undo(self, task: HumanTask, user: User, before: dict[str, Any]) -> None:
        """Take it back; raises what the engine's verb raises."""

    def require_unchanged(self, task: HumanTask, user: User, before: dict[str, Any]) -> None:
        """Refuse to take back what somebody has changed since; raises WrongState."""
        if not self.can_undo(task, user, before):
            raise WrongState(_("This task has changed since."))


class Decide(Act):
    """Press the same button on each."""

    name = "decide"
    title = ngettext_lazy("Decide %d task", "Decide %d tasks")
    explanation = gettext_lazy("Each is decided as if you had opened it and pressed the button.")
    button = gettext_lazy("Decide")
    form = forms.Decide

    def problem(self, task: HumanTask, access: queries.TaskAnswer) -> str:
        if not access.may_decide:
            return access.why_not
        answers = queries.quick_answers(task)
        if not answers:
            return _("This task has a form to fill in: open it.")
        if all(answer.why_not for answer in answers):
            return answers[0].why_not
        return ""

    def do(self, turn: Turn) -> HumanTask:
        is_changed = turn.form.is_changed(turn.task)
        answer = turn.form.answer_to(turn.task)
        if is_changed:
            # The engine refuses it, unless somebody was first, or it is no longer theirs.
            answer = queries.QuickAnswer("", "", "", {})
        if answer is None:
            raise NotAllowed(_("This task does not have the button that you have pressed."))
        if answer.why_not:
            raise NotAllowed(answer.why_not)
        return engine.complete_human_task(
            turn.task,
            user=turn.user,
            data=answer.data,
            revision=turn.revision,
            submission_id=turn.submission_id,
            form="" if is_changed else None,
            via=queries.IN_BULK,
        )

    def left(self, turn: Turn, task: HumanTask) -> dict[str, Any]:
        return {"submission": turn.submission_id}

    def can_undo(self, task: HumanTask, user: User, before: dict[str, Any]) -> bool:
        is_mine = task.status == TaskStatus.DECIDED and task.decided_by_id == user.pk
        return is_mine and before.get("submission", task.submission_id) == task.submission_id

    def undo(self, task: HumanTask, user: User, before: dict[str, Any]) -> None:
        # Where time has run out, the verb says so.
        if task.status != TaskStatus.COMPLETED:
            self.require_unchanged(task, user, before)
        engine.undo(task, user=user, via=queries.IN_BULK)


class Claim(Act):
    """Take each for oneself."""

    name = "claim"
    title = ngettext_lazy("Claim %d task", "Claim %d tasks")
    button = gettext_lazy("Claim")
    asks = False

    def problem(self, task: HumanTask, access: queries.TaskAnswer) -> str:
        return "" if access.may_claim else access.why_not

    def before(self, turn: Turn) -> dict[str, Any]:
        return {"was_mine": turn.task.assignee_id == turn.user.pk}

    def do(self, turn: Turn) -> HumanTask:
        return engine.claim(turn.task, user=turn.user, via=queries.IN_BULK)

    def is_done(self, turn: Turn, task: HumanTask) -> bool:
        return task.status == TaskStatus.RESERVED and task.assignee_id == turn.user.pk

    def left(self, turn: Turn, task: HumanTask) -> dict[str, Any]:
        return {"claimed_at": _as_text(task.claimed_at)}

    def can_undo(self, task: HumanTask, user: User, before: dict[str, Any]) -> bool:
        is_mine = task.status == TaskStatus.RESERVED and task.assignee_id == user.pk
        claimed_at = _as_text(task.claimed_at)
        stands = before.get("claimed_at", claimed_at) == claimed_at
        return is_mine and stands and not before["was_mine"]

    def undo(self, task: HumanTask, user: User, before: dict[str, Any]) -> None:
        self.require_unchanged(task, user, before)
        engine.release(task, user=user, via=queries.IN_BULK)


class HandOver(Act):
    """Give each to the same person."""

    name = "hand_over"
    title = ngettext_lazy("Hand over %d task", "Hand over %d tasks")
    explanation = gettext_lazy("They go to one person, and do not come back by themselves.")
    button = gettext_lazy("Hand over")
    form = forms.HandOver

    def problem(self, task: HumanTask, access: queries.TaskAnswer) -> str:
        if access.may_reassign:
            return ""
        return access.why_not or _("You can hand over what you have claimed, or what you manage.")

    def before(self, turn: Turn) -> dict[str, Any]:
        return {"was": turn.task.assignee_id, "to": turn.form.cleaned_data["to"].pk}

    def do(self, turn: Turn) -> HumanTask:
        given = turn.form.cleaned_data
        return engine.reassign(
            turn.task, to=given["to"], user=turn.user, reason=given["reason"], via=queries.IN_BULK
        )

    def is_done(self, turn: Turn, task: HumanTask) -> bool:
        return task.is_open and task.assignee == turn.form.cleaned_data["to"]

    def left(self, turn: Turn, task: HumanTask) -> dict[str, Any]:
        return {"move": queries.own_move(task, turn.user, via=queries.IN_BULK)}

    def can_undo(self, task: HumanTask, user: User, before: dict[str, Any]) -> bool:
        is_theirs = task.status == TaskStatus.RESERVED and task.assignee_id == before["to"]
        if not is_theirs or before["was"] == before["to"]:
            return False
        if not any(queries.has_role(user, role, task.instance.workflow) for role in LEADING):
            return False
        if "move" not in before:
            return True
        return bool(before["move"] == queries.last_move(task))

    def undo(self, task: HumanTask, user: User, before: dict[str, Any]) -> None:
        self.require_unchanged(task, user, before)
        if before["was"] is None:
            engine.release(task, user=user, via=queries.IN_BULK)
        else:
            former = get_user_model().objects.get(pk=before["was"])
            engine.reassign(task, to=former, user=user, via=queries.IN_BULK)


class Snooze(Act):
    """Put each off, for oneself alone, until the same moment."""

    name = "snooze"
    title = ngettext_lazy("Put off %d task", "Put off %d tasks")
    explanation = gettext_lazy(
        "They leave your lists until then, or until there are news. Others still see them."
    )
    button = gettext_lazy("Put off")
    form = forms.Snooze

    def problem(self, task: HumanTask, access: queries.TaskAnswer) -> str:
        return "" if access.may_snooze else _("This task is not in your lists.")

    def before(self, turn: Turn) -> dict[str, Any]:
        until = queries.snoozed_until(turn.task, turn.user)
        return {"until": until.isoformat() if until else ""}

    def do(self, turn: Turn) -> HumanTask:
        return engine.snooze(turn.task, user=turn.user, until=turn.form.moment)

    def left(self, turn: Turn, task: HumanTask) -> dict[str, Any]:
        return {"snooze": queries.snooze_of(task, turn.user, until=turn.form.moment)}

    def can_undo(self, task: HumanTask, user: User, before: dict[str, Any]) -> bool:
        if not task.is_open:
            return False
        if "snooze" not in before:
            return True
        return bool(before["snooze"]) and before["snooze"] == queries.snooze_of(task, user)

    def undo(self, task: HumanTask, user: User, before: dict[str, Any]) -> None:
        self.require_unchanged(task, user, before)
        until = datetime.fromisoformat(before["until"]) if before["until"] else None
        if until is not None and until > timezone.now():
            engine.snooze(task, user=user, until=until)
        else:
            engine.unsnooze(task, user=user)


def _as_text(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


ACTS: Final[dict[str, Act]] = {act.name: act for act in (Decide(), Claim(), HandOver(), Snooze())}
