"""Fields for text: of one line, of several, and of the kind that nobody may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms

from tasks_ui.schema_form.controls.base import Control


@dataclass
class Line(Control):
    """Text in one line; `kind` is what the browser should know about it (`email`, `url`)."""

    kind: str = "text"

    def widget(self, attributes: dict[str, Any], shown: Any) -> forms.Widget:
        """Give an input, or a text area for text that an input would put into one line."""
        return _area(attributes) if "\n" in shown else text_input(self.kind, attributes)

    def fits(self, value: Any) -> bool:
        """Whether it is a text."""
        return isinstance(value, str)

    def show(self, value: Any) -> str:
        """Give the text itself."""
        return str(value)

    def parse(self, text: str) -> Any:
        """Give the text itself: spaces are the author's and the person's affair."""
        return text


@dataclass
class Area(Line):
    """Text in several lines."""

    look: ClassVar[str] = "wide"

    def widget(self, attributes: dict[str, Any], shown: Any) -> forms.Widget:
        """Give a text area, which grows with its text where the browser can."""
        return _area(attributes)


@dataclass
class Secret(Line):
    """Text that is never shown again; left empty, the stored one stays."""

    def widget(self, attributes: dict[str, Any], shown: Any) -> forms.Widget:
        """Give an input that shows dots."""
        return forms.PasswordInput({"autocomplete": "new-password", **attributes})

    def begin(self, value: Any) -> Any:
        """Show nothing."""
        return ""

    def again(self, texts: list[str]) -> Any:
        """Show nothing."""
        return ""

    def read(self, texts: list[str], stored: Any) -> Any:
        """Keep what is stored unless there is something new."""
        text = texts[-1] if texts else ""
        return text or (self.empty.read(stored) if stored in (None, "") else stored)


def _area(attributes: dict[str, Any]) -> forms.Textarea:
    return forms.Textarea({"rows": 3, "cols": None, **attributes})


def text_input(kind: str, attributes: dict[str, Any]) -> forms.TextInput:
    """Give an input of this type."""
    widget = forms.TextInput(attributes)
    widget.input_type = kind
    return widget
