"""What a part of a form is called: as its author says, or after its name or its place."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from tasks_ui.schema_form.schema.hints import Hints


def title_of(hints: Hints) -> str:
    """Give the author's title; empty where there is none."""
    title = hints.get("title", hints.keywords.get("title"))
    return title if isinstance(title, str) else ""


def description_of(hints: Hints) -> str:
    """Give the author's explanation; empty where there is none."""
    text = hints.get("description", hints.keywords.get("description"))
    return text if isinstance(text, str) else ""


def label_of(name: str, hints: Hints) -> str:
    """Give the author's title, or else the name in words."""
    return title_of(hints) or in_words(name)


def in_words(name: str) -> str:
    """Give the name of a property as people write it: `costCenter` is a cost center to them."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").strip()
    return (words[:1].upper() + words[1:]) or name.strip() or _("Value")


def numbered(label: str, at: int) -> str:
    """Give what the item at a place of a list is called."""
    return _("%(label)s %(number)s") % {"label": label, "number": at + 1}
