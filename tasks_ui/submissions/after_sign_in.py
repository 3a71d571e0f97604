"""What somebody sends after their session has ended: it waits in the browser's own session.

It is only theirs: the receipt that each form carries says whom it was shown to. Files that had
arrived before are named in it; those that come now are nobody's, and have to be chosen again.
"""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, QueryDict
from django.urls import ResolverMatch
from django.utils.translation import gettext as _

from tasks_ui.schema_form.posted.which_form import FORM
from tasks_ui.submissions.form_token import MANY, Subject, form_of, is_receipt
from tasks_ui.submissions.typed import WHENCE, as_post, typed_in

KEPT: Final = "sent_while_signed_out"
IN_VAIN: Final = "sent_in_vain"
FORMS: Final = frozenset(
    {"decide", "draft", "task_preview", "start", "start_draft", "start_preview"}
)
"""Addresses that the form of a task or the start form of a workflow is sent to."""

VERBS: Final = frozenset(
    {
        *("hand_over", "take_over", "ask", "answer", "comment"),
        *("reopen", "retry", "override", "withdraw", "bulk"),
    }
)
"""What else is done to a task, to many or to a request with words of one's own."""

LARGEST: Final = 200_000
"""Characters of all that one session keeps: the oldest goes first."""


def keep_while_signed_out(request: HttpRequest) -> None:
    """Keep what somebody sends, for when they have signed in again."""
    match = request.resolver_match
    if request.method != "POST" or match is None:
        return
    request.session[IN_VAIN] = True
    form = _form_at(match)
    if not form:
        return
    sent = {
        "receipt": request.POST.get("receipt", ""),
        "fields": typed_in(request.POST),
        "form": request.POST.getlist(FORM),
        "had_files": bool(request.FILES),
        "whence": {name: request.POST[name] for name in WHENCE if name in request.POST},
    }
    kept = request.session.get(KEPT, {})
    kept.pop(form, None)
    kept[form] = sent
    while sum(_size(one["fields"]) for one in kept.values()) > LARGEST:
        del kept[next(iter(kept))]
    request.session[KEPT] = kept


def was_in_vain(request: HttpRequest) -> bool:
    """Whether something was sent after the session had ended, of which nothing is recorded."""
    return IN_VAIN in request.session


def tell_in_vain(request: HttpRequest) -> None:
    """Say on the page that one comes back to that nothing is recorded of what was sent."""
    if request.session.pop(IN_VAIN, False):
        said = _("Nothing has been recorded yet: your session had ended. Look at it and send it.")
        messages.warning(request, said)


def take_back(request: HttpRequest, user: User, of: Subject, verb: str = "") -> QueryDict | None:
    """Give what this person sent from a form while they were signed out, and forget it.

    Without a verb it is the own form of the task, or of the workflow that is to be started.
    """
    kept = request.session.get(KEPT, {}).pop(_named(form_of(of), verb), None)
    if kept is None:
        return None
    request.session.modified = True
    if not is_receipt(kept["receipt"], of, user.pk):
        return None
    if kept["had_files"]:
        messages.warning(request, _("The file did not arrive. Choose it again."))
    # What was kept by a release before has no form.
    sent = as_post({**kept["fields"], FORM: kept.get("form", [])})
    sent.update(kept.get("whence", {}))
    return sent


def _form_at(match: ResolverMatch) -> str:
    """Name the form that is sent to an address; "" where nobody types anything."""
    given = match.kwargs
    one = given.get("task_id") or given.get("instance_id")
    of = str(one or form_of(given.get("workflow", MANY)))
    if match.url_name in FORMS:
        return of
    return _named(of, match.url_name) if match.url_name in VERBS else ""


def _named(of: str, verb: str) -> str:
    return f"{verb}/{of}" if verb else of


def _size(fields: dict[str, list[str]]) -> int:
    return sum(len(text) for name in fields for text in (name, *fields[name]))
