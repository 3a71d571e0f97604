"""What a value is in words, where it is shown and cannot be changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from tasks_ui.schema_form.controls.base import as_text
from tasks_ui.schema_form.posted.absent import Absent
from tasks_ui.schema_form.schema.hints import Hints
from tasks_ui.schema_form.schema.options import label_of, options_of
from workflows.schemas import is_date, is_moment, number_text
from workflows.values import moments


def in_words(value: Any, keywords: Mapping[str, Any], hints: Hints) -> str:
    """Give the words: an author's own name of the value first, and dates as they are written here.

    Lists of plain values stand in one line; what has parts is shown as JSON.
    """
    options = options_of(keywords, hints)
    option = options.of_value(value) if options else None
    if option is not None:
        return option.label
    match value:
        case None | "" | Absent.ABSENT:
            words = "–"
        case str():
            words = _moment(value, keywords.get("format"))
        case list() if all(not isinstance(item, dict | list) for item in value):
            items = keywords.get("items")
            inner = items if isinstance(items, dict) else {}
            inside = Hints(hints.inside("items"), inner)
            words = ", ".join(in_words(item, inner, inside) for item in value) or _("None")
        case bool():
            words = label_of(value)
        case int() | float():
            words = number_text(value)
        case _:
            words = as_text(value)
    return words


def _moment(text: str, named: Any) -> str:
    """Give a day or a moment, in the person's zone, as people here write it."""
    if named == "date" and is_date(text):
        return formats.date_format(date.fromisoformat(text))
    if named == "date-time" and is_moment(text):
        try:
            return moments.with_zone(datetime.fromisoformat(text.upper()))
        except (ValueError, OverflowError):
            return text
    return text
