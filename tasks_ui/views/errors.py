"""What is shown when a request cannot be answered: in words, with a way on, and nothing lost."""

from __future__ import annotations

import sys
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, UnreadablePostError
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from tasks_ui.middleware import to_sign_in
from tasks_ui.request import NothingHere, came_from_this_site, page_of, wants_fragment
from tasks_ui.submissions.form_token import submission_id
from tasks_ui.submissions.uploads import Uploads

# What is never written into a page again, not even hidden.
SECRET_FIELDS = ("password", "csrfmiddlewaretoken")
COMES_BACK_IN = "5"
"""Seconds after which to ask again during an outage of the database."""

OUTAGES = (InterfaceError, InternalError, OperationalError)
HEARD_OUT = 250_000_000
CHUNK = 65_536
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what makes no sense, or is too much."""
    if isinstance(exception, TOO_LARGE):
        _hear_out(request)
        answer = _page(request, 413, _("That is too much"), _too_much(exception))
    else:
        answer = _page(
            request,
            400,
            _("That did not make sense"),
            _("The request could not be understood. Go back, reload the page and try again."),
        )
    return answer


def _too_much(exception: Exception) -> str:
    """Say what there was too much of, how much there may be, and that nothing was kept."""
    match exception:
        case TooManyFieldsSent():
            most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
            said = _("The form has more than %d fields.") % most
        case TooManyFilesSent():
            most = settings.DATA_UPLOAD_MAX_NUMBER_FILES
            said = _("More than %d files were sent at once.") % most
        case _:
            said = _("What was sent is larger than this site accepts.")
    return said + " " + _("Nothing of it was kept. Go back, shorten it and try again.")


def _hear_out(request: HttpRequest) -> None:
    """Read what is still on its way: a browser reads no answer before it has sent everything."""
    left = HEARD_OUT
    try:
        while left > 0 and (chunk := request.read(CHUNK)):
            left -= len(chunk)
    except UnreadablePostError:
        # Nobody is there any more to read the answer.
        return


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this person may not, and why when the reason is known."""
    reason = str(exception) or _("Your account does not have the permission for this.")
    return _page(request, 403, _("You may not do this"), reason)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing, which is also the answer for what this person may not see."""
    if isinstance(exception, NothingHere):
        text = str(exception)
    else:
        text = _("The address is wrong, or the page is not one that you may see.")
    return _page(request, 404, _("There is nothing here"), text)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault; asks nothing of the database, which may be the reason.

    Where it is, whatever was sent either counts whole or not at all, and can be sent again.
    """
    is_outage = isinstance(sys.exc_info()[1], OUTAGES)
    status = 503 if is_outage else 500
    template = "tasks_ui/server_error.html" if wants_fragment(request) else "500.html"
    context = {
        "page": page_of(request),
        "status": status,
        "is_outage": is_outage,
        "was_sent": request.method not in {"GET", "HEAD"},
    }
    answer = HttpResponse(render_to_string(template, context), status=status)
    if is_outage:
        answer["Retry-After"] = COMES_BACK_IN
    return answer


@sensitive_post_parameters()
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Give an old tab its form back, filled and with a fresh token.

    Signing in renews the token, so that pages opened before have one that no longer fits. Only what
    one of our own pages sent is given back: otherwise a stranger's page could fill in forms here.
    """
    if not came_from_this_site(request):
        answer: HttpResponseBase = _page(
            request,
            403,
            _("This came from somewhere else"),
            _("Open the page here and send the form again. Your browser must allow cookies."),
        )
    elif request.path == reverse("login"):
        answer = HttpResponseRedirect(request.get_full_path())
    elif not request.user.is_authenticated:
        answer = to_sign_in(request)
    else:
        answer = _send_again(request)
    return answer


def _send_again(request: HttpRequest) -> HttpResponse:
    get_token(request)
    # What was uploaded is kept under the form that it came with, as after any other mistake.
    submission = submission_id(request.POST.get("submission", ""))
    uploads = Uploads(cast("User", request.user), submission, request.FILES, str)
    post = uploads.with_files(request.POST)
    fields = [
        (name, value)
        for name in post
        if not any(secret in name for secret in SECRET_FIELDS)
        for value in post[name]
    ]
    return render(
        request,
        "tasks_ui/send_again.html",
        {"fields": fields, "page": page_of(request)},
        status=403,
    )


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    context: dict[str, Any] = {"status": status, "title": title, "text": text}
    return render(request, "tasks_ui/error.html", context, status=status)
