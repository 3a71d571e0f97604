"""Fields for numbers: text that is read strictly, never rounded and never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Final

from django import forms
from django.utils import formats
from django.utils.translation import gettext as _

from tasks_ui.schema_form.controls.base import Control
from tasks_ui.schema_form.reading import Unreadable
from workflows.schemas import number_text

MAX_LENGTH: Final = 400
MAX_EXPONENT: Final = 308
NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE]([+-]?[0-9]{1,4}))?")
SPACES: Final = re.compile(r"[ \u00a0\u2007\u2009\u202f]")
SPACED: Final = re.compile(rf"[+-]?[0-9]{{1,3}}(?:{SPACES.pattern}[0-9]{{3}})+(?:[.,][0-9]*)?")
DOUBTFUL: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}([^0-9eE])[0-9]{3}")


@dataclass
class Decimals(Control):
    """A number with as many decimals as it has."""

    look: ClassVar[str] = "short"

    lowest: Any = None
    highest: Any = None

    @property
    def hint(self) -> str:
        """Give the limits."""
        lowest, highest = self.lowest, self.highest
        if highest is None:
            # That something cannot be negative goes without saying.
            text = _("At least %(lowest)s.") if lowest else ""
        else:
            text = _("From %(lowest)s to %(highest)s.")
            text = _("At most %(highest)s.") if lowest is None else text
        return text % {"lowest": number_text(lowest or 0), "highest": number_text(highest or 0)}

    def widget(self, attributes: dict[str, Any], shown: Any) -> forms.Widget:
        """Give a text input: an input for numbers would throw away what it cannot read."""
        # Keyboards for numbers have no minus on some telephones.
        if self.lowest is not None and self.lowest >= 0:
            attributes = {"inputmode": self._keyboard, **attributes}
        return forms.TextInput({"autocomplete": "off", **attributes})

    @property
    def _keyboard(self) -> str:
        return "decimal"

    def fits(self, value: Any) -> bool:
        """Whether it is a number."""
        return isinstance(value, int | float) and not isinstance(value, bool)

    def show(self, value: Any) -> str:
        """Give all digits, with the sign for decimals that is used here."""
        return number_text(value)

    def is_same(self, text: str, shown: str) -> bool:
        """Whether it is what was shown, spaces around it aside."""
        return text.strip() == shown

    def read(self, texts: list[str], stored: Any) -> Any:
        """Give the number; spaces alone are nothing."""
        return super().read([text if text.strip() else "" for text in texts], stored)

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
