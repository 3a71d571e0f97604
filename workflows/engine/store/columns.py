"""How the columns of a model travel to and from the database, worked out once per set of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any, Final, NamedTuple
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

    def read(self, value: Any) -> Any:
        """Give the attribute of what a cursor has given."""
        return value if value is None or self.made is None else self.made(value)


class Columns:
    """Several columns of a model in order, and how whole rows of them are converted."""

    def __init__(self, of: Sequence[Column]) -> None:
        self.all = tuple(of)
        self.names = tuple(column.name for column in of)
        self._attributes = tuple(column.attribute for column in of)
        self._picked = itemgetter(*self._attributes, self._attributes[0])
        self._plain = [(at, one.plain) for at, one in enumerate(of) if one.plain]
        self._made = [(one.attribute, one.made) for one in of if one.made]

    def values(self, row: Any) -> list[Any]:
        """Give what the database is sent of a row."""
        # What is picked must be two at least, or it would come without a tuple around it.
        values: list[Any]
        *values, _ = self._picked(row.__dict__)
        for at, plain in self._plain:
            if values[at] is not None:
                values[at] = plain(values[at])
        return values

    def attributes(self, values: Sequence[Any]) -> dict[str, Any]:
        """Give the attributes of an object, of what a cursor has given."""
        found = dict(zip(self._attributes, values, strict=True))
        for name, made in self._made:
            if found[name] is not None:
                found[name] = made(found[name])
        return found

    def kinds(self) -> str:
        """Give names and types, as PostgreSQL wants them for a set of JSON records."""
        return ", ".join(f"{column.name} {column.kind}" for column in self.all)


@cache
def columns(model: type[Model], names: tuple[str, ...], vendor: str) -> Columns:
    """Give the columns of a model's attributes, as the current database has them."""
    fields: Mapping[str, Field] = {one.attname: one for one in model._meta.concrete_fields}
    return Columns([_column(fields[name], vendor) for name in names])


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
            return None, _loaded
        case JSONField(), _:
            return dumped, _loaded
        case DateTimeField(), "postgresql":
            return _iso, None
        case DateTimeField(), _:
            return _naive, _aware
        case UUIDField(), "postgresql":
            return str, None
        case UUIDField(), _:
            return _hex, UUID
        case _:
            return None, None


def dumped(value: Any) -> str:
    """Give JSON text as models store it."""
    # Most of what is stored is empty or a number, and the encoder is made anew for each text.
    kind = type(value)
    if kind is int:
        return str(value)
    return _EMPTY[kind] if not value and kind in _EMPTY else _encoder.encode(value)


_EMPTY: Final[Mapping[type, str]] = {dict: "{}", list: "[]"}
_encoder = DjangoJSONEncoder()


def _loaded(text: str) -> Any:
    # What a database gives has no blanks around it, for which json.loads looks.
    return _decode(text)[0]


_decode = json.JSONDecoder().raw_decode


def _hex(value: UUID) -> str:
    return value.hex


@lru_cache
def _iso(value: datetime) -> str:
    return value.isoformat()


@lru_cache
def _naive(value: datetime) -> str:
    # All that happens in one transition has its moment, and all that is claimed with it its lease.
    text = str(value)
    if text.endswith("+00:00"):
        return text[:-6]
    return str(connection.ops.adapt_datetimefield_value(value))


def _aware(value: datetime | str) -> datetime:
    # SQLite keeps UTC without saying so; what RETURNING gives is still text.
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC)
