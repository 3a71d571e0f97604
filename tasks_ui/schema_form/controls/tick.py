"""A box to tick, for what is true or false."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from tasks_ui.schema_form.controls.base import Control, as_text
from tasks_ui.schema_form.controls.choices import FOREIGN, no_longer_offered
from tasks_ui.schema_form.controls.widgets import Box, Offer, OpeningList
from tasks_ui.schema_form.posted.absent import ABSENT
from tasks_ui.schema_form.posted.reader import Unreadable


@dataclass
class Tick(Control):
    """A box and, before it, a hidden `false`: so that unticked differs from not in the form."""

    template: ClassVar[str] = "forms/_tick.html"
    can_be_empty: ClassVar[bool] = False
    is_written: ClassVar[bool] = False

    must_be_ticked: bool = False
    """Whether only true will do, so that unticked is as good as not there."""

    def widget(self, attributes: dict[str, Any], shown: Any) -> forms.Widget:
        """Give a box that posts `true`; a list where something else has to be seen, and mended."""
        if shown not in {"", "true", "false"}:
            answers = (Offer("true", _("Yes")), Offer("false", _("No")))
            other = Offer(shown, no_longer_offered(shown))
            return OpeningList({**self.extra, **attributes}, [other, *answers])
        return Box({**self.extra, **attributes})

    def fits(self, value: Any) -> bool:
        """Whether it is true or false."""
        return isinstance(value, bool)

    def show(self, value: Any) -> str:
        """Give the word that the box posts."""
        return "true" if value else "false"

    def parse(self, text: str) -> Any:
        """Give true or false."""
        if text not in {"true", "false"}:
            raise Unreadable(_("Choose yes or no."))
        return text == "true"

    def _begin(self, value: Any) -> Any:
        """Give the word for it; the text "true" is not the truth."""
        is_foreign = value is not ABSENT and value is not None and not self.fits(value)
        return f"{FOREIGN}{as_text(value)}" if is_foreign else super()._begin(value)

    def _read(self, texts: list[str], stored: Any) -> Any:
        """Give true or false; ABSENT for an answer that an optional field cannot have."""
        value = super()._read(texts, stored)
        left_out = value is False and self.must_be_ticked and not self.empty.required
        return ABSENT if left_out else value

    def is_filled(self, value: Any) -> bool:
        """Whether it is ticked, or holds something else: unticked is as good as untouched."""
        return not any(value is nothing for nothing in (False, None, ABSENT))
