"""A field for whatever has no field of its own yet: JSON as text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from tasks_ui.schema_form.controls.base import Control
from tasks_ui.schema_form.controls.texts import CODE
from tasks_ui.schema_form.controls.widgets import TextArea
from tasks_ui.schema_form.posted.absent import ABSENT
from tasks_ui.schema_form.posted.reader import Unreadable


@dataclass
class JsonText(Control):
    """Any value, written as JSON."""

    look: ClassVar[str] = "wide"

    @property
    def rules(self) -> str:
        """Say in which language the field is to be filled in."""
        return _("Written as JSON.")

    def widget(self, attributes: dict[str, Any], shown: Any) -> forms.Widget:
        """Give a text area for code."""
        return TextArea({"rows": 4, **CODE, **self.extra, **attributes})

    def _begin(self, value: Any) -> Any:
        """Give the value as JSON; null is one, and an object of nothing may need no writing."""
        is_nothing = value is ABSENT or (value == {} and self.empty.value == {})
        return "" if is_nothing else self.show(value)

    def fits(self, value: Any) -> bool:
        """Whether there is one: every value can be written."""
        return True

    def show(self, value: Any) -> str:
        """Give the value as JSON, on several lines."""
        return json.dumps(value, ensure_ascii=False, indent=2)

    def _read(self, texts: list[str], stored: Any) -> Any:
        """Give the value; spaces alone are nothing."""
        return super()._read([text if text.strip() else "" for text in texts], stored)

    def parse(self, text: str) -> Any:
        """Give the value; numbers that JSON does not have are refused."""
        try:
            return json.loads(text, parse_constant=_refuse)
        except (ValueError, RecursionError):
            raise Unreadable(_("Enter a valid JSON.")) from None

    def is_filled(self, value: Any) -> bool:
        """Whether there is anything, null too."""
        return value is not ABSENT


def _refuse(name: str) -> Any:
    raise ValueError(name)
