"""What every control does: show a value, read it back, and know what an empty field means."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any, ClassVar

from django.forms import Widget

from tasks_ui.schema_form.absent import ABSENT
from tasks_ui.schema_form.options import wire_text


@dataclass(frozen=True)
class Empty:
    """What a field that was left empty stands for."""

    required: bool = False
    nullable: bool = False
    value: Any = ABSENT
    """What the author says it stands for (`ui:emptyValue`)."""

    def read(self, stored: Any) -> Any:
        """Give null where null will do and something must be there, or null was there before."""
        if self.value is not ABSENT:
            return copy.deepcopy(self.value)
        return None if self.nullable and (self.required or stored is None) else ABSENT


@dataclass
class Control:
    """One text field; subclasses say for which values.

    Attributes:
        template: the template that shows the control with its label.
        look: how wide it is: "short", "moment" (a bit more), "wide" or neither.
        can_be_empty: whether the field can be left empty at all.
        first_id: what the id of the first of several controls ends in.
        posts_nothing_when_empty: whether a hidden field has to say that the field was there.
    """

    template: ClassVar[str] = "forms/_input.html"
    look: ClassVar[str] = ""
    can_be_empty: ClassVar[bool] = True
    first_id: ClassVar[str] = ""
    posts_nothing_when_empty: ClassVar[bool] = False

    empty: Empty

    @property
    def hint(self) -> str:
        """Give what the person should know before they write, beyond the author's words."""
        return ""

    def widget(self, attributes: dict[str, Any], shown: Any) -> Widget:
        """Give the Django widget for what is shown in it."""
        raise NotImplementedError

    def fits(self, value: Any) -> bool:
        """Whether the value is of the kind that this control reads."""
        raise NotImplementedError

    def show(self, value: Any) -> str:
        """Give the text for a value that fits; it is read back as the same value."""
        raise NotImplementedError

    def parse(self, text: str) -> Any:
        """Give the value of a text that is not empty; raises Unreadable."""
        raise NotImplementedError

    def begin(self, value: Any) -> Any:
        """Give what the widget begins with; values of the wrong kind are shown as they are."""
        if value is ABSENT or value is None:
            return ""
        return self.show(value) if self.fits(value) else as_text(value)

    def again(self, texts: list[str]) -> Any:
        """Give what the widget shows after these texts were posted."""
        return texts[-1] if texts else ""

    def read(self, texts: list[str], stored: Any) -> Any:
        """Give the value of the last text; what was not changed stays what it was, exactly."""
        text = texts[-1] if texts else ""
        if stored is not ABSENT and self.fits(stored) and self.is_same(text, self.show(stored)):
            return stored
        return self.empty.read(stored) if text == "" else self.parse(text)

    def is_same(self, text: str, shown: str) -> bool:
        """Whether the text is what was shown, as a browser sends it back."""
        return text == shown.replace("\r\n", "\n").replace("\r", "\n")

    def is_filled(self, value: Any) -> bool:
        """Whether somebody has put something in."""
        return value is not ABSENT and value is not None


def as_text(value: Any) -> str:
    """Give any JSON value as text, to be seen and mended."""
    return value if isinstance(value, str) else wire_text(value)
