"""Fields for text: of one line, of several, and of the kind that nobody may see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext as _

from tasks_ui.schema_form.controls.base import Control
from tasks_ui.schema_form.controls.ranges import Range
from tasks_ui.schema_form.controls.widgets import Input, Picker, TextArea
from tasks_ui.schema_form.posted.reader import Unreadable
from workflows.schemas.formats.mapping import Unmappable, uri_of

SHORT: Final = 24
"""Characters of which a field is short."""
TRIMMED: Final = frozenset({"email", "url"})
"""Types of input that lose the spaces around their text."""
PICKED: Final = {
    "color": re.compile(r"#[0-9A-Fa-f]{6}"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "datetime-local": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}"),
    "month": re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])"),
    "time": re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"),
    "week": re.compile(r"[0-9]{4}-W(?:0[1-9]|[1-4][0-9]|5[0-2])"),
}
"""Types of input that empty themselves of everything else."""
PLAIN: Final = {"spellcheck": "false", "autocapitalize": "none", "autocomplete": "off"}
CODE: Final = {**PLAIN, "dir": "ltr", "class": "code"}


@dataclass(frozen=True)
class Kind:
    """What a browser should know about a line of text, and what a person should."""

    type: str = "text"
    attributes: Mapping[str, str] = field(default_factory=dict)
    look: str = ""
    example: str = ""


PLAIN_KIND: Final = Kind()
KINDS: Final[dict[str, Kind]] = {
    "email": Kind("email", {"dir": "ltr", "autocapitalize": "none"}),
    # An input for mail would turn letters of other languages into punycode.
    "idn-email": Kind(attributes={"inputmode": "email", "autocapitalize": "none"}),
    **dict.fromkeys(("uri", "url", "iri"), Kind("url", {"dir": "ltr"})),
    **dict.fromkeys(
        ("uri-reference", "iri-reference", "uri-template", "hostname", "idn-hostname"),
        Kind(attributes={**PLAIN, "inputmode": "url", "dir": "ltr"}),
    ),
    **dict.fromkeys(("tel", "phone"), Kind("tel", {"dir": "ltr"}, "short")),
    "uuid": Kind(attributes=CODE),
    **dict.fromkeys(("ipv4", "ipv6"), Kind(attributes=CODE, look="short")),
    **dict.fromkeys(("regex", "json-pointer", "relative-json-pointer"), Kind(attributes=CODE)),
    "duration": Kind(attributes=CODE, look="short", example="P1DT12H"),
    "color": Kind("color", {**PLAIN, "dir": "ltr", "placeholder": "#1a73e8"}, "short"),
    "search": Kind("search"),
    **{name: Kind(name, look="short") for name in ("month", "week", "date", "time")},
    "datetime-local": Kind("datetime-local", look="moment"),
}


@dataclass
class Line(Control):
    """Text in one line.

    Attributes:
        kind: what is known about the text beyond its length.
        length: how many characters are allowed.
        is_mapped: whether it is an address that is stored in ASCII, whichever way it is written.
    """

    takes_suggestions: ClassVar[bool] = True

    kind: Kind = PLAIN_KIND
    length: Range = field(default_factory=Range)
    is_mapped: bool = field(default=False, kw_only=True)

    @property
    def rules(self) -> str:
        """Give the limits, and an example of what nobody can know how to write."""
        example = _("For example %(text)s.") % {"text": self.kind.example}
        return " ".join(filter(None, (self.length.of_characters(), self.kind.example and example)))

    @property
    def size(self) -> str:
        """Give a short field for what is short."""
        is_short = self.length.most is not None and self.length.most <= SHORT
        return self.kind.look or ("short" if is_short else self.look)

    def widget(self, attributes: dict[str, Any], shown: Any) -> forms.Widget:
        """Give an input, of a type that shows the text as it is, or a text area for lines."""
        attributes = {**self._counted, **self.kind.attributes, **self.extra, **attributes}
        kind = _type_for(self.kind.type, shown)
        widget: forms.Widget
        if "\n" in shown or "\r" in shown:
            widget = _area(attributes)
        elif kind == "color" and not self.empty.required:
            widget = Picker(attributes)
        else:
            widget = Input(kind, attributes)
        return widget

    def fits(self, value: Any) -> bool:
        """Whether it is a text."""
        return isinstance(value, str)

    def show(self, value: Any) -> str:
        """Give the text itself."""
        return str(value)

    def is_same(self, text: str, shown: str) -> bool:
        """Whether it is what was shown; a picker writes colours in small letters."""
        if self.kind.type == "color":
            return text.lower() == shown.lower()
        return super().is_same(text, shown)

    def parse(self, text: str) -> Any:
        """Give the text itself: spaces are the author's and the person's affair."""
        if not self.is_mapped:
            return text
        try:
            return uri_of(text)
        except Unmappable as problem:
            raise Unreadable(str(problem)) from None

    @property
    def _counted(self) -> dict[str, Any]:
        """Give what makes a script count the characters; the text is never cut off."""
        longest = self.length.most
        return {"dir": "auto", **({"data-longest": longest} if longest else {})}


@dataclass
class Area(Line):
    """Text in several lines; `rows` is how many there are at first."""

    look: ClassVar[str] = "wide"
    takes_suggestions: ClassVar[bool] = False

    rows: int = field(default=3, kw_only=True)
    language: str = field(default="", kw_only=True)
    """What the text is written in, where that is not simply prose."""

    @property
    def rules(self) -> str:
        """Give the limits, and the language."""
        language = {"markdown": _("Markdown can be used."), "html": _("Written as HTML.")}
        return " ".join(filter(None, (super().rules, language.get(self.language, ""))))

    def widget(self, attributes: dict[str, Any], shown: Any) -> forms.Widget:
        """Give a text area, which grows with its text where the browser can."""
        code = CODE if self.language == "code" else {}
        return _area({"rows": self.rows, **self._counted, **code, **self.extra, **attributes})


@dataclass
class Secret(Line):
    """Text that is never shown, not even while it is written."""

    takes_suggestions: ClassVar[bool] = False

    is_secret: bool = field(default=True, kw_only=True)

    def widget(self, attributes: dict[str, Any], shown: Any) -> forms.Widget:
        """Give an input that shows dots."""
        return Input("password", {"autocomplete": "new-password", **self.extra, **attributes})


def _type_for(kind: str, shown: str) -> str:
    """Give the type of input, unless an input of this type would show something else."""
    if kind == "color" and not shown:
        return "text"  # A picker of colours has no way to show that there is none.
    pattern = PICKED.get(kind)
    is_lost = bool(pattern and shown and not pattern.fullmatch(shown))
    return "text" if is_lost or (kind in TRIMMED and shown != shown.strip()) else kind


def _area(attributes: dict[str, Any]) -> TextArea:
    return TextArea({"rows": 3, **attributes})
