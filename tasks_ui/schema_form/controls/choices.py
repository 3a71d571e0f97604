"""Fields that offer values: one of them, or several."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext as _

from tasks_ui.schema_form.controls.base import Control, as_text
from tasks_ui.schema_form.controls.ranges import Range
from tasks_ui.schema_form.controls.widgets import Offer, OpeningList, Ticks
from tasks_ui.schema_form.posted.absent import ABSENT
from tasks_ui.schema_form.posted.reader import Unreadable
from tasks_ui.schema_form.schema.options import Option, Options
from workflows.schemas import same

FEW: Final = 4
SHORT: Final = 40
MODEST: Final = 24
LINE: Final = 80
"""Letters that stand side by side, on a line or two."""
LONGEST_LABEL: Final = 80
FILTERED: Final = 30
"""Options from which on a list can be filtered."""
FOREIGN: Final = "? "
"""Before what was stored and would otherwise look like one of the options."""


@dataclass
class Offering(Control):
    """What fields with options have in common."""

    is_written: ClassVar[bool] = False

    options: Options = field(default_factory=Options)
    is_inline: bool = field(default=False, kw_only=True)
    """Whether the author wants the options side by side."""

    @property
    def is_filtered(self) -> bool:
        """Whether there are too many options to look for one."""
        return len(self.options) > FILTERED

    @property
    def arrangement(self) -> str:
        """Give how options in sight stand: "inline", "listed" or, when they are many, "boxed"."""
        letters = sum(len(option.label) for option in self.options)
        if self.is_inline or fits_in_sight(self.options) or letters <= LINE:
            return "inline"
        return "listed" if len(self.options) <= 3 * FEW else "boxed"

    def fits(self, value: Any) -> bool:
        """Whether it is among the options."""
        return self.options.of_value(value) is not None

    def wire_of(self, value: Any) -> str:
        """Give how a value is posted; one that is not offered differs from all that are."""
        option = self.options.of_value(value)
        if option is not None:
            return option.wire
        text = as_text(value)
        return f"{FOREIGN}{text}" if self.options.of_wire(text) or not text else text

    def option_of(self, text: str) -> Option | None:
        """Give the option that is meant by what was posted."""
        return self.options.of_wire(text)

    def value_of(self, text: str, stored: Any = ABSENT) -> Any:
        """Give the value that is posted like this; raises Unreadable when it is not offered."""
        option = self.option_of(text)
        if option is None or (option.is_disabled and not _holds(stored, option.value)):
            raise Unreadable(
                _("Select a valid choice. That choice is not one of the available choices.")
            )
        return copy.deepcopy(option.value)

    def offers(self, shown: Sequence[str]) -> list[Offer]:
        """Give all options, and what is chosen although it is not offered (any more)."""
        offered = [Offer(o.wire, o.label, o.is_disabled) for o in self.options]
        extra = [text for text in dict.fromkeys(shown) if text and not self.options.of_wire(text)]
        return offered + [Offer(text, no_longer_offered(text)) for text in extra]


@dataclass
class Choice(Offering):
    """One of the options, from a list that opens."""

    def widget(self, attributes: dict[str, Any], shown: Any) -> forms.Widget:
        """Give the list; it begins with nothing, unless something has to stay chosen."""
        must_stay = not self.may_be_nothing and self.options.of_wire(shown)
        nothing = [] if must_stay else [Offer("", self.placeholder or "–")]
        return OpeningList({**self.extra, **attributes}, [*nothing, *self.offers([shown])])

    @property
    def may_be_nothing(self) -> bool:
        """Whether what was chosen can be taken back: null may be what is left then."""
        return not self.empty.required or (self.empty.nullable and not self.fits(None))

    @property
    def size(self) -> str:
        """Give a short field for short labels."""
        is_long = self.is_filtered or any(len(o.label) > MODEST for o in self.options)
        return self.look if self.look or is_long else "short"

    def show(self, value: Any) -> str:
        """Give how the value is posted."""
        return self.wire_of(value)

    def parse(self, text: str) -> Any:
        """Give the value of the option."""
        return self.value_of(text)

    def is_filled(self, value: Any) -> bool:
        """Whether something is chosen."""
        return value is not ABSENT

    def _begin(self, value: Any) -> Any:
        """Give the chosen option; null can be one."""
        if value is ABSENT or (value is None and not self.fits(None)):
            return ""
        return self.wire_of(value)


@dataclass
class Radios(Choice):
    """One of a few options, all of them in sight; a hidden text says that the field was there."""

    template: ClassVar[str] = "forms/_choices.html"
    first_id: ClassVar[str] = "_0"
    look: ClassVar[str] = "wide"
    posts_nothing_when_empty: ClassVar[bool] = True

    def widget(self, attributes: dict[str, Any], shown: Any) -> forms.Widget:
        """Give radio buttons; what has been chosen can be taken back where it is optional."""
        named = self.placeholder or _("No answer")
        nothing = [Offer("", named)] if self.may_be_nothing else []
        return Ticks({**self.extra, **attributes}, [*self.offers([shown]), *nothing], "radio")


@dataclass
class Several(Offering):
    """As many of the options as one likes; a hidden empty text says that the field was there."""

    template: ClassVar[str] = "forms/_choices.html"
    first_id: ClassVar[str] = "_0"
    look: ClassVar[str] = "wide"
    posts_nothing_when_empty: ClassVar[bool] = True

    count: Range = field(default_factory=Range)
    """How many have to be chosen."""

    @property
    def rules(self) -> str:
        """Say how many have to be chosen."""
        return self.count.of_choices()

    def widget(self, attributes: dict[str, Any], shown: Any) -> forms.Widget:
        """Give a box for each option."""
        return Ticks({**self.extra, **attributes}, self.offers(shown), "checkbox")

    def is_filled(self, value: Any) -> bool:
        """Whether a box is ticked."""
        return bool(value) and value is not ABSENT

    def _begin(self, value: Any) -> Any:
        """Give the options that are ticked; what is no list is shown as one of one value."""
        if value is ABSENT or value is None:
            return []
        return [self.wire_of(item) for item in (value if isinstance(value, list) else [value])]

    def _again(self, texts: list[str]) -> Any:
        return [text for text in texts if text]

    def _read(self, texts: list[str], stored: Any) -> Any:
        """Give the values in the order in which they are offered, or stored if nothing changed."""
        ticked = {same(self.value_of(text, stored)) for text in dict.fromkeys(texts) if text}
        if isinstance(stored, list) and ticked == set(map(same, stored)):
            return stored
        values = [
            copy.deepcopy(option.value) for option in self.options if same(option.value) in ticked
        ]
        return values if values or isinstance(stored, list) else self._nothing(stored)

    def _nothing(self, stored: Any) -> Any:
        nothing = self.empty.read(stored)
        return [] if nothing is ABSENT and self.empty.required else nothing


def no_longer_offered(text: str) -> str:
    """Give the label of what was stored and is no option any more."""
    shown = text.removeprefix(FOREIGN)[:LONGEST_LABEL]
    return _("%(value)s (no longer offered)") % {"value": shown}


def fits_in_sight(options: Sequence[Option]) -> bool:
    """Whether all options can be shown at once without getting in the way."""
    return len(options) <= FEW and all(len(option.label) <= SHORT for option in options)


def _holds(stored: Any, value: Any) -> bool:
    """Whether a list that was stored has this value already."""
    return isinstance(stored, list) and same(value) in set(map(same, stored))
