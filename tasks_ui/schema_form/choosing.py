"""Which control a schema gets: the first kind of value that it can be, in the author's look."""

from __future__ import annotations

from typing import Any, Final

from tasks_ui.schema_form.absent import ABSENT
from tasks_ui.schema_form.controls import (
    Area,
    Choice,
    Control,
    Date,
    Decimals,
    Empty,
    JsonText,
    Line,
    Moment,
    Radios,
    Secret,
    Several,
    Tick,
    Time,
    WholeNumber,
)
from tasks_ui.schema_form.controls.choices import fits_in_sight
from tasks_ui.schema_form.hints import Hints
from tasks_ui.schema_form.options import Option, options_of
from tasks_ui.schema_form.outlook import Outlook

LONG: Final = 200
AREAS: Final = frozenset({"textarea", "markdown", "html"})
KINDS_OF_TEXT: Final = {
    "email": "email",
    "idn-email": "email",
    "uri": "url",
    "url": "url",
    "iri": "url",
    "tel": "tel",
    "phone": "tel",
    "color": "text",
}
MOMENTS: Final[dict[str, type[Date]]] = {"date": Date, "time": Time, "date-time": Moment}


def control_for(outlook: Outlook, hints: Hints, *, required: bool) -> Control:
    """Give the control; JSON as text where there is no better one yet."""
    keywords = outlook.keywords
    empty = Empty(required, outlook.nullable, hints.get("emptyValue", ABSENT))
    options = options_of(keywords, hints)
    control: Control
    if _must_be_ticked(outlook):
        control = Tick(empty, must_be_ticked=True)
    elif options is not None:
        control = _choice(options, empty, hints)
    elif outlook.is_union:
        control = JsonText(empty)
    else:
        control = _plain(outlook, empty, hints)
    return control


def _must_be_ticked(outlook: Outlook) -> bool:
    keywords = outlook.keywords
    return keywords.get("const") is True or keywords.get("enum") == [True]


def _choice(options: list[Option], empty: Empty, hints: Hints) -> Control:
    """Give radio buttons for a short question that has to be answered, else a list to open."""
    in_sight = empty.required and fits_in_sight(options) and hints.widget != "select"
    return Radios(empty, options) if in_sight or hints.widget == "radio" else Choice(empty, options)


def _plain(outlook: Outlook, empty: Empty, hints: Hints) -> Control:
    control: Control
    match outlook.kind:
        case "string":
            control = _text(outlook.keywords, empty, hints)
        case "integer" | "number" as kind:
            number = WholeNumber if kind == "integer" else Decimals
            limits = (outlook.keywords.get("minimum"), outlook.keywords.get("maximum"))
            control = number(empty, *limits)
        case "boolean":
            control = _yes_or_no(outlook, empty, hints)
        case "array":
            control = _several(outlook, empty, hints)
        case _:
            control = JsonText(empty)
    return control


def _text(keywords: dict[str, Any], empty: Empty, hints: Hints) -> Control:
    named = keywords.get("format")
    look, longest = hints.widget, keywords.get("maxLength", 0)
    media = keywords.get("contentMediaType", "")
    control: Control
    if "password" in {look, named}:
        control = Secret(empty)
    elif look in AREAS or named in AREAS or longest > LONG or str(media).startswith("text/"):
        control = Area(empty)
    elif named in MOMENTS and look != "text":
        control = MOMENTS[str(named)](empty)
    else:
        control = Line(empty, KINDS_OF_TEXT.get(look) or KINDS_OF_TEXT.get(str(named), "text"))
    return control


def _yes_or_no(outlook: Outlook, empty: Empty, hints: Hints) -> Control:
    """Give a box; three answers, of which none is one, need a list."""
    if not outlook.nullable and hints.widget not in {"radio", "select"}:
        return Tick(empty)
    options = options_of({"enum": [True, False], **outlook.keywords}, hints) or []
    return _choice(options, empty, hints)


def _several(outlook: Outlook, empty: Empty, hints: Hints) -> Control:
    items = outlook.keywords.get("items")
    if not isinstance(items, dict):
        return JsonText(empty)
    inner = Outlook(outlook.place.inside(items))
    options = options_of(inner.keywords, Hints(hints.inside("items"), inner.keywords))
    return Several(empty, options) if options else JsonText(empty)
