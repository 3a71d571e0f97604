"""Fields that offer values: one of them, or several."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext as _

from tasks_ui.schema_form.absent import ABSENT
from tasks_ui.schema_form.controls.base import Control, as_text
from tasks_ui.schema_form.options import Option, same
from tasks_ui.schema_form.reading import Unreadable

FEW: Final = 4
SHORT: Final = 40
LONGEST_LABEL: Final = 80


@dataclass
class Offering(Control):
    """What fields with options have in common."""

    options: Sequence[Option] = ()

    def fits(self, value: Any) -> bool:
        """Whether it is among the options."""
        return self.wire_of(value) is not None

    def wire_of(self, value: Any) -> str | None:
        """Give how a value is posted; None when it is not offered."""
        return next((option.wire for option in self.options if same(option.value, value)), None)

    def value_of(self, wire: str) -> Any:
        """Give the value that is posted like this; raises Unreadable when it is not offered."""
        for option in self.options:
            if option.wire == wire:
                return copy.deepcopy(option.value)
        raise Unreadable(
            _("Select a valid choice. That choice is not one of the available choices.")
        )

    def choices(self, shown: Sequence[str]) -> list[tuple[str, str]]:
        """Give all options, and what is chosen although it is not offered (any more)."""
        offered = [(option.wire, option.label) for option in self.options]
        known = {wire for wire, _label in offered}
        gone = _("%(value)s (not offered)")
        extra = [text for text in shown if text not in known and text]
        return offered + [(text, gone % {"value": text[:LONGEST_LABEL]}) for text in extra]


@dataclass
class Choice(Offering):
    """One of the options, from a list that opens."""

    def widget(self, attributes: dict[str, Any], shown: Any) -> forms.Widget:
        """Give the list, which begins with nothing."""
        nothing = [] if self._offers_empty_text else [("", "–")]
        return forms.Select(attributes, choices=[*nothing, *self.choices([shown])])

    @property
    def _offers_empty_text(self) -> bool:
        return any(option.wire == "" for option in self.options)

    def show(self, value: Any) -> str:
        """Give how the value is posted."""
        return self.wire_of(value) or ""

    def begin(self, value: Any) -> Any:
        """Give the chosen option; null can be one."""
        if value is None and self.fits(None):
            return self.show(None)
        return super().begin(value)

    def read(self, texts: list[str], stored: Any) -> Any:
        """Give the chosen value; no text is an option where the empty text is one."""
        if texts and texts[-1] == "" and self._offers_empty_text:
            return ""
        return super().read(texts, stored)

    def parse(self, text: str) -> Any:
        """Give the value of the option."""
        return self.value_of(text)

    def is_filled(self, value: Any) -> bool:
        """Whether something is chosen."""
        return value is not ABSENT


@dataclass
class Radios(Choice):
    """One of a few options, all of them in sight."""

    template: ClassVar[str] = "forms/_choices.html"
    first_id: ClassVar[str] = "_0"
    look: ClassVar[str] = "wide"

    def widget(self, attributes: dict[str, Any], shown: Any) -> forms.Widget:
        """Give radio buttons; what has been chosen can be taken back where it is optional."""
        may_be_left = not self.empty.required and not self._offers_empty_text
        nothing = [("", _("No answer"))] if may_be_left else []
        return forms.RadioSelect(attributes, choices=[*self.choices([shown]), *nothing])


@dataclass
class Several(Offering):
    """As many of the options as one likes; a hidden empty text says that the field was there."""

    template: ClassVar[str] = "forms/_choices.html"
    first_id: ClassVar[str] = "_0"
    look: ClassVar[str] = "wide"
    posts_nothing_when_empty: ClassVar[bool] = True

    def widget(self, attributes: dict[str, Any], shown: Any) -> forms.Widget:
        """Give a box for each option."""
        return forms.CheckboxSelectMultiple(attributes, choices=self.choices(shown))

    def begin(self, value: Any) -> Any:
        """Give the options that are ticked."""
        listed = value if isinstance(value, list) else []
        return [as_text(item) if (wire := self.wire_of(item)) is None else wire for item in listed]

    def again(self, texts: list[str]) -> Any:
        """Give the boxes that were ticked."""
        return [text for text in texts if text]

    def read(self, texts: list[str], stored: Any) -> Any:
        """Give the values in the order in which they are offered, or stored if nothing changed."""
        ticked = [self.value_of(text) for text in dict.fromkeys(texts) if text]
        values = [
            copy.deepcopy(option.value)
            for option in self.options
            if any(same(option.value, value) for value in ticked)
        ]
        if isinstance(stored, list) and _same_set(stored, values):
            return stored
        return values if values or isinstance(stored, list) else self._nothing(stored)

    def _nothing(self, stored: Any) -> Any:
        nothing = self.empty.read(stored)
        return [] if nothing is ABSENT and self.empty.required else nothing

    def is_filled(self, value: Any) -> bool:
        """Whether a box is ticked."""
        return bool(value) and value is not ABSENT


def _same_set(first: list[Any], second: list[Any]) -> bool:
    return len(first) == len(second) and all(
        any(same(value, other) for other in second) for value in first
    )


def fits_in_sight(options: Sequence[Option]) -> bool:
    """Whether all options can be shown at once without getting in the way."""
    return len(options) <= FEW and all(len(option.label) <= SHORT for option in options)
