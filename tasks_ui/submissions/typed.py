"""What a person typed into a form: told apart from what the page put there, and posted again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.http import QueryDict

from tasks_ui.schema_form.posted.field_names import ANEW, FILE, UNSEEN
from tasks_ui.schema_form.posted.reader import showable
from tasks_ui.schema_form.posted.which_form import FORM

UNREAD: Final = "unread"
"""Posted beside fields that a browser cannot read yet; they come as they were before."""

WHENCE: Final = ("draft", "tab", "turn")
"""Which draft a form goes on from, and which tab of the browser has sent it for the which time."""

NOT_TYPED: Final = frozenset(
    {
        *("csrfmiddlewaretoken", "revision", "receipt", "at", "outcome", "show", "look", "x", "j"),
        *WHENCE,
        FORM,
        ANEW,
        UNREAD,
    }
)
NOT_KEPT: Final = (f"{FILE}/", f"{UNSEEN}/")


def typed_in(post: QueryDict) -> dict[str, list[str]]:
    """Give the texts that a person typed into a form, without what the page put there.

    Secrets are not kept, and characters that no database stores are replaced.
    """
    return {
        showable(name): [showable(text) for text in texts]
        for name, texts in post.lists()
        if name not in NOT_TYPED and not name.startswith(NOT_KEPT)
    }


def as_post(fields: Mapping[str, Sequence[str]]) -> QueryDict:
    """Give texts as the form would post them, to be shown anew."""
    post = QueryDict(mutable=True)
    for name, texts in fields.items():
        post.setlist(name, [*texts])
    post[ANEW] = "1"
    return post
