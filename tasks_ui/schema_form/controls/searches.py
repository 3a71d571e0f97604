"""Fields for what has too many options to list: one writes, and what fits is offered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tasks_ui.schema_form.controls.base import as_text
from tasks_ui.schema_form.controls.choices import FOREIGN, Choice, Several, no_longer_offered
from tasks_ui.schema_form.controls.widgets import Found, Offer, Search, Searches
from tasks_ui.schema_form.posted.absent import ABSENT
from tasks_ui.schema_form.schema.options import Option, Options

TOO_MANY: Final = 200
"""Options from which on they are searched, instead of listed."""
SHOWN: Final = 12
"""How many of the options that fit are offered at once."""


@dataclass
class Searched(Choice):
    """One of very many options: its label is written, or searched by some of its letters."""

    is_searched: ClassVar[bool] = True
    is_written: ClassVar[bool] = True

    @property
    def is_filtered(self) -> bool:
        """Say no: what is searched needs no filter."""
        return False

    @property
    def rules(self) -> str:
        """Say how much there is to be found."""
        return _how_many(self.options)

    def widget(self, attributes: dict[str, Any], shown: Any) -> forms.Widget:
        """Give a field of text, and what fits what is written there."""
        found = None if self.option_of(shown) else find(self.options, shown)
        return Search({"dir": "auto", **self.extra, **attributes}, found, "radio")

    def option_of(self, text: str) -> Option | None:
        """Give the option that is posted like this, or is called like this."""
        return self.options.of_text(text) if text else None

    @property
    def size(self) -> str:
        """Give room to write."""
        return self.look

    def show(self, value: Any) -> str:
        """Give the label, as a person would write it."""
        option = self.options.of_value(value)
        return self.options.text_of(option) if option else as_text(value)

    def _begin(self, value: Any) -> Any:
        if value is ABSENT or (value is None and not self.fits(None)):
            return ""
        return self.show(value) if self.fits(value) else self.wire_of(value)

    def _again(self, texts: list[str]) -> Any:
        text = texts[-1] if texts else ""
        option = self.option_of(text)
        return self.options.text_of(option) if option else text


@dataclass
class SearchedSeveral(Several):
    """As many of very many options as one likes: those chosen are ticked, more are searched."""

    first_id: ClassVar[str] = "_find"
    is_searched: ClassVar[bool] = True
    is_written: ClassVar[bool] = True

    @property
    def is_filtered(self) -> bool:
        """Say no: what is searched needs no filter."""
        return False

    @property
    def arrangement(self) -> str:
        """Put what was chosen in a list."""
        return "listed"

    @property
    def rules(self) -> str:
        """Say how much there is to be found, and how many have to be chosen."""
        return " ".join(filter(None, (_how_many(self.options), super().rules)))

    def widget(self, attributes: dict[str, Any], shown: Any) -> forms.Widget:
        """Give a box for each chosen option, and a field to search for more."""
        chosen = [text for text in shown if self.option_of(text) or text.startswith(FOREIGN)]
        typed = next((text for text in reversed(shown) if text not in chosen), "")
        found = find(self.options, typed) if typed else None
        return Searches({**self.extra, **attributes}, self.offers(chosen), found, typed)

    def option_of(self, text: str) -> Option | None:
        """Give the option that is posted like this, or is called like this."""
        return self.options.of_text(text)

    def wire_of(self, value: Any) -> str:
        """Give how a value is posted; what is not offered differs from what is searched for."""
        option = self.options.of_value(value)
        return option.wire if option else f"{FOREIGN}{as_text(value)}"

    def offers(self, shown: Sequence[str]) -> list[Offer]:
        """Give what is chosen."""
        options = {text: self.option_of(text) for text in shown}
        offers = (
            Offer(option.wire, option.label) if option else Offer(text, no_longer_offered(text))
            for text, option in options.items()
        )
        return list(dict.fromkeys(offers))


def find(options: Options, text: str) -> Found | None:
    """Give the first options that fit what is written; None where nothing is."""
    if not text.strip():
        return None
    found, count = options.find(text, SHOWN)
    if not count:
        message = _("Nothing fits “%(text)s”.")
    elif count > len(found):
        message = _("The first %(shown)d of %(count)d that fit; write more to see fewer.")
    else:
        message = ngettext("%(count)d fits:", "%(count)d fit:", count)
    offers = tuple(Offer(option.wire, options.text_of(option)) for option in found)
    return Found(message % {"text": text, "shown": len(found), "count": count}, offers)


def _how_many(options: Options) -> str:
    return _("Write a few letters to search among %(count)d.") % {"count": len(options)}
