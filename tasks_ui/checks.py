"""`manage.py check` for the look of forms: what is said of it and not heard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core import checks
from django.core.checks import CheckMessage, register

from tasks_ui.schema_form import Remark, check_hints
from workflows.engine import queries


@register("workflows")
def check_looks(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Error tasks_ui.E001 for what is protected by its author alone; warnings for other hints."""
    return [message for form in queries.forms_in_code() for message in _of_form(form)]


def _of_form(form: queries.CodeForm) -> Iterator[CheckMessage]:
    for remark in check_hints(form.schema, form.ui_schema):
        name = form.ui_schema_name if remark.is_beside else form.schema_name
        yield _message(f"{form.workflow}: {name}, at {remark.pointer or 'its root'}", remark)


def _message(place: str, remark: Remark) -> CheckMessage:
    kind = checks.Error if remark.protects_nothing else checks.Warning
    text = f"{place}: {remark.text}"
    if remark.protects_nothing:
        text += " It was meant to protect a value, and does not."
    hint = f"Did you mean {remark.meant!r}?" if remark.meant else None
    return kind(text, hint=hint, id=f"tasks_ui.{remark.code}")
