"""Why somebody sees a task, who can act on it, and why they cannot."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tasks_ui.lists.list_state import Place
from tasks_ui.lists.page import task_list
from tasks_ui.request import SignedInRequest
from tasks_ui.tasks.page import access_or_404, find_task
from workflows.engine import queries


@require_safe
def people(request: SignedInRequest, task_id: UUID) -> HttpResponse:
    """Name everybody who has to do with the decision, to whoever sees the task."""
    task = find_task(task_id)
    place = Place.of(request)
    context = {
        "task": task,
        "answer": access_or_404(request, task),
        "actors": queries.actors_of(task),
        "question": queries.open_question(task),
        "list": task_list(request.user, place, current=task),
        "place": place.view,
        "back": place.url("task", task.pk),
    }
    return render(request, "tasks_ui/people.html", context)
