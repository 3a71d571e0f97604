"""Data of an instance in the words of people: what a number, a date or a list looks like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from workflows import engine
from workflows.data_urls import FileReference, decode, is_data_url
from workflows.models import HumanTask, WorkflowInstance
from workflows.schemas import decimals_of

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})")
NOTHING: tuple[Any, ...] = (None, "", [], {})
DEEPEST = 6
LONGEST_LIST = 200

Address = Callable[[UUID], str]
"""Gives the page on which a file is given out."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A name and a value; a list or a group of values has `items` instead of a text.

    Attributes:
        url: where the file is that the text names.
    """

    label: str
    text: str = ""
    url: str = ""
    items: tuple[Fact, ...] = ()
    is_group: bool = False

    @property
    def is_link(self) -> bool:
        """Whether the whole text is an address on the web."""
        return self.text.startswith(("https://", "http://")) and not re.search(r"\s", self.text)


def fact(
    label: str, value: Any, schema: Any = None, depth: int = 0, address: Address | None = None
) -> Fact:
    """Give a value as it is shown under this name, in the words that its schema has for it.

    `address` gives the addresses of files.
    """
    if isinstance(value, dict) and value and depth < DEEPEST:
        parts = ((key, item, _part(schema, "properties", key)) for key, item in value.items())
        group = tuple(fact(_title(k, of), item, of, depth + 1, address) for k, item, of in parts)
        found = Fact(label=label, items=group, is_group=True)
    elif isinstance(value, list) and value and depth < DEEPEST:
        of = _part(schema, "items")
        listed = tuple(fact("", item, of, depth + 1, address) for item in value[:LONGEST_LIST])
        found = Fact(label=label, items=(*listed, *_rest(value)))
    else:
        file = FileReference.of(value)
        url = address(file.id) if file and address else ""
        found = Fact(label=label, text=in_one_line(value, schema), url=url)
    return found


def visible_facts(of: HumanTask | WorkflowInstance, user: User) -> list[Fact]:
    """Give the data of a task or an instance that this person may see, with links to its files."""
    page = "task_file" if isinstance(of, HumanTask) else "request_file"

    def address(id_: UUID) -> str:
        return reverse(page, args=[of.pk, id_])

    # A text has the name of its choice already, which may be the value of another one.
    return [
        fact(
            field.label,
            field.value,
            None if isinstance(field.value, str) else field.schema,
            address=address,
        )
        for field in engine.visible_data(of, user)
    ]


def facts(data: dict[str, Any], schema: dict[str, Any] | None = None) -> list[Fact]:
    """Give an object's values in the words that its schema has for their names and for them."""
    return [*fact("", data, schema).items]


def named(value: Any, schema: Any) -> Any:
    """Give the name that a schema has for one of its choices, or else the value itself."""
    choices = _part(schema, "enum")
    names = _part(schema, "enumNames")
    if not (isinstance(choices, list) and isinstance(names, list) and value in choices):
        return value
    place = choices.index(value)
    return names[place] if place < len(names) else value


def in_one_line(value: Any, schema: Any = None) -> str:
    """Give a value as text, in the person's zone and with their signs for decimals.

    With a schema, a choice has its name, and a number the decimals that it is counted in.
    """
    match value := named(value, schema):
        case _ if value in NOTHING:
            text = "–"
        case bool():
            text = _("Yes") if value else _("No")
        case int() | float() | Decimal():
            text = _number(value, decimals_of(_part(schema, "multipleOf")))
        case str():
            text = _read(value)
        case list():
            text = _joined(in_one_line(item) for item in value)
        case dict():
            text = _joined(f"{_name(key)}: {in_one_line(item)}" for key, item in value.items())
        case _:
            text = str(value)
    return text


def _number(number: int | float | Decimal, decimals: int) -> str:
    """Give a number with at least so many decimals: 3,480.50, where it is counted in cents."""
    exponent = Decimal(str(number)).as_tuple().exponent
    is_shorter = isinstance(exponent, int) and -exponent < decimals
    return formats.number_format(number, decimals if is_shorter else None, force_grouping=True)


def _read(text: str) -> str:
    try:
        if text.startswith("data:") and is_data_url(text):
            text = _file(text)
        elif DATE.fullmatch(text):
            text = formats.date_format(date.fromisoformat(text), "DATE_FORMAT")
        elif MOMENT.fullmatch(text):
            moment = timezone.localtime(datetime.fromisoformat(text))
            text = formats.date_format(moment, "DATETIME_FORMAT")
    except (ValueError, OverflowError):
        # It looks like a date and is none (2026-02-30): then it is only text.
        return text
    return text


def _file(text: str) -> str:
    """Give the name and the size of a file, which may be written out."""
    reference, content = FileReference.of(text), decode(text)
    if reference is not None:
        name, size = reference.name, reference.size
    elif content is not None:
        name, size = content.name or content.media_type, len(content.content)
    else:
        return text
    return f"{name} ({filesizeformat(size)})"


def _joined(texts: Iterable[str]) -> str:
    return ", ".join(texts)


def _rest(values: list[Any]) -> tuple[Fact, ...]:
    rest = len(values) - LONGEST_LIST
    return (Fact(label="", text=_("… and %(count)d more") % {"count": rest}),) if rest > 0 else ()


def _title(name: str, schema: Any) -> str:
    title = _part(schema, "title")
    return str(title) if title else _name(name)


def _part(schema: Any, *names: str) -> Any:
    """Give what a schema says under these names, inside each other; nothing where it does not."""
    for name in names:
        schema = schema.get(name) if isinstance(schema, dict) else None
    return schema


def _name(key: str) -> str:
    return key.replace("_", " ").capitalize()
