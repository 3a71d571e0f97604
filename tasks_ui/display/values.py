"""Data of an instance in the words of people: what a number, a date or a list looks like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from tasks_ui.schema_form import Meaning
from tasks_ui.schema_form.schema.titles import in_words
from workflows.engine import queries
from workflows.models import HumanTask, WorkflowInstance
from workflows.schemas import SECRET, UnusableSchema, decimals_of
from workflows.values import moments
from workflows.values.data_urls import FileReference, decode, is_data_url

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
    label: str,
    value: Any,
    meaning: Meaning | None = None,
    depth: int = 0,
    address: Address | None = None,
) -> Fact:
    """Give a value as it is shown under this name, in the words that its form has for it.

    `address` gives the addresses of files.
    """
    if depth >= DEEPEST or not _has_parts(value, meaning):
        file = None if _is_secret(value, meaning) else FileReference.of(value)
        url = address(file.id) if file and address else ""
        return Fact(label=label, text=in_one_line(value, meaning), url=url)
    if isinstance(value, dict):
        group = tuple(fact(*part, depth + 1, address) for part in _properties(value, meaning))
        return Fact(label=label, items=group, is_group=True)
    items = _items(value[:LONGEST_LIST], meaning)
    listed = tuple(fact("", item, of, depth + 1, address) for item, of in items)
    return Fact(label=label, items=(*listed, *_rest(value)))


def visible_facts(of: HumanTask | WorkflowInstance, user: User) -> list[Fact]:
    """Give the data of a task or an instance that this person may see, with links to its files.

    A task in a group that repeats begins with what it is about.
    """
    page = "task_file" if isinstance(of, HumanTask) else "request_file"
    instance = of.instance if isinstance(of, HumanTask) else of

    def address(id_: UUID) -> str:
        return reverse(page, args=[of.pk, id_])

    data = queries.visible_data(of, user)
    items = _item_facts(of, data, address) if isinstance(of, HumanTask) else []
    return [*items, *data_facts(instance, data, address)]


def _item_facts(task: HumanTask, data: Mapping[str, Any], address: Address) -> list[Fact]:
    """Say which item a task is about: all of it where it is among the data that are shown."""
    found = []
    for place in queries.items_of(task):
        label = _("Item %(place)s") % {"place": place.of_all}
        if place.source in data:
            whole = meanings_of(task.instance, data).get(place.source)
            meaning = whole.of_item(place.number - 1, place.item) if whole else None
            found.append(fact(label, place.item, meaning, address=address))
        else:
            found.append(Fact(label=label, text=place.label or "–"))
    return found


def data_facts(
    instance: WorkflowInstance, data: Mapping[str, Any], address: Address | None = None
) -> list[Fact]:
    """Give some of the data of an instance, in the words of the forms that ask for them."""
    data = queries.without_secrets(instance.definition, data)
    meanings = meanings_of(instance, data)
    return [
        fact(title_of(name, meanings.get(name)), value, meanings.get(name), address=address)
        for name, value in data.items()
    ]


def facts(data: dict[str, Any], schema: Any = None, ui_schema: Any = None) -> list[Fact]:
    """Give what was filled into a form, in its order and its words."""
    meaning = _of_form(schema, ui_schema, data)
    return [fact(*part) for part in _properties(data, meaning)]


def meanings_of(instance: WorkflowInstance, data: Mapping[str, Any]) -> dict[str, Meaning]:
    """Give what the forms of a workflow say of some of its data, by name."""
    found: dict[str, Meaning] = {}
    for form in queries.forms_of_data(instance.definition, data):
        meaning = Meaning.of_form(form.schema, form.ui_schema, instance.data)
        found |= {name: meaning.of_property(name, data[name]) for name in form.names}
    return found


def in_one_line(value: Any, meaning: Meaning | None = None) -> str:
    """Give a value as text, in the person's zone and with their signs for decimals.

    With a meaning, a choice has its name, a number the decimals that it is counted in, and what
    nobody may see again is not shown.
    """
    if _is_secret(value, meaning):
        return _("Not shown")
    if meaning and (name := meaning.name_of(value)):
        return name
    match value:
        case _ if value in NOTHING:
            text = "–"
        case bool():
            text = _("Yes") if value else _("No")
        case int() | float() | Decimal():
            text = _number(value, decimals_of(meaning and meaning.multiple_of))
        case str():
            text = _read(value)
        case list():
            text = _joined(in_one_line(item, of) for item, of in _items(value, meaning))
        case dict():
            parts = _properties(value, meaning)
            text = _joined(f"{label}: {in_one_line(item, of)}" for label, item, of in parts)
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
            text = moments.in_words(datetime.fromisoformat(text))
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


def _has_parts(value: Any, meaning: Meaning | None) -> bool:
    """Whether it is told part by part: a choice has a name as a whole, and a secret none."""
    if not isinstance(value, dict | list) or not value or _is_secret(value, meaning):
        return False
    return meaning is None or not meaning.name_of(value)


def _is_secret(value: Any, meaning: Meaning | None) -> bool:
    """Whether nobody may see the value, or whether it was left out of what is told already."""
    is_kept = meaning is not None and meaning.is_secret and value not in NOTHING
    return is_kept or bool(value == SECRET)


def _of_form(schema: Any, ui_schema: Any, data: Any) -> Meaning | None:
    """Give what a form says; nothing where there is none, or one that this release refuses."""
    try:
        return None if schema is None else Meaning.of_form(schema, ui_schema, data)
    except UnusableSchema:
        return None


def _properties(
    value: Mapping[str, Any], meaning: Meaning | None
) -> Iterator[tuple[str, Any, Meaning | None]]:
    """Yield what is in an object: what it is called, the value, and what is said of it."""
    for name in value if meaning is None else meaning.order(value):
        of = meaning.of_property(name, value[name]) if meaning else None
        yield title_of(name, of), value[name], of


def _items(values: list[Any], meaning: Meaning | None) -> Iterator[tuple[Any, Meaning | None]]:
    for at, value in enumerate(values):
        yield value, meaning.of_item(at, value) if meaning else None


def title_of(name: str, meaning: Meaning | None) -> str:
    """Give what a value that is filed under this name is called."""
    return meaning.label if meaning else in_words(name)
