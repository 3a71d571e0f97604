"""What can be done with a task beside deciding it, each on a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tasks_ui.lists.list_state import Place
from tasks_ui.lists.page import task_list
from tasks_ui.request import SignedInRequest
from tasks_ui.submissions.after_sign_in import take_back
from tasks_ui.submissions.form_token import receipt
from tasks_ui.tasks import action_forms
from tasks_ui.tasks.page import access_or_404, find_task
from workflows import engine
from workflows.engine import queries
from workflows.exceptions import InvalidSubmission, NotAllowed, WrongState
from workflows.models import HumanTask, Question

Action = Callable[[SignedInRequest, UUID], HttpResponse]

LOOK: Final = "look"
"""The name of a button that only brings what was typed to the verb's own page."""


CORRECT: Final = "correct"
"""In the address of a comment, that it asks whoever decided to correct that."""


@dataclass(frozen=True, kw_only=True)
class Verb:
    """One thing to do: the words of its page, its form, and what it calls.

    Attributes:
        may: the name of the property of TaskAnswer that allows it.
        leaves: whether the task is done with for now, so that the list comes next.
    """

    name: str
    title: str | Promise
    explanation: str | Promise
    button: str | Promise
    done: str | Promise
    form: type[action_forms.VerbForm]
    may: str
    act: Callable[[HumanTask, Any, Any], Any]
    leaves: bool = False


def page(verb: Verb) -> Action:
    """Give the view that shows the verb's form, and does it."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: SignedInRequest, task_id: UUID) -> HttpResponse:
        task = find_task(task_id)
        answer = access_or_404(request, task)
        is_posted = request.method == "POST"
        sent = None if is_posted else take_back(request, request.user, task, verb.name)
        refusal = "" if is_posted or getattr(answer, verb.may) else _why_not(verb, task, answer)
        if refusal and sent is None:
            messages.error(request, refusal)
            return HttpResponseRedirect(Place.of(request).url("task", task.pk))
        posted = request.POST if is_posted and LOOK not in request.POST else None
        initial = (sent or request.POST).dict() or _begun(request, verb, task)
        form = verb.form(posted, initial=initial, task=task, user=request.user)
        if posted is None:
            return _show(request, verb, task, form, conflict=refusal)
        if not form.is_valid():
            return _show(request, verb, task, form, status=422)
        return _do(request, verb, task, form)

    return view


def _begun(request: SignedInRequest, verb: Verb, task: HumanTask) -> dict[str, str]:
    """Give what stands in the form at first: whom somebody asks to correct a decision."""
    if verb.name != "comment" or CORRECT not in request.GET or task.decided_by is None:
        return {}
    return {"comment": f"@{task.decided_by.get_username()} "}


def _why_not(verb: Verb, task: HumanTask, answer: queries.TaskAnswer) -> str:
    if verb.name == "reopen" and answer.is_kept_from_reopening:
        return queries.why_not_reopened(task)
    return answer.why_not or str(_("You may not do that with this task."))


def _do(
    request: SignedInRequest, verb: Verb, task: HumanTask, form: action_forms.VerbForm
) -> HttpResponse:
    place = Place.of(request)
    try:
        verb.act(task, request.user, form)
    except InvalidSubmission as error:
        form.add_error(None, error.sentences)
        return _show(request, verb, task, form, status=422)
    except NotAllowed as error:
        return _show(request, verb, task, form, status=403, conflict=error.reason)
    except WrongState as error:
        return _show(request, verb, task, form, status=409, conflict=str(error))
    messages.success(request, str(verb.done))
    return HttpResponseRedirect(place.list_url if verb.leaves else place.url("task", task.pk))


def _show(
    request: SignedInRequest,
    verb: Verb,
    task: HumanTask,
    form: action_forms.VerbForm,
    *,
    status: int = 200,
    conflict: str = "",
) -> HttpResponse:
    """Show the form; what was typed stays, also where somebody else was first."""
    place = Place.of(request)
    context = {
        "verb": verb,
        "task": task,
        "form": form,
        "conflict": conflict,
        "list": task_list(request.user, place, current=task),
        "place": place.view,
        "back": place.url("task", task.pk),
        "questions": _open_questions(verb, task),
        "action": place.url(verb.name, task.pk),
        "receipt": receipt(task, request.user.pk),
    }
    return render(request, "tasks_ui/verb.html", context, status=status)


def _open_questions(verb: Verb, task: HumanTask) -> list[Question]:
    """Give the question that is to be answered."""
    found = queries.open_question(task) if verb.name == "answer" else None
    return [found] if found is not None else []


def _retry(task: HumanTask, user: Any, form: Any) -> None:
    """Go back to the task's step, once: the engine would, from anywhere and again."""
    answer = queries.task_access(user, task)
    if not answer.may_retry:
        raise NotAllowed(_why_not(RETRY, task, answer))
    engine.retry(
        task.instance_id, from_step=task.step, user=user, reason=form.cleaned_data["reason"]
    )


