"""Which form a post was made with, and what it still carries of another one.

A form may change while somebody has its page open. Its fingerprint stands in it twice, beside the
fields and beside the buttons, as fields are replaced alone: by whichever process answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.http import QueryDict

from tasks_ui.schema_form.posted.field_names import FORMER

FORM: Final = "fingerprint"
"""The name under which a form posts its fingerprint: `form` would hide what scripts call so."""


def lists_of(post: Mapping[str, Any]) -> dict[str, list[str]]:
    """Give all names with all their texts."""
    if isinstance(post, QueryDict):
        return {name: [str(text) for text in texts] for name, texts in post.lists()}
    return {
        name: [*map(str, texts)] if isinstance(texts, list) else [str(texts)]
        for name, texts in post.items()
    }


def is_made_with(post: Mapping[str, Any], fingerprint: str) -> bool:
    """Whether all that was posted belongs to this form."""
    return set(lists_of(post).get(FORM, ())) == {fingerprint}


def with_former(post: Mapping[str, Any]) -> dict[str, list[str]]:
    """Give the post with what it carries of fields that had gone, in case they are there again."""
    given = lists_of(post)
    former = {name for name in given if name.startswith(FORMER)}
    found = {name: texts for name, texts in given.items() if name not in former}
    for name in former:
        field = name.removeprefix(FORMER)
        found[field if not any(found.get(field, ())) else name] = given[name]
    return found
