"""How the columns of a model travel to and from the database, worked out once per set of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import DateTimeField, Field, ForeignKey, JSONField, Model, UUIDField

Conversion = Callable[[Any], Any]


class Column(NamedTuple):
    """One column: the attribute that has its value, its type, and what is done with a value.

    PostgreSQL is sent JSON, so that `plain` makes what JSON can carry of a value; SQLite is sent
    values. `made` makes the attribute of what a cursor gives. None stands for no conversion.
    """

    attribute: str
    name: str
    kind: str
    plain: Conversion | None
    made: Conversion | None


@cache
def columns(model: type[Model], names: tuple[str, ...], vendor: str) -> tuple[Column, ...]:
    """Give the columns of a model's attributes, as the current database has them."""
    fields: Mapping[str, Field] = {one.attname: one for one in model._meta.concrete_fields}
    return tuple(_column(fields[name], vendor) for name in names)


def names_of(model: type[Model], *, without: Iterable[str] = ()) -> tuple[str, ...]:
    """Give the attributes of a model's columns."""
    return tuple(one.attname for one in model._meta.concrete_fields if one.attname not in without)


def _column(of: Field, vendor: str) -> Column:
    kind = str(of.rel_db_type(connection) if of.primary_key else of.db_type(connection))
    # A cast to varchar(n) would cut silently; the table itself refuses what is too long.
    kind = "text" if kind.startswith("varchar") else kind
    target = of.target_field if isinstance(of, ForeignKey) else of
    return Column(of.attname, str(of.column), kind, *_conversions(target, vendor))


def _conversions(of: Field, vendor: str) -> tuple[Conversion | None, Conversion | None]:
    match of, vendor:
        case JSONField(), "postgresql":
            return None, json.loads
        case JSONField(), _:
            return dumped, json.loads
        case DateTimeField(), "postgresql":
            return datetime.isoformat, None
        case DateTimeField(), _:
            return connection.ops.adapt_datetimefield_value, _aware
        case UUIDField(), "postgresql":
            return str, None
        case UUIDField(), _:
            return _hex, UUID
        case _:
            return None, None


def dumped(value: Any) -> str:
    """Give JSON text as models store it."""
    return _encoder.encode(value)


_encoder = DjangoJSONEncoder()


def _hex(value: UUID) -> str:
    return value.hex


def _aware(value: datetime | str) -> datetime:
    # SQLite keeps UTC without saying so; what RETURNING gives is still text.
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC)
