"""What can be started, and the form that starts it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tasks_ui.http import SignedInRequest
from tasks_ui.previews import answer_preview
from tasks_ui.receipts import submission_id
from tasks_ui.schema_form import SchemaForm
from tasks_ui.uploads import Uploads
from workflows import WorkflowDefinition, engine
from workflows.exceptions import DuplicateKey, InvalidSubmission, UnknownWorkflow


@require_safe
def catalogue(request: SignedInRequest) -> HttpResponse:
    """Show the workflows that this person may start."""
    context = {"workflows": engine.startable(request.user), "place": "start"}
    return render(request, "tasks_ui/catalogue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedInRequest, workflow: str) -> HttpResponse:
    """Show the start form, or start the workflow with what was filled in."""
    definition = _startable(request, workflow)
    uploads = _uploads(request)
    form = _form(request, definition, uploads)
    if request.method != "POST":
        answer = _page(request, definition, form, uploads)
    elif form is None or form.is_valid():
        answer = _start(request, definition, form, uploads)
    else:
        answer = _page(request, definition, form, uploads, status=422)
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def start_preview(request: SignedInRequest, workflow: str) -> HttpResponse:
    """Show the start form as it would be after an answer, or after a button that adds to it."""
    definition = _startable(request, workflow)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("start", args=[workflow]))
    uploads = _uploads(request)
    form = _form(request, definition, uploads, is_preview=True)
    return answer_preview(request, form, lambda: _page(request, definition, form, uploads))


def _uploads(request: SignedInRequest) -> Uploads:
    submission = submission_id(request.POST.get("submission", ""))
    return Uploads(request.user, submission, request.FILES)


def _form(
    request: SignedInRequest,
    definition: WorkflowDefinition,
    uploads: Uploads,
    *,
    is_preview: bool = False,
) -> SchemaForm | None:
    if not definition.start_schema:
        return None
    return SchemaForm(
        definition.start_schema,
        definition.start_ui_schema,
        post=request.POST if request.method == "POST" else None,
        preview=is_preview,
        preview_url=reverse("start_preview", args=[definition.name]),
        uploads=uploads,
    )


def _startable(request: SignedInRequest, workflow: str) -> WorkflowDefinition:
    try:
        definition = engine.get_definition(workflow)
    except UnknownWorkflow:
        raise Http404 from None
    if not engine.may_start(request.user, definition):
        raise PermissionDenied(_("You may not start this workflow."))
    return definition


def _start(
    request: SignedInRequest,
    definition: WorkflowDefinition,
    form: SchemaForm | None,
    uploads: Uploads,
) -> HttpResponse:
    # The same form sent twice starts once; the person is part of the key, so that nobody is led
    # to what another started.
    key = f"form:{request.user.pk}:{uploads.token}"
    data = form.data if form else {}
    try:
        instance = engine.start_workflow(
            definition.name, initial_data=data, user=request.user, key=key
        )
    except InvalidSubmission as error:
        problem = _add_errors(form, error)
        answer = _page(request, definition, form, uploads, status=422, problem=problem)
    except DuplicateKey:
        problem = _("This form was sent before, with other values. Send it again to start another.")
        # What was refused as a repetition gets a new id; everything else keeps the one it has.
        uploads.token = submission_id("")
        answer = _page(request, definition, form, uploads, status=409, problem=problem)
    else:
        messages.success(request, _("Your request is on its way."))
        answer = HttpResponseRedirect(reverse("request", args=[instance.pk]))
    return answer


def _add_errors(form: SchemaForm | None, error: InvalidSubmission) -> str:
    if form is None:
        return str(error)
    form.add_errors(error.errors)
    return ""


def _page(
    request: SignedInRequest,
    definition: WorkflowDefinition,
    form: SchemaForm | None,
    uploads: Uploads,
    *,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    context: dict[str, Any] = {
        "workflow": definition,
        "form": form,
        "problem": problem,
        "submission": uploads.token,
        "place": "start",
    }
    return render(request, "tasks_ui/start.html", context, status=status)
