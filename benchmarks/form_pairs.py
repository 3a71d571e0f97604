"""The forms that are measured, each as a schema, as a plain Django form, and filled in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import QueryDict

OPTIONS: Final = ["north", "east", "south", "west", "centre"]


@dataclass(frozen=True)
class Pair:
    """One form, written in both ways, with what a browser posts for `data`."""

    name: str
    schema: dict[str, Any]
    django_form: type[forms.Form]
    data: dict[str, Any]
    post: QueryDict
    django_post: QueryDict


@dataclass(frozen=True)
class Kind:
    """One kind of field: what its schema says, its Django field, a value and how it is posted."""

    schema: dict[str, Any]
    field: Callable[..., forms.Field]
    value: Any
    text: str


def _choice(values: list[str]) -> Callable[..., forms.Field]:
    return lambda **said: forms.ChoiceField(
        choices=[("", "–"), *((value, value) for value in values)], **said
    )


def _area(**said: Any) -> forms.Field:
    return forms.CharField(widget=forms.Textarea, **said)


KINDS: Final = [
    Kind({"type": "string", "maxLength": 80}, forms.CharField, "Ada Lovelace", "Ada Lovelace"),
    Kind({"type": "string", "format": "email"}, forms.EmailField, "a@b.org", "a@b.org"),
    Kind({"type": "integer", "minimum": 0}, forms.IntegerField, 42, "42"),
    Kind({"type": "number"}, forms.DecimalField, 19.5, "19.5"),
    Kind({"type": "string", "enum": OPTIONS}, _choice(OPTIONS), "east", "east"),
    Kind({"type": "boolean"}, forms.BooleanField, True, "true"),
    Kind({"type": "string", "format": "date"}, forms.DateField, "2026-02-28", "2026-02-28"),
    Kind({"type": "string", "format": "textarea"}, _area, "Some words.", "Some words."),
]


def many_fields(count: int) -> Pair:
    """Give a form of so many fields, of every kind in turn; every other one has to be filled in."""
    kinds = {f"field_{number}": KINDS[number % len(KINDS)] for number in range(count)}
    required = [name for number, name in enumerate(kinds) if number % 2 == 0]
    properties = {
        name: {**kind.schema, "title": f"Question {name}", "description": "What to know about it."}
        for name, kind in kinds.items()
    }
    fields = {
        name: kind.field(
            label=f"Question {name}", help_text="What to know about it.", required=name in required
        )
        for name, kind in kinds.items()
    }
    return _pair(f"{count} fields", properties, required, fields, kinds)


def many_options(count: int) -> Pair:
    """Give a form of one field that offers so many options."""
    values = [f"Option {number}" for number in range(count)]
    kind = Kind({"enum": values, "title": "Which"}, _choice(values), values[-1], values[-1])
    return _pair(
        f"{count:,} options",
        {"a": kind.schema},
        ["a"],
        {"a": kind.field(label="Which")},
        {"a": kind},
    )


def _pair(
    name: str,
    properties: dict[str, Any],
    required: list[str],
    fields: dict[str, forms.Field],
    kinds: dict[str, Kind],
) -> Pair:
    return Pair(
        name,
        {"type": "object", "properties": properties, "required": required},
        type("Plain", (forms.Form,), fields),
        {name: kind.value for name, kind in kinds.items()},
        _posted({f"d/{name}": kind.text for name, kind in kinds.items()}),
        _posted({name: kind.text for name, kind in kinds.items()}),
    )


def _posted(texts: dict[str, str]) -> QueryDict:
    post = QueryDict(mutable=True)
    post.update(texts)
    return post
