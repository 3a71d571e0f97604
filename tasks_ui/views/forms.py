"""The gallery of forms, for those who write workflows: fill one in and see what comes of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from tasks_ui.gallery import Example, examples
from tasks_ui.gallery.own import OwnSchema
from tasks_ui.request import SignedInRequest
from tasks_ui.schema_form import SchemaForm
from tasks_ui.submissions.form_token import submission_id
from tasks_ui.submissions.previews import answer_preview
from tasks_ui.submissions.uploads import Uploads

View = Callable[..., HttpResponse]


def for_developers(view: View) -> View:
    """Answer only staff, and everybody while the site is being developed; others find nothing."""

    @wraps(view)
    def answer(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (settings.DEBUG or request.user.is_staff):
            raise Http404
        return view(request, *args, **kwargs)

    return answer


@for_developers
@require_safe
def gallery(request: SignedInRequest) -> HttpResponse:
    """List the examples, or those that use a keyword."""
    wanted = request.GET.get("keyword", "").strip()[:100]
    shown = [one for one in examples().values() if not wanted or wanted in one.keywords]
    context = {
        "examples": shown,
        "keywords": sorted({word for one in examples().values() for word in one.keywords}),
        "keyword": wanted,
        "place": "forms",
    }
    return render(request, "tasks_ui/gallery.html", context)


@for_developers
@require_http_methods(["GET", "HEAD", "POST"])
def example(request: SignedInRequest, name: str) -> HttpResponse:
    """Show the form of an example, and what comes of it when it is sent."""
    found = _example(name)
    return _page(request, "tasks_ui/gallery_example.html", found, _form(request, found))


@for_developers
@require_http_methods(["GET", "HEAD", "POST"])
def example_preview(request: SignedInRequest, name: str) -> HttpResponse:
    """Show the form of an example as it would be."""
    found = _example(name)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("example_form", args=[name]))
    form = _form(request, found, is_preview=True)
    return answer_preview(
        request, form, lambda: _page(request, "tasks_ui/gallery_example.html", found, form)
    )


@for_developers
@require_http_methods(["GET", "HEAD", "POST"])
def own_schema(request: SignedInRequest) -> HttpResponse:
    """Show what becomes of a schema that somebody pastes here."""
    written = OwnSchema(request.POST if request.method == "POST" else None)
    if not written.is_valid():
        status = 422 if written.is_bound else 200
        context = {"written": written, "place": "forms"}
        return render(request, "tasks_ui/gallery_own.html", context, status=status)
    form = _form(request, written.example, is_first="filled" not in request.POST)
    return _page(request, "tasks_ui/gallery_own.html", written.example, form, written=written)


@for_developers
@require_http_methods(["GET", "HEAD", "POST"])
def own_preview(request: SignedInRequest) -> HttpResponse:
    """Show the form of a pasted schema as it would be."""
    written = OwnSchema(request.POST)
    if request.method != "POST" or not written.is_valid():
        return HttpResponseRedirect(reverse("own_form"))
    shown = written.example
    form = _form(request, shown, is_preview=True)
    return answer_preview(
        request,
        form,
        lambda: _page(request, "tasks_ui/gallery_own.html", shown, form, written=written),
    )


def _example(name: str) -> Example:
    found = examples().get(name)
    if found is None:
        raise Http404
    return found


def _form(
    request: SignedInRequest,
    shown: Example,
    *,
    is_preview: bool = False,
    is_first: bool = False,
) -> SchemaForm:
    """Give the form, filled in with what was posted, unless it is shown for the first time."""
    is_own = shown.name == "own"
    preview = reverse("own_preview") if is_own else reverse("example_preview", args=[shown.name])
    token = submission_id(request.POST.get("submission", ""))
    return SchemaForm(
        shown.schema,
        shown.ui_schema,
        stored=shown.data,
        post=request.POST if request.method == "POST" and not is_first else None,
        preview=is_preview,
        preview_url=preview,
        uploads=Uploads(request.user, token, request.FILES),
    )


def _page(
    request: SignedInRequest, template: str, shown: Example, form: SchemaForm, **more: Any
) -> HttpResponse:
    """Show the form with what came of it: the data when they fit, and else what is wrong."""
    is_refused = form.is_bound and not form.is_preview and not form.is_valid()
    context = {
        "example": shown,
        "form": form,
        "result": _pretty(form.data) if form.is_valid() else "",
        "schema_text": _pretty(shown.schema),
        "ui_schema_text": _pretty(shown.ui_schema) if shown.ui_schema else "",
        "submission": submission_id(request.POST.get("submission", "")),
        "place": "forms",
        **more,
    }
    return render(request, template, context, status=422 if is_refused else 200)


def _pretty(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
