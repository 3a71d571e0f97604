"""What people call an item of a group that repeats: a few words, never all that is known of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from workflows.engine.work.texts import fill_in
from workflows.schemas import SECRET
from workflows.values.data_urls import FileReference, is_data_url

LONGEST: Final = 60
LISTED: Final = 3
"""So many things of an item that is a list are named."""

NAMING: Final = (
    *("name", "title", "label", "full_name", "display_name", "subject", "summary"),
    *("reference", "number", "code", "key", "username", "email", "slug", "id", "uuid"),
)
"""What an object is called by, the best first; where it has none of them, by its first text."""

SECRET_NAME: Final = re.compile(
    r"pass(word|phrase|code)|secret|token|credential|(api|private|access)_?key|(^|_)(pin|cvc|cvv)($|_)",
    re.IGNORECASE,
)
DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})")
TURNING: Final = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that would turn the words around them."""


def label_of(item: Any, template: str = "", order: Sequence[str] = ()) -> str:
    """Give an item's label on one line; empty where it has nothing to be called by.

    `template` is the author's own, a format string over the properties of the item; `order` is the
    order of these in the schema, where that is known.
    """
    if not isinstance(item, dict):
        return shortened(_text(item))
    told = _without_secrets(item)
    known = [name for name in dict.fromkeys(order) if name in told]
    ordered = {name: told[name] for name in (*known, *sorted(told.keys() - {*known}))}
    return shortened((template and fill_in(template, ordered)) or _name_of(ordered))


def shortened(text: str, longest: int = LONGEST) -> str:
    """Give a text on one line, cut with an ellipsis where it is longer."""
    kept = (" " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char for char in text)
    line = " ".join("".join(char for char in kept if char not in TURNING).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _text(item: Any) -> str:
    match item:
        case None:
            text = ""
        case bool():
            text = _("Yes") if item else _("No")
        case str():
            text = _read(item)
        case dict():
            text = label_of(item)
        case list():
            named = [found for one in item[:LISTED] if (found := _text(one))]
            text = ", ".join(named) + (", …" if named and len(item) > LISTED else "")
        case _:
            text = str(item)
    return text


def _read(text: str) -> str:
    """Give a text as people write it: a date, a moment, the name of a file."""
    try:
        if text.startswith("data:") and is_data_url(text):
            file = FileReference.of(text)
            text = file.name if file else ""
        elif DATE.fullmatch(text):
            text = date_format(date.fromisoformat(text), "DATE_FORMAT")
        elif MOMENT.fullmatch(text):
            moment = datetime.fromisoformat(text).astimezone(get_default_timezone())
            text = f"{date_format(moment, 'DATETIME_FORMAT')} {moment.tzname()}"
    except (ValueError, OverflowError):
        # It looks like a date and is none: then it is only text.
        return text
    return text


def _name_of(item: Mapping[str, Any]) -> str:
    """Give what an object is called by: a property that names it, else its first text or number."""
    told = {name: value for name, value in item.items() if _is_plain(value)}
    by_name = {name.casefold(): value for name, value in told.items()}
    naming = [by_name[name] for name in NAMING if name in by_name]
    texts = [value for value in told.values() if isinstance(value, str)]
    return next((_text(value) for value in (*naming, *texts, *told.values())), "")


def _is_plain(value: Any) -> bool:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return is_number or (isinstance(value, str) and bool(value.strip()))


def _without_secrets(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in item.items()
        if value != SECRET and not SECRET_NAME.search(name)
    }
