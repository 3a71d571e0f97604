"""What a browser sends of a form that nobody touches: the successful controls, as HTML has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Final

from tests.tasks_ui.schema_form.elements import Element

Pair = tuple[str, str]

ONE_LINE: Final = frozenset({"text", "search", "tel", "url", "email", "password"})
TRIMMED: Final = frozenset({"url", "email"})
BUTTONS: Final = frozenset({"submit", "button", "reset", "image"})
DAY: Final = r"[0-9]{4,}-[0-9]{2}-[0-9]{2}"
CLOCK: Final = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,3})?)?"
NUMBER: Final = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def successful(root: Element) -> Iterator[Pair]:
    """Yield name and value of each control that is sent, in the order of the form."""
    for element in root.find("input", "select", "textarea"):
        if element.get("name") and not _is_out_of_use(element):
            for value in _values(element):
                yield _with_line_ends(element.get("name")), _with_line_ends(value)


def _is_out_of_use(element: Element) -> bool:
    """Whether it is disabled, by itself or by a fieldset, or only part of a template."""
    fieldsets = (
        above
        for above in element.above
        if above.tag == "fieldset" and "disabled" in above.attributes
    )
    return (
        "disabled" in element.attributes
        or element.is_in("datalist", "template")
        or any(not _is_in_legend(element, fieldset) for fieldset in fieldsets)
    )


def _is_in_legend(element: Element, fieldset: Element) -> bool:
    legend = next((child for child in fieldset.children if child.tag == "legend"), None)
    return legend is not None and legend in element.above


def _values(element: Element) -> list[str]:
    match element.tag:
        case "textarea":
            # A browser drops the first line end.
            values = [element.text.replace("\r\n", "\n").removeprefix("\n")]
        case "select":
            values = _chosen(element)
        case _:
            values = _typed(element)
    return values


def _chosen(select: Element) -> list[str]:
    options = list(select.find("option"))
    chosen = [option for option in options if "selected" in option.attributes]
    if "multiple" not in select.attributes:
        # What is marked last wins; a list of one line is never without a choice.
        usable = [option for option in options if "disabled" not in option.attributes]
        chosen = chosen[-1:] or ([] if "size" in select.attributes else usable[:1])
    return [
        option.get("value") if "value" in option.attributes else " ".join(option.text.split())
        for option in chosen
        if "disabled" not in option.attributes
    ]


def _typed(element: Element) -> list[str]:
    kind = element.get("type", "text").lower()
    if kind in BUTTONS or kind == "file":
        return []
    if kind == "radio":
        return [element.get("value", "on")] if element is _last_checked(element) else []
    if kind == "checkbox":
        return [element.get("value", "on")] if "checked" in element.attributes else []
    return [sanitised(kind, element.get("value"))]


def _last_checked(radio: Element) -> Element | None:
    """Give the one that is on: checking one takes back the other, and the last is checked last."""
    *_between, top = radio.above
    group = [
        other
        for other in top.find("input")
        if other.get("type") == "radio" and other.get("name") == radio.get("name")
    ]
    return next((other for other in reversed(group) if "checked" in other.attributes), None)


def sanitised(kind: str, text: str) -> str:
    """Give what an input of this type makes of the text in its `value`."""
    if kind in ONE_LINE:
        text = text.replace("\r", "").replace("\n", "")
    if kind in TRIMMED:
        text = text.strip(" \t\n\f\r")
    rule = SANITISING.get(kind)
    return rule(text) if rule else text


def _day(text: str) -> str:
    return text if re.fullmatch(DAY, text) and _reads(date.fromisoformat, text) else ""


def _clock(text: str) -> str:
    return text if re.fullmatch(CLOCK, text) and _reads(time.fromisoformat, text) else ""


def _moment(text: str) -> str:
    if not re.fullmatch(f"{DAY}[T ]{CLOCK}", text) or not _reads(datetime.fromisoformat, text):
        return ""
    return re.sub(r"(:[0-9]{2}):00(?:\.0+)?$", r"\1", text.replace(" ", "T"))


def _number(text: str) -> str:
    return text if NUMBER.fullmatch(text) else ""


def _colour(text: str) -> str:
    return text.lower() if re.fullmatch("#[0-9A-Fa-f]{6}", text) else "#000000"


SANITISING: Final[dict[str, Callable[[str], str]]] = {
    "color": _colour,
    "date": _day,
    "datetime-local": _moment,
    "number": _number,
    "time": _clock,
}


def _reads(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def _with_line_ends(text: str) -> str:
    return re.sub(r"\r\n|\r|\n", "\r\n", text)
