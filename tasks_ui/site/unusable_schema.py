"""What is shown where the schema of a form is one that this release refuses."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from workflows.schemas import UnusableSchema

logger = logging.getLogger("tasks_ui")


class UnusableForms:
    """Answers with a page in words where a form cannot be made: nothing is at fault but its schema.

    The definition's authors are told by `manage.py check`. A task can still meet such a schema,
    when its code was deployed without that, or was checked by an older release.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Say what is wrong with the schema; leave every other exception alone."""
        if not isinstance(exception, UnusableSchema):
            return None
        logger.error("The form at %s cannot be made: %s", request.path, exception)
        return _page(request, exception)


def _page(request: HttpRequest, error: UnusableSchema) -> HttpResponse:
    text = _("The form is described in a way that cannot be used here. %(reason)s") % {
        "reason": error
    }
    rest = _("Nothing was changed. Tell an administrator, who can have it mended.")
    context = {
        "status": 409,
        "title": _("This form cannot be shown"),
        "text": f"{text} {rest}",
    }
    return render(request, "tasks_ui/error.html", context, status=409)
