"""What a part of a form is called: as its author says, or after its name or its place."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from tasks_ui.schema_form.schema.hints import Hints
from tasks_ui.schema_form.schema.resolved import NAMING, Outlook


def title_of(hints: Hints) -> str:
    """Give the author's title, be it of the type referred to; empty where there is none."""
    title = hints.get("title", hints.keywords.get("title"))
    return title if isinstance(title, str) else ""


def description_of(hints: Hints) -> str:
    """Give the author's explanation; empty where there is none."""
    text = hints.get("description", hints.keywords.get("description"))
    return text if isinstance(text, str) else ""


def own_title(outlook: Outlook, hints: Hints) -> str:
    """Give the title that stands with the field itself: fields of one type have each their own."""
    own = {
        name: value
        for name, value in outlook.keywords.items()
        if name in NAMING and name not in outlook.of_type
    }
    return title_of(Hints(hints.ui_schema, own))


def label_of(name: str, outlook: Outlook, hints: Hints) -> str:
    """Give what a property is called: the title of its own, or else its name in words."""
    return own_title(outlook, hints) or in_words(name)


def in_words(name: str) -> str:
    """Give the name of a property as people write it: `costCenter` is a cost center to them."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").strip()
    return (words[:1].upper() + words[1:]) or name.strip() or _("Value")


def numbered(label: str, at: int) -> str:
    """Give what the item at a place of a list is called."""
    return _("%(label)s %(number)s") % {"label": label, "number": at + 1}
