"""A schema that somebody has written to see what becomes of it; nothing of it is stored."""

from __future__ import annotations

import json
from typing import Any, Final, NoReturn

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tasks_ui.gallery.examples import Example
from workflows.schemas import check_schema

LONGEST: Final = 200_000
BEGINNING: Final = """{
  "type": "object",
  "properties": {
    "title": {"type": "string", "title": "Title"}
  },
  "required": ["title"]
}
"""


def _code(rows: int) -> forms.Textarea:
    attributes = {"class": "code", "rows": rows, "dir": "ltr", "spellcheck": "false"}
    return forms.Textarea({**attributes, "autocapitalize": "none", "autocomplete": "off"})


class OwnSchema(forms.Form):
    """Three texts of JSON: the schema, hints about its look, and data that was stored before."""

    schema = forms.CharField(
        label=gettext_lazy("Schema"), max_length=LONGEST, initial=BEGINNING, widget=_code(16)
    )
    ui_schema = forms.CharField(
        label=gettext_lazy("UI schema"),
        help_text=gettext_lazy("Hints about the look, per property. May be empty."),
        max_length=LONGEST,
        required=False,
        widget=_code(4),
    )
    stored = forms.CharField(
        label=gettext_lazy("Data"),
        help_text=gettext_lazy("What the form begins with. May be empty."),
        max_length=LONGEST,
        required=False,
        widget=_code(4),
    )

    def clean_schema(self) -> Any:
        """Read the schema, and refuse what no workflow could be registered with."""
        schema = _read(self.cleaned_data["schema"])
        problems = check_schema(schema)
        if problems:
            raise ValidationError(
                [f"{problem.pointer or _('The whole')}: {problem.message}" for problem in problems]
            )
        return schema

    def clean_ui_schema(self) -> Any:
        """Read the hints."""
        return _read(self.cleaned_data["ui_schema"])

    def clean_stored(self) -> Any:
        """Read the data, whatever it is: what does not fit is what one may want to look at."""
        return _read(self.cleaned_data["stored"])

    @property
    def example(self) -> Example:
        """Give what was written, to be shown as the examples are."""
        return Example(
            name="own",
            title="",
            shows="",
            schema=self.cleaned_data["schema"],
            ui_schema=self.cleaned_data["ui_schema"],
            data=self.cleaned_data["stored"],
        )


def _read(text: str) -> Any:
    """Give the value of a JSON text, None for an empty one; raises ValidationError."""
    try:
        return json.loads(text, parse_constant=_refuse) if text.strip() else None
    except json.JSONDecodeError as error:
        where = {"line": error.lineno, "column": error.colno}
        raise ValidationError(
            _("This is not JSON: look at line %(line)d, column %(column)d.") % where
        ) from None
    except (RecursionError, ValueError):
        raise ValidationError(_("This is not JSON that can be read.")) from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
