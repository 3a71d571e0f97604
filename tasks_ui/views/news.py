"""Whether what somebody looks at has changed: a list, a task, numbers."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from tasks_ui.lists.list_state import VIEWS
from tasks_ui.polling import list_news as news
from tasks_ui.polling.task_news import asked, bar
from workflows.engine import queries


@login_not_required  # The question is signed: looking for the person would cost two statements.
@require_safe
def list_news(request: HttpRequest, view: str) -> HttpResponse:
    """Answer 204 as long as nothing has changed, or a bar that says what has."""
    if view not in VIEWS:
        raise Http404
    answered = news.answer(request, view)
    if answered is None:
        return HttpResponse(status=403)
    found, language = answered
    if not found.new and not found.gone:
        return HttpResponse(status=204)
    with translation.override(language):
        return HttpResponse(render_to_string("tasks_ui/_news.html", {"news": found}))


@login_not_required
@require_safe
def task_news(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Answer 204 as long as nobody else has touched the task, or a bar that says what they did."""
    question = asked(request, task_id)
    if question is None:
        return HttpResponse(status=403)
    events = queries.events_since(question.opened)
    if not events:
        return HttpResponse(status=204)
    # Only now is it looked up who asks: somebody whose session has ended is told nothing.
    if request.user.pk != question.opened.user_id:
        return HttpResponse(status=403)
    with question.as_reader():
        told = bar(request, question, events)
        if told is None:
            return HttpResponse(status=204)
        return HttpResponse(render_to_string("tasks_ui/_task_news.html", {"news": told}))


@login_not_required
@require_safe
def count_news(request: HttpRequest) -> HttpResponse:
    """Answer 204 as long as the numbers in the navigation are right, or the right ones."""
    answered = news.counts_answer(request)
    if answered is None:
        return HttpResponse(status=403)
    counts, url, language = answered
    if url == request.get_full_path():
        return HttpResponse(status=204)
    with translation.override(language):
        context = {"counts": counts, "url": url}
        return HttpResponse(render_to_string("components/_counts.html", context))
