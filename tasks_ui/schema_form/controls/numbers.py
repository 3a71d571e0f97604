"""Fields for numbers: text that is read strictly, never rounded and never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any, ClassVar, Final

from django import forms
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tasks_ui.schema_form.controls.base import Control
from tasks_ui.schema_form.controls.widgets import Input
from tasks_ui.schema_form.posted.reader import Unreadable
from workflows.schemas import decimals_of, number_text, padded_text

MAX_LENGTH: Final = 400
MAX_EXPONENT: Final = 308
MAX_RULE: Final = 2**31 - 1
"""Limits from here on are those of machines, which nobody needs to be told."""
NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE]([+-]?[0-9]{1,4}))?")
SPACES: Final = re.compile(r"[ \u00a0\u2007\u2009\u202f]")
SPACED: Final = re.compile(rf"[+-]?[0-9]{{1,3}}(?:{SPACES.pattern}[0-9]{{3}})+(?:[.,][0-9]*)?")
DOUBTFUL: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}([^0-9eE])[0-9]{3}")


@dataclass(frozen=True)
class Limits:
    """Which numbers are allowed: from where to where, and in which steps."""

    lowest: Any = None
    highest: Any = None
    above: Any = None
    below: Any = None
    step: Any = None

    @classmethod
    def of(cls, keywords: Mapping[str, Any]) -> Limits:
        """Read the limits from a schema; what is no number limits nothing."""
        names = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
        lowest, highest, above, below, step = (keywords.get(name) for name in names)
        # In the oldest draft it is a remark to the other limit that it is excluded itself.
        if above is True:
            lowest, above = None, lowest
        if below is True:
            highest, below = None, highest
        given = (lowest, highest, above, below, step)
        return cls(*(number if _is_rule(number) else None for number in given))

    @property
    def may_be_negative(self) -> bool:
        """Whether numbers below zero are allowed."""
        return not any(limit is not None and limit >= 0 for limit in (self.lowest, self.above))

    def in_words(self, *, whole: bool) -> str:
        """Say what is allowed; that something cannot be negative goes without saying."""
        is_range = self.lowest is not None and self.highest is not None
        texts = [
            _("From %(lowest)s to %(highest)s.") if is_range else "",
            _("At least %(lowest)s.") if self.lowest and not is_range else "",
            "" if self.above is None else _("More than %(above)s."),
            "" if self.highest is None or is_range else _("At most %(highest)s."),
            "" if self.below is None else _("Less than %(below)s."),
            "" if whole and self.step == 1 else self._steps,
        ]
        numbers = {part.name: number_text(getattr(self, part.name) or 0) for part in fields(self)}
        return " ".join(filter(None, texts)) % numbers

    @property
    def _steps(self) -> str:
        """Say which numbers there are in between: those of cents, for one, have two decimals."""
        places = decimals_of(self.step)
        if places and self.step == 10**-places:
            return ngettext("At most %d decimal.", "At most %d decimals.", places) % places
        return _("In steps of %(step)s.") if self.step else ""


@dataclass
class Decimals(Control):
    """A number with as many decimals as it has."""

    look: ClassVar[str] = "short"
    takes_suggestions: ClassVar[bool] = True

    limits: Limits = field(default_factory=Limits)

    @property
    def rules(self) -> str:
        """Give the limits."""
        return self.limits.in_words(whole=False)

    def widget(self, attributes: dict[str, Any], shown: Any) -> forms.Widget:
        """Give a text input: an input for numbers would throw away what it cannot read."""
        # Keyboards for numbers have no minus on some telephones.
        keyboard = {} if self.limits.may_be_negative else {"inputmode": self._keyboard}
        return Input(
            "text", {"autocomplete": "off", "dir": "ltr", **keyboard, **self.extra, **attributes}
        )

    @property
    def _keyboard(self) -> str:
        return "decimal"

    def fits(self, value: Any) -> bool:
        """Whether it is a number."""
        return is_number(value)

    def show(self, value: Any) -> str:
        """Give all digits, with the sign for decimals that is used here; cents have two."""
        return padded_text(value, self.limits.step)

    def is_same(self, text: str, shown: str) -> bool:
        """Whether it is what was shown, spaces around it aside."""
        return text.strip() == shown

    def _read(self, texts: list[str], stored: Any) -> Any:
        """Give the number; spaces alone are nothing."""
        text = texts[-1] if texts else ""
        is_blank = not text.strip() and not self._is_untouched(text, stored)
        return super()._read(["" if is_blank else text], stored)

    def parse(self, text: str) -> Any:
        """Give an int where the number is whole, else a float that has exactly these digits."""
        number = self._number(text)
        if number == number.to_integral_value():
            return int(number)
        nearest = float(number)
        if Decimal(repr(nearest)) != number:
            raise Unreadable(_("The number has too many digits to be kept exactly."))
        return nearest

    def _number(self, text: str) -> Decimal:
        if len(text) > MAX_LENGTH:
            raise Unreadable(_("The number is too large."))
        plain = _plain(text.strip().replace("\u2212", "-"))
        match = NUMBER.fullmatch(plain)
        if match is None:
            raise Unreadable(self._request)
        if int(match[1] or 0) > MAX_EXPONENT:
            raise Unreadable(_("The number is too large."))
        return Decimal(plain)

    @property
    def _request(self) -> str:
        return _("Enter a number.")


@dataclass
class WholeNumber(Decimals):
    """A number without decimals: 3, 3.0 and 3e2 are, 3.5 is not."""

    @property
    def rules(self) -> str:
        """Give the limits."""
        return self.limits.in_words(whole=True)

    def parse(self, text: str) -> Any:
        """Give an int."""
        number = self._number(text)
        if number != number.to_integral_value():
            raise Unreadable(self._request)
        return int(number)

    @property
    def _keyboard(self) -> str:
        return "numeric"

    @property
    def _request(self) -> str:
        return _("Enter a whole number.")


def _is_rule(limit: Any) -> bool:
    return is_number(limit) and abs(limit) < MAX_RULE


def is_number(value: Any) -> bool:
    """Whether a JSON value is a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _plain(text: str) -> str:
    """Give a number as programs write it; raises Unreadable where it could mean two things."""
    if SPACED.fullmatch(text):
        text = SPACES.sub("", text)
    decimal, group = (
        str(formats.get_format(name)) for name in ("DECIMAL_SEPARATOR", "THOUSAND_SEPARATOR")
    )
    doubtful = DOUBTFUL.fullmatch(text)
    if doubtful and doubtful[1] != decimal and (doubtful[1] != "." or group == "."):
        # 1,234 is one and a bit for some people, and a thousand for others.
        raise Unreadable(_("Write the number without a mark between the thousands."))
    digits = rf"[+-]?[1-9][0-9]{{0,2}}(?:{re.escape(group)}[0-9]{{3}})+"
    if group != decimal and re.fullmatch(rf"{digits}(?:{re.escape(decimal)}[0-9]*)?", text):
        text = text.replace(group, "")
    return text if "." in text else text.replace(decimal, ".")