HAND_OVER = Verb(
    name="hand_over",
    title=_("Hand over"),
    explanation=_("The task goes to them, and does not come back to you by itself."),
    button=_("Hand over"),
    done=_("The task is handed over."),
    form=action_forms.HandOver,
    may="may_reassign",
    act=lambda task, user, form: engine.reassign(
        task, to=form.cleaned_data["to"], user=user, reason=form.cleaned_data["reason"]
    ),
    leaves=True,
)
TAKE_OVER = Verb(
    name="take_over",
    title=_("Take over"),
    explanation=_("The task becomes yours; whoever has it now is told so when they come to it."),
    button=_("Take over"),
    done=_("The task is yours."),
    form=action_forms.TakeOver,
    may="may_take_over",
    act=lambda task, user, form: engine.take_over(
        task, user=user, reason=form.cleaned_data["reason"]
    ),
)
ASK = Verb(
    name="ask",
    title=_("Ask somebody"),
    explanation=_("The task waits for the answer, and comes back to you with it."),
    button=_("Ask"),
    done=_("Your question is on its way."),
    form=action_forms.Ask,
    may="may_ask",
    act=lambda task, user, form: engine.ask(
        task, user=user, of=form.cleaned_data["of"], question=form.cleaned_data["question"]
    ),
)
ANSWER = Verb(
    name="answer",
    title=_("Answer"),
    explanation=_("Whoever has asked goes on with the task then."),
    button=_("Answer"),
    done=_("Your answer is on its way."),
    form=action_forms.Answer,
    may="may_answer",
    act=lambda task, user, form: engine.answer(task, user=user, text=form.cleaned_data["answer"]),
)
COMMENT = Verb(
    name="comment",
    title=_("Comment"),
    explanation=_("It becomes part of the history of this request."),
    button=_("Post"),
    done=_("Your comment is posted."),
    form=action_forms.Comment,
    may="may_see",
    act=lambda task, user, form: engine.comment(
        task, user=user, text=form.text, submission_id=form.cleaned_data["submission"]
    ),
)
SNOOZE = Verb(
    name="snooze",
    title=_("Put off"),
    explanation=_("It leaves your lists until then, or until there are news. Others still see it."),
    button=_("Put off"),
    done=_("The task is put off."),
    form=action_forms.Snooze,
    may="may_snooze",
    act=lambda task, user, form: engine.snooze(task, user=user, until=form.moment),
    leaves=True,
)
REOPEN = Verb(
    name="reopen",
    title=_("Reopen"),
    explanation=_("The decision is taken back, and the task is offered again."),
    button=_("Reopen"),
    done=_("The task is open again."),
    form=action_forms.Reopen,
    may="may_reopen",
    act=lambda task, user, form: engine.reopen(task, user=user, reason=form.cleaned_data["reason"]),
)
RETRY = Verb(
    name="retry",
    title=_("Retry from this step"),
    explanation=_(
        "The step asks anew, with the data as they are now, and the workflow goes on from there. "
        "Whatever is active in the request is cancelled; what it has done already stays done."
    ),
    button=_("Retry from this step"),
    done=_("The step asks anew."),
    form=action_forms.Retry,
    may="may_retry",
    act=_retry,
)
hand_over, take_over, ask, answer, comment, snooze, reopen, retry = map(
    page, (HAND_OVER, TAKE_OVER, ASK, ANSWER, COMMENT, SNOOZE, REOPEN, RETRY)
)
