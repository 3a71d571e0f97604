"""Looking at a form as it would be: the answer replaces the fields only, and nothing is kept."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tasks_ui.request import wants_fragment
from tasks_ui.schema_form import SchemaForm


def answer_preview(
    request: HttpRequest, form: SchemaForm | None, page: Callable[[], HttpResponse]
) -> HttpResponse:
    """Give the fields to htmx, and the whole page to everybody else.

    The headers say where the fields belong, as buttons of the form post here too, which put
    everything else in the place of the page. What was typed meanwhile stays: they are morphed.
    """
    if form is None or not wants_fragment(request):
        return page()
    answer = render(request, "components/_asked.html", {"form": form})
    # By the address, not by an id: meanwhile the page may have become that of another form.
    answer["HX-Retarget"] = f'[data-asked="{form.preview_url}"]'
    answer["HX-Reswap"] = "outerMorph show:none"
    answer["HX-Push-Url"] = "false"
    return answer
