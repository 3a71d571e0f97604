"""Ask somebody about a task before deciding it: the question, its answer, and taking it back."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from workflows.engine.access import task_states
from workflows.engine.access.people import display_name
from workflows.engine.access.rows import stop_waiting, wait_for_answer
from workflows.engine.queries.find_task import find_task
from workflows.engine.tasks.change import change, changing, require
from workflows.engine.tasks.deadlines import lease_of, set_answer_by, set_lease
from workflows.engine.transitions.transition import Transition
from workflows.exceptions import InvalidSubmission, NotAllowed
from workflows.models.questions import Question
from workflows.models.tasks import HumanTask

LONGEST = 5000


def ask(task: Any, *, user: Any, of: Any, question: str, via: str = "web") -> HumanTask:
    """Ask an active person about a task, which waits meanwhile; what was ready is claimed.

    Raises InvalidSubmission without a question, and NotAllowed for somebody who cannot answer.
    """
    found = find_task(getattr(task, "pk", task))
    require(found, task_states.ASK, user)
    text = _words(question, "/question", _("Write what you want to know."))
    if of.pk == user.pk or not of.is_active:
        raise NotAllowed(_("%(name)s cannot be asked.") % {"name": display_name(of)})
    with changing(found, task_states.ASK, user) as transition:
        values: dict[str, Any] = {"assignee": user, "lease_until": None}
        if found.assignee_id is None:
            values["claimed_at"] = transition.at
        said = {"after": display_name(of), "question": text}
        change(transition, found, task_states.ASK, user=user, via=via, values=values, said=said)
        Question.objects.create(
            task=found, asked_by=user, asked_of=of, text=text, asked_at=transition.at
        )
        wait_for_answer(found, of.pk)
        set_answer_by(transition, found)
    return find_task(found.pk)


def answer(task: Any, *, user: Any, text: str, via: str = "web") -> HumanTask:
    """Answer the open question about a task, which goes back to whoever has asked."""
    found = find_task(getattr(task, "pk", task))
    require(found, task_states.ANSWER, user)
    words = _words(text, "/answer", _("Write an answer."))
    with changing(found, task_states.ANSWER, user) as transition:
        said = {"after": display_name(found.assignee), "answer": words}
        give_back(transition, found, task_states.ANSWER, user=user, via=via, said=said, text=words)
    return find_task(found.pk)


def recall(task: Any, *, user: Any, via: str = "web") -> HumanTask:
    """Take the open question about a task back, to decide without an answer."""
    found = find_task(getattr(task, "pk", task))
    require(found, task_states.RECALL, user)
    with changing(found, task_states.RECALL, user) as transition:
        give_back(transition, found, task_states.RECALL, user=user, via=via)
    return find_task(found.pk)


def give_back(
    transition: Transition,
    task: HumanTask,
    move: task_states.Move,
    *,
    user: Any = None,
    via: str = "",
    said: dict[str, Any] | None = None,
    text: str = "",
) -> None:
    """End the wait for an answer: the task is again with whoever has asked, with a new lease."""
    values = {"lease_until": lease_of(transition, task) if task.claimed_at else None}
    change(transition, task, move, user=user, via=via, values=values, said=said)
    answered = {"answer": text, "answered_at": transition.at} if text else {}
    Question.objects.filter(task=task, closed_at=None).update(closed_at=transition.at, **answered)
    stop_waiting(task)
    set_lease(transition, task)


def _words(text: str, pointer: str, missing: str) -> str:
    words = text.replace("\x00", "").strip()[:LONGEST]
    if not words:
        raise InvalidSubmission({pointer: [missing]})
    return words
