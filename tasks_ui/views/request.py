"""One request: where it is, whom it waits for, and taking it back."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tasks_ui.display.diagram import picture_of
from tasks_ui.display.values import visible_facts
from tasks_ui.request import SignedInRequest
from tasks_ui.submissions.after_sign_in import take_back
from tasks_ui.submissions.form_token import receipt
from workflows import engine
from workflows.engine import queries
from workflows.exceptions import NotAllowed, WrongState
from workflows.models import HumanTask, WorkflowInstance

SHOWN: Final = 100
"""Requests started by one that are listed on its page."""


@require_safe
def request_page(request: SignedInRequest, instance_id: UUID) -> HttpResponse:
    """Show one request: where it is, whom it waits for, what happened."""
    instance = visible_request(request, instance_id)
    access = queries.instance_access(request.user, instance)
    sent = take_back(request, request.user, instance, "withdraw")
    context = {
        **_progress(request, instance),
        "access": access,
        "place": "requests",
        "reason": sent and sent.get("reason"),
        "receipt": receipt(instance, request.user.pk),
    }
    return render(request, "tasks_ui/request.html", context)


@require_safe
def progress(request: SignedInRequest, instance_id: UUID) -> HttpResponse:
    """Give the part of the page that moves, or nothing when it has not moved since.

    Asked every few seconds: it takes no messages, and it is no reason to stay signed in.
    """
    instance = visible_request(request, instance_id)
    if request.GET.get("revision") == str(instance.revision):
        answer = HttpResponse(status=204)
    else:
        answer = render(request, "tasks_ui/_progress.html", _progress(request, instance))
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, instance_id: UUID) -> HttpResponse:
    """Cancel a request, for its requester or an administrator."""
    instance = visible_request(request, instance_id)
    if request.method == "POST":
        try:
            reason = request.POST.get("reason", "").replace("\x00", "").strip()[:500]
            engine.cancel_workflow(instance, reason=reason, user=request.user)
            messages.success(request, _("The request is withdrawn."))
        except (NotAllowed, WrongState) as error:
            messages.error(request, str(error))
    return HttpResponseRedirect(reverse("request", args=[instance.pk]))


def visible_request(request: SignedInRequest, instance_id: UUID) -> WorkflowInstance:
    """Give a request that this person may see; others do not exist for them."""
    visible = queries.visible_instances(request.user).select_related("definition", "started_by")
    return get_object_or_404(visible, pk=instance_id)


def _progress(request: SignedInRequest, instance: WorkflowInstance) -> dict[str, Any]:
    return {
        "instance": instance,
        "facts": visible_facts(instance, request.user),
        "drawing": picture_of(instance),
        "history": queries.history(instance, request.user)[::-1],
        "family": _family(request, instance),
        "waiting_for": _waiting_for(instance),
    }


def _waiting_for(instance: WorkflowInstance) -> list[HumanTask]:
    tasks = HumanTask.objects.open().filter(instance=instance).select_related("assignee")
    # As their executions were begun: items in their order.
    found = tasks.order_by("execution_id")
    for task in found:
        task.instance = instance
    return queries.name_tasks(found)


def _family(request: SignedInRequest, instance: WorkflowInstance) -> dict[str, Any]:
    """Give the request that has started this one, and those that it has started, as far as seen."""
    seen = queries.visible_instances(request.user).select_related("definition")
    return {
        "parent": seen.filter(executions=instance.parent_id).first()
        if instance.parent_id
        else None,
        "children": seen.filter(parent__instance=instance).order_by("pk")[:SHOWN],
    }
