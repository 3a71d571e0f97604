"""When two data are the same for a form that began empty: what no form can tell apart is one.

Nothing stored, a form cannot tell "", null and absent apart, nor an unticked box from no answer,
nor an empty group, list or row from none, nor a group of nothing but defaults. It has neither what
it never shows (secrets, files, hidden fields, branches and alternatives that do not apply) nor what
is not the person's to say (constants, read-only values, a name of nothing). Boxes are in the order
of the options, line ends are those of the web, moments have seconds and no less, numbers are
numbers, colours have small letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from tasks_ui.schema_form.posted.absent import ABSENT
from tasks_ui.schema_form.schema.hints import Hints
from tests.cases.sayings import Saying, sayings
from workflows.schemas import Document, document, is_moment
from workflows.schemas.numbers import exact
from workflows.schemas.pointers import child

UNSAID: Final = frozenset({"hidden", "password"})
OF_FILES: Final = frozenset({"base64", "data-url"})


@dataclass
class Remarks:
    """What is special about places of some data: pointers of values."""

    unsaid: set[str] = field(default_factory=set)
    """What a form does not ask for, or does not show again."""
    unordered: set[str] = field(default_factory=set)
    """Lists of which every order is the same."""
    fixed: set[str] = field(default_factory=set)
    """Lists in which every item has its place."""
    defaults: set[str] = field(default_factory=set)
    """What is as it would be in a new form."""


def differences(schema: Any, ui_schema: Any, data: Any, read: Any) -> list[str]:
    """Give the pointers at which data that were read mean something else than those filled in."""
    whole = document(schema)
    remarks = Remarks()
    for value in (data, read):
        _look(whole, ui_schema, value, remarks)
    return list(_differing(_same(data, remarks, ""), _same(read, remarks, ""), ""))


def excuses(schema: Any, ui_schema: Any, data: Any, pointer: str) -> bool:
    """Whether a form may complain at a place, as something there cannot be told from nothing."""
    remarks = Remarks()
    _look(document(schema), ui_schema, data, remarks)
    return any(
        place == pointer or place.startswith(f"{pointer}/") or pointer.startswith(f"{place}/")
        for place in [*remarks.unsaid, *_empty_places(data, "")]
    )


def _look(whole: Document, ui_schema: Any, data: Any, remarks: Remarks) -> None:
    every = list(sayings(whole, ui_schema, data))
    remarks.unsaid |= _of_other_branches(every)
    for saying in every:
        keywords, hints = saying.place.keywords, Hints(saying.ui_schema, saying.place.keywords)
        if (
            True in (keywords.get("readOnly"), keywords.get("readonly"))
            or keywords.get("writeOnly") is True
            or hints.get("readonly") is True
            or hints.get("disabled") is True
            or hints.get("hidden") is True
            or keywords.get("format") == "password"
            or hints.widget in UNSAID
            or OF_FILES & {keywords.get("format"), keywords.get("contentEncoding")}
            or ("const" in keywords and keywords["const"] is not True)
        ):
            remarks.unsaid.add(saying.pointer)
        named = keywords.get("properties", {})
        if isinstance(saying.value, dict) and "" in saying.value and "" not in named:
            # A row whose name is not filled in has none.
            remarks.unsaid.add(child(saying.pointer, ""))
        if isinstance(saying.value, list) and keywords.get("uniqueItems") is True:
            remarks.unordered.add(saying.pointer)
        if "default" in keywords and keywords["default"] == saying.value:
            remarks.defaults.add(saying.pointer)
        if "prefixItems" in keywords or isinstance(keywords.get("items"), list):
            remarks.fixed.add(saying.pointer)


def _of_other_branches(every: list[Saying]) -> set[str]:
    """Give the places of which only conditions speak that the data do not meet."""
    told = {saying.pointer for saying in every if saying.applies}
    return {saying.pointer for saying in every} - told


def _same(value: Any, remarks: Remarks, pointer: str) -> Any:
    """Give a value in the one way in which all that mean the same are written."""
    if pointer in remarks.unsaid or value is None or value in ("", False):
        # In Python, nought is False too.
        return _number(value) if _is_number(value) and pointer not in remarks.unsaid else ABSENT
    match value:
        case dict():
            parts = {n: _same(v, remarks, child(pointer, n)) for n, v in value.items()}
            same: Any = {n: v for n, v in parts.items() if v is not ABSENT} or ABSENT
            if pointer and all(child(pointer, name) in remarks.defaults for name in _names(same)):
                same = ABSENT
        case list():
            items = [_same(v, remarks, child(pointer, n)) for n, v in enumerate(value)]
            if pointer not in remarks.fixed:
                items = [item for item in items if item is not ABSENT]
            while items and items[-1] is ABSENT:
                items.pop()
            same = (sorted(items, key=repr) if pointer in remarks.unordered else items) or ABSENT
        case str():
            same = _text(value)
        case bool():
            same = value
        case _:
            same = _number(value)
    return same


def _names(same: Any) -> list[str]:
    return [*same] if isinstance(same, dict) else []


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(value: Any) -> str:
    return f"number {exact(value)}"


def _text(text: str) -> str:
    if is_moment(text):
        moment = datetime.fromisoformat(text.upper()).astimezone(UTC)
        return f"moment {moment.isoformat(timespec='seconds')}"
    if re.fullmatch("#[0-9A-Fa-f]{6}", text):
        return f"colour {text.lower()}"
    return "text " + text.replace("\r\n", "\n").replace("\r", "\n")


def _differing(first: Any, second: Any, pointer: str) -> Iterator[str]:
    if isinstance(first, dict) and isinstance(second, dict):
        for name in first.keys() | second.keys():
            pair = first.get(name, ABSENT), second.get(name, ABSENT)
            yield from _differing(*pair, child(pointer, name))
    elif isinstance(first, list) and isinstance(second, list) and len(first) == len(second):
        for number, pair in enumerate(zip(first, second, strict=True)):
            yield from _differing(*pair, child(pointer, number))
    elif first != second:
        yield f"{pointer}: {_told(first)} became {_told(second)}"


def _told(value: Any) -> str:
    return "nothing" if value is ABSENT else repr(value)


def _empty_places(value: Any, pointer: str) -> Iterator[str]:
    if value is None or value is False or value in ("", [], {}):
        yield pointer
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _empty_places(part, child(pointer, name))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _empty_places(part, child(pointer, number))
