"""How values are written on the pages of administrators: JSON, links, yes and no."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from workflows.values.moments import local

LONGEST = 50_000
"""Characters of JSON that a page shows; a browser chokes on megabytes in one element."""


def pretty_json(value: Any) -> SafeString:
    """Give a JSON value indented, escaped, and cut where it is very long."""
    text = json.dumps(value, indent=2, ensure_ascii=False, cls=DjangoJSONEncoder)
    if len(text) > LONGEST:
        said = _("… (%(count)d more characters)") % {"count": len(text) - LONGEST}
        text = f"{text[:LONGEST]}\n{said}"
    return format_html('<pre class="json" tabindex="0">{}</pre>', text)


def long_text(text: str) -> SafeString | str:
    """Give a text of several lines, such as an error, as it was written."""
    return format_html('<pre class="json" tabindex="0">{}</pre>', text) if text else ""


def admin_link(model: str, row: Model | None) -> SafeString | str:
    """Give a link to the admin's page of a row of a model; nothing where there is no row."""
    if row is None:
        return ""
    address = reverse(f"admin:workflows_{model}_change", args=[row.pk])
    return format_html('<a href="{}">{}</a>', address, row)


def moment(at: datetime | None) -> str:
    """Give a moment to the second, in the person's zone: minutes say too little of machines."""
    return "" if at is None else local(at).isoformat(sep=" ", timespec="seconds")[:19]


def moment_of(field: str, description: Any) -> Callable[[Any], str]:
    """Give a column of a list that shows a moment to the second."""

    @admin.display(description=description, empty_value="-")
    def shown(row: Any) -> str:
        return moment(getattr(row, field))

    # Django names the column's cells after it.
    shown.__name__ = field
    return shown


def site_address(page: str, **names: UUID) -> str:
    """Give the address of a page of the site; empty where the engine is used without it."""
    try:
        return reverse(page, kwargs=names)
    except NoReverseMatch:
        return ""
