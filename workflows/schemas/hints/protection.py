"""Which values a form protects: shown and not to be changed, not shown at all, or never again."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Flag
from typing import Any, Final


class Protection(Flag):
    """What is kept from whoever fills in a form, or sees what was filled in."""

    NONE = 0
    FIXED = 1
    """Shown, and never taken from what is sent."""
    HIDDEN = 2
    """Not in the form; the value stays what it is."""
    SECRET = 4
    """Never shown again, once it was filled in."""


NONE: Final = Protection.NONE
UNCHANGEABLE: Final = Protection.FIXED | Protection.HIDDEN
PROTECTING: Final = {
    "readonly": Protection.FIXED,
    "disabled": Protection.FIXED,
    "hidden": Protection.HIDDEN,
}
"""Hints that protect unless they are `false`."""
LOOKS: Final = frozenset({"widget", "inputtype"})
"""Hints that name a look."""
PROTECTING_LOOKS: Final = {"password": Protection.SECRET, "hidden": Protection.HIDDEN}


def hints_in(source: Mapping[str, Any]) -> dict[str, Any]:
    """Give the hints of a schema or a UI schema by their names, without `ui:`."""
    options = source.get("ui:options")
    said = dict(options) if isinstance(options, dict) else {}
    return said | {key[3:]: value for key, value in source.items() if key.startswith("ui:")}


def look_of(value: Any) -> str:
    """Give the name of a look as it is compared: `TextareaWidget` is `textarea`."""
    return value.lower().removesuffix("widget") if isinstance(value, str) else ""


def protection_of(source: Any) -> Protection:
    """Give what a schema, or a UI schema, says of the value itself; small letters will do."""
    found = NONE
    if not isinstance(source, dict):
        return found
    # Many write it small, beside a schema or in it, and mean just that.
    if source.get("readOnly") is True or source.get("readonly") is True:
        found |= Protection.FIXED
    if source.get("writeOnly") is True or source.get("format") == "password":
        found |= Protection.SECRET
    for name, value in hints_in(source).items():
        found |= protection_by(name, value)
    return found


def protection_by(name: str, value: Any) -> Protection:
    """Give what one hint protects; what is neither true nor false is taken for true."""
    name = name.lower()
    if name in PROTECTING and value is not False and value is not None:
        return PROTECTING[name]
    return PROTECTING_LOOKS.get(look_of(value), NONE) if name in LOOKS else NONE


def protection_anywhere(ui_schema: Any) -> Protection:
    """Give all that a UI schema protects, also deep inside of it."""
    found, waiting = NONE, [ui_schema]
    while waiting:
        part = waiting.pop()
        found |= protection_of(part)
        if isinstance(part, dict):
            waiting += [inner for name, inner in part.items() if not name.startswith("ui:")]
        elif isinstance(part, list):
            waiting += part
    return found
