"""The controls of a form: each shows one kind of value as text and reads it back.

In: a value, or what was posted. Out: a Django field with its widget, and typed JSON or a message.
"""

from __future__ import annotations

from tasks_ui.schema_form.controls.base import Control, Empty
from tasks_ui.schema_form.controls.choices import Choice, Radios, Several
from tasks_ui.schema_form.controls.constants import Constant
from tasks_ui.schema_form.controls.files import Upload
from tasks_ui.schema_form.controls.json_text import JsonText
from tasks_ui.schema_form.controls.moments import Date, Moment, Time, is_typed_moment
from tasks_ui.schema_form.controls.numbers import Decimals, WholeNumber
from tasks_ui.schema_form.controls.searches import Searched, SearchedSeveral
from tasks_ui.schema_form.controls.texts import Area, Line, Secret
from tasks_ui.schema_form.controls.tick import Tick

__all__ = [
    "Area",
    "Choice",
    "Constant",
    "Control",
    "Date",
    "Decimals",
    "Empty",
    "JsonText",
    "Line",
    "Moment",
    "Radios",
    "Searched",
    "SearchedSeveral",
    "Secret",
    "Several",
    "Tick",
    "Time",
    "Upload",
    "WholeNumber",
    "is_typed_moment",
]
