"""Which control a schema gets: the first kind of value that it can be, in the author's look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from tasks_ui.schema_form.controls import (
    Area,
    Choice,
    Constant,
    Control,
    Date,
    Decimals,
    Empty,
    JsonText,
    Line,
    Moment,
    Radios,
    Searched,
    SearchedSeveral,
    Secret,
    Several,
    Tick,
    Time,
    Upload,
    WholeNumber,
)
from tasks_ui.schema_form.controls.choices import fits_in_sight
from tasks_ui.schema_form.controls.files import LOOKS as FILE_LOOKS
from tasks_ui.schema_form.controls.files import Uploads, accepted, is_for_files
from tasks_ui.schema_form.controls.numbers import Limits
from tasks_ui.schema_form.controls.ranges import Range
from tasks_ui.schema_form.controls.searches import TOO_MANY
from tasks_ui.schema_form.controls.texts import KINDS, PLAIN_KIND
from tasks_ui.schema_form.posted.absent import ABSENT
from tasks_ui.schema_form.schema.children import hints_of_options
from tasks_ui.schema_form.schema.hints import Hints
from tasks_ui.schema_form.schema.options import Options, options_of
from tasks_ui.schema_form.schema.resolved import Outlook
from workflows.schemas.formats.mapping import MAPPED

LONG: Final = 200
YES_OR_NO: Final = [True, False]
LANGUAGES: Final = {
    **{name: name for name in ("textarea", "markdown", "html")},
    **dict.fromkeys(("code", "css", "javascript", "json", "python", "sql", "xml", "yaml"), "code"),
}
"""Formats of text in several lines, and what such text is written in."""
MOMENTS: Final[dict[str, type[Date]]] = {"date": Date, "time": Time, "date-time": Moment}
WIDGETS: Final = {
    "alt-date": "date",
    "alt-datetime": "date-time",
    "datetime": "date-time",
    "phone": "tel",
}
"""Names of looks that mean a format of another name."""
AS_IT_IS: Final = frozenset({"checkbox", "checkboxes", "updown"})
"""Names of looks that what they are meant for has without a word."""
LOOKS: Final = frozenset(
    {
        *("text", "password", "hidden", "radio", "radios", "select"),
        *(*LANGUAGES, *MOMENTS, *KINDS, *WIDGETS, *FILE_LOOKS, *AS_IT_IS),
    }
)
"""Every look that can be asked for."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Where a value is asked for: whether it must be there, and what a control needs for it.

    Attributes:
        is_row: whether it is an item of a list, where only short fields stand well.
        is_secret: whether nobody may see the value again.
        uploads: what parks files, and knows those that came before.
    """

    required: bool
    is_row: bool = False
    is_secret: bool = False
    uploads: Uploads | None = None


def control_for(outlook: Outlook, hints: Hints, asked: Asked) -> Control:
    """Give the control; JSON as text where there is no better one."""
    keywords = outlook.keywords
    empty = Empty(asked.required, outlook.nullable, hints.get("emptyValue", ABSENT))
    options = options_of(keywords, hints)
    control: Control
    if _must_be_ticked(outlook):
        control = Tick(empty, must_be_ticked=True)
    elif "const" in keywords:
        control = Constant(empty, value=keywords["const"])
    elif options is not None:
        control = _choice(options, empty, hints, is_row=asked.is_row)
    elif outlook.is_union:
        control = JsonText(empty)
    elif outlook.kind == "string" and is_for_files(keywords, hints):
        control = Upload(empty, accept=accepted(keywords, hints), uploads=asked.uploads)
    else:
        control = _plain(outlook, empty, hints, is_secret=asked.is_secret)
    control.is_secret |= asked.is_secret
    control.is_masked = _look_of_text(hints) == "password"
    control.is_guessed = "type" not in keywords and options is None
    control.is_labelled = hints.get("label") is not False
    control.placeholder = hints.text("placeholder")
    control.extra = _extra(hints)
    return control


def _extra(hints: Hints) -> dict[str, Any]:
    """Give the attributes that an author asks for, beyond those that every control has."""
    return {
        **({"autofocus": True} if hints.get("autofocus") is True else {}),
        **({"inputmode": mode} if (mode := hints.text("inputMode")) else {}),
    }


def _must_be_ticked(outlook: Outlook) -> bool:
    keywords = outlook.keywords
    return keywords.get("const") is True or keywords.get("enum") == [True]


def _choice(options: Options, empty: Empty, hints: Hints, *, is_row: bool = False) -> Control:
    """Give radio buttons for a short question that has to be answered, else a list to open."""
    if len(options) > TOO_MANY:
        return Searched(empty, options)
    # Where nothing chosen is null, an opening list shows it as a choice.
    is_needed = empty.required and not (empty.nullable and options.of_value(None) is None)
    may_be_long = is_needed and not is_row and hints.widget != "select"
    in_sight = may_be_long and fits_in_sight(options)
    if in_sight or hints.widget in {"radio", "radios"}:
        return Radios(empty, options, is_inline=_is_inline(hints))
    return Choice(empty, options)


def _is_inline(hints: Hints) -> bool:
    return hints.get("inline") is True


def _plain(outlook: Outlook, empty: Empty, hints: Hints, *, is_secret: bool) -> Control:
    control: Control
    match outlook.kind:
        case "string":
            control = _text(outlook.keywords, empty, hints)
        case "integer" | "number" as kind:
            number = WholeNumber if kind == "integer" else Decimals
            control = number(empty, Limits.of(outlook.keywords))
        case "boolean":
            control = _yes_or_no(outlook, empty, hints, is_secret=is_secret)
        case "array":
            control = _several(outlook, empty, hints)
        case _:
            control = JsonText(empty)
    return control


def _look_of_text(hints: Hints) -> str:
    look = hints.text("inputType").lower() or hints.widget
    return WIDGETS.get(look, look)


def _text(keywords: dict[str, Any], empty: Empty, hints: Hints) -> Control:
    look = _look_of_text(hints)
    named = str(keywords.get("format", ""))
    length = Range.of(keywords, "Length")
    media = str(keywords.get("contentMediaType", ""))
    language = LANGUAGES.get(look) or LANGUAGES.get(named) or _language_of(media)
    control: Control
    if "password" in {look, named}:
        control = Secret(empty, length=length)
    elif look == "text":
        control = Line(empty, length=length)
    elif language or (length.most or 0) > LONG:
        rows = hints.get("rows")
        shown = rows if isinstance(rows, int) and 0 < rows <= LONG else 3
        control = Area(empty, length=length, language=language, rows=shown)
    elif named in MOMENTS or look == "date-time":
        control = MOMENTS[named if named in MOMENTS else look](empty)
    else:
        control = Line(empty, KINDS.get(look) or KINDS.get(named, PLAIN_KIND), length)
    if isinstance(control, Line):
        control.is_mapped = named in MAPPED
    return control


def _language_of(media: str) -> str:
    """Give what a text of a media type is written in; empty where it is no text to write."""
    if media in {"application/json", "application/xml", "application/yaml"}:
        return "code"
    kind, _slash, name = media.partition("/")
    return LANGUAGES.get(name, "textarea") if kind == "text" else ""


def _yes_or_no(outlook: Outlook, empty: Empty, hints: Hints, *, is_secret: bool) -> Control:
    """Give a box; three answers, of which none is one, need a list."""
    if not outlook.nullable and not is_secret and hints.widget not in {"radio", "radios", "select"}:
        return Tick(empty)
    options = options_of({"enum": YES_OR_NO, **outlook.keywords}, hints)
    return _choice(options or Options(), empty, hints)


def _several(outlook: Outlook, empty: Empty, hints: Hints) -> Control:
    """Give boxes where neither order nor repeats can matter, or the author asks for boxes."""
    items = outlook.keywords.get("items")
    is_set = outlook.keywords.get("uniqueItems") is True or hints.widget == "checkboxes"
    if not isinstance(items, dict) or not is_set:
        return JsonText(empty)
    inner = Outlook(outlook.inside("items", items))
    options = options_of(inner.keywords, Hints(hints_of_options(hints), inner.keywords))
    if options is None:
        return JsonText(empty)
    kind = SearchedSeveral if len(options) > TOO_MANY else Several
    return kind(empty, options, Range.of(outlook.keywords, "Items"), is_inline=_is_inline(hints))
