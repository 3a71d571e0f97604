"""A box for a value that can only be what the schema says, or not be there."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from tasks_ui.schema_form.controls.base import as_text
from tasks_ui.schema_form.controls.choices import FOREIGN, no_longer_offered
from tasks_ui.schema_form.controls.tick import Tick
from tasks_ui.schema_form.controls.widgets import Offer, OpeningList
from tasks_ui.schema_form.posted.absent import ABSENT
from tasks_ui.schema_form.schema.options import label_of
from workflows.schemas import same


@dataclass
class Constant(Tick):
    """A box that says the constant beside it: ticked it is the value, unticked there is none."""

    value: Any = None

    @property
    def said(self) -> str:
        """Give what the value is called."""
        return label_of(self.value)

    def widget(self, attributes: dict[str, Any], shown: Any) -> forms.Widget:
        """Give a box; a list where something else has to be seen, and mended."""
        if shown in {"", "true", "false"}:
            return super().widget(attributes, shown)
        offers = (Offer("true", self.said), Offer("false", _("No answer")))
        other = Offer(shown, no_longer_offered(shown))
        return OpeningList({**self.extra, **attributes}, [other, *offers])

    def fits(self, value: Any) -> bool:
        """Whether it is the constant."""
        return value is not ABSENT and same(value) == same(self.value)

    def show(self, value: Any) -> str:
        """Give the word for a ticked box."""
        return "true"

    def parse(self, text: str) -> Any:
        """Give the constant, or nothing."""
        return copy.deepcopy(self.value) if super().parse(text) else ABSENT

    def _begin(self, value: Any) -> Any:
        """Give the word for it; whatever else is there is shown as it is."""
        if value is ABSENT or self.fits(value):
            return "false" if value is ABSENT else "true"
        return f"{FOREIGN}{as_text(value)}"

    def is_filled(self, value: Any) -> bool:
        """Whether it is ticked."""
        return value is not ABSENT
