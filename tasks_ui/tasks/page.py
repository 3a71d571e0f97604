"""Everything that the page of one task shows, for whoever asks to see or to change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from tasks_ui.display.diagram import picture_of
from tasks_ui.display.values import Fact, in_one_line, meanings_of, title_of, visible_facts
from tasks_ui.lists.list_state import Place
from tasks_ui.lists.page import task_list
from tasks_ui.request import NothingHere, SignedInRequest
from tasks_ui.submissions.after_sign_in import take_back
from tasks_ui.submissions.drafts import others, post_of
from tasks_ui.submissions.form_token import receipt, submission_id
from tasks_ui.tasks.decision_form import Decision
from workflows.engine import queries
from workflows.models import Draft, HumanTask, Question, WorkflowInstance

NO_TASK = _("The task is not open to you: somebody else may have decided it in the meantime.")


ACTIONS: Final = (
    *("decide", "draft", "claim", "release", "undo", "hand_over", "take_over"),
    *("ask", "answer", "recall", "snooze", "wake", "reopen", "override", "people"),
    *("comment", "noted", "receipt", "retry"),
)


@dataclass(frozen=True, kw_only=True)
class Change:
    """A value that is no longer what the reviewer saw."""

    label: str
    before: str
    now: str

    def __str__(self) -> str:
        said = {"label": self.label, "before": self.before, "now": self.now}
        return _("%(label)s was %(before)s and is %(now)s.") % said


def find_task(task_id: UUID) -> HumanTask:
    """Give the task with everything that its page needs; whether it may be seen is not asked."""
    try:
        return queries.find_task(task_id)
    except HumanTask.DoesNotExist:
        raise NothingHere(NO_TASK) from None


def access_or_404(request: SignedInRequest, task: HumanTask) -> queries.TaskAnswer:
    """Give what the person may do; what they may not even see does not exist for them."""
    answer = queries.task_access(request.user, task)
    if not answer.may_see:
        raise NothingHere(NO_TASK)
    return answer


def show_task(
    request: SignedInRequest,
    task: HumanTask,
    answer: queries.TaskAnswer,
    *,
    decision: Decision | None = None,
    draft: Draft | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Render the page of a task, with the list that it was opened from beside it."""
    place = Place.of(request)
    tasks = task_list(request.user, place, current=task)
    if decision is None and answer.may_decide:
        decision = begun(request, task, draft)
    left = draft if decision is None and task.decided_by_id != request.user.pk else None
    history = queries.history(task.instance, request.user)
    said = take_back(request, request.user, task, "comment") or QueryDict()
    context = {
        "draft": draft,
        "others": others(place.url("task", task.pk), request.user, task, draft),
        "left": begun(request, task, left).typed if left else [],
        "questions": _questions(task, history),
        "comment": said.get("comment", ""),
        "comment_id": submission_id(said.get("submission", "")),
        "receipt": receipt(task, request.user.pk),
        "longest_comment": queries.LONGEST_COMMENT,
        "task": task,
        "answer": answer,
        "place": place.view,
        "list": tasks,
        "next_url": place.url("next", at=tasks.here),
        "decision": decision,
        "gone_on": queries.why_not_reopened(task) if answer.is_kept_from_reopening else "",
        "correct_url": place.url("comment", task.pk, correct="1"),
        "facts": visible_facts(task, request.user),
        "drawing": picture_of(task.instance),
        "history": history[::-1],
        "urls": {name: place.url(name, task.pk) for name in ACTIONS},
        **more,
    }
    return render(request, "tasks_ui/task.html", context, status=status)


def begun(request: SignedInRequest, task: HumanTask, draft: Draft | None) -> Decision:
    """Give the form of a task as this person has left it, or as it begins."""
    return Decision(
        task,
        request.user,
        post_of(draft) if draft else None,
        preview_url=Place.of(request).url("task_preview", task.pk),
        is_preview=draft is not None,
    )


def _questions(task: HumanTask, history: list[queries.HistoryLine]) -> list[Question]:
    """Give what was asked about the task; nothing is read where nothing was asked."""
    if not any(line.kind == "task.info_requested" and line.path == task.step for line in history):
        return []
    return list(task.questions.select_related("asked_by", "asked_of"))


def tell(
    request: SignedInRequest, conflict: str, typed: Sequence[Fact], *, status: int, at: str = ""
) -> HttpResponse:
    """Say who was first to somebody who can no longer see the task, and nothing else about it."""
    place = Place.of(request)
    context = {
        "list": task_list(request.user, place),
        "place": place.view,
        "conflict": conflict,
        "typed": typed,
        "is_news": status == HTTPStatus.GONE,
        "next_url": place.url("next", at=at),
    }
    return render(request, "tasks_ui/conflict.html", context, status=status)


def changes(instance: WorkflowInstance, difference: Mapping[str, tuple[Any, Any]]) -> list[Change]:
    """Give the difference between what the reviewer saw and what is, in words."""
    meanings = meanings_of(instance, {name: now for name, (_seen, now) in difference.items()})
    return [
        Change(
            label=title_of(name, meanings.get(name)),
            before=in_one_line(seen, meanings.get(name)),
            now=in_one_line(now, meanings.get(name)),
        )
        for name, (seen, now) in difference.items()
    ]
