"""The values that a field offers, in every way that authors write them down."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tasks_ui.schema_form.hints import Hints


@dataclass(frozen=True)
class Option:
    """One value to choose: what it is, what it is called, and how it is posted."""

    value: Any
    label: str
    wire: str


def options_of(keywords: Mapping[str, Any], hints: Hints) -> list[Option] | None:
    """Give the options of a schema; None when it is not a choice.

    It reads `enum` with `enumNames` or `ui:enumNames`, and `oneOf` or `anyOf` of constants with
    titles.
    """
    if isinstance(keywords.get("enum"), list):
        values = keywords["enum"]
        names = _names(values, hints.get("enumNames", keywords.get("enumNames")))
    else:
        titled = _constants(keywords)
        if titled is None:
            return None
        values, names = [value for value, _name in titled], [name for _value, name in titled]
    plain = all(isinstance(value, str) for value in values)
    return [
        Option(value, name, value if plain else wire_text(value))
        for value, name in zip(values, names, strict=True)
    ]


def wire_text(value: Any) -> str:
    """Give a value as it is posted where not all options are texts."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def same(first: Any, second: Any) -> bool:
    """Whether two JSON values are the same: 1 is 1.0, and neither is true."""
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    return bool(first == second)


def label_of(value: Any) -> str:
    """Give what a value is called that nobody has given a name."""
    match value:
        case str():
            label = value or _("(empty)")
        case bool():
            label = _("Yes") if value else _("No")
        case None:
            label = _("None")
        case dict():
            named = value.get("title", value.get("name"))
            label = named if isinstance(named, str) else wire_text(value)
        case _:
            label = wire_text(value)
    return label


def _names(values: list[Any], given: Any) -> list[str]:
    if isinstance(given, list):
        known = dict(enumerate(given))
    elif isinstance(given, dict):
        known = {n: given.get(_key(value)) for n, value in enumerate(values)}
    else:
        known = {}
    return [
        label_of(value) if known.get(n) is None else str(known[n]) for n, value in enumerate(values)
    ]


def _key(value: Any) -> str:
    return value if isinstance(value, str) else wire_text(value)


def _constants(keywords: Mapping[str, Any]) -> list[tuple[Any, str]] | None:
    for name in ("oneOf", "anyOf"):
        parts = keywords.get(name)
        if isinstance(parts, list) and parts:
            found = [_constant(part) for part in parts]
            if all(found):
                return [pair for pair in found if pair]
    return None


def _constant(part: Any) -> tuple[Any, str] | None:
    if not isinstance(part, dict):
        return None
    listed = part.get("enum")
    if "const" in part:
        value = part["const"]
    elif isinstance(listed, list) and len(listed) == 1:
        value = listed[0]
    else:
        return None
    return value, str(part.get("title") or label_of(value))
