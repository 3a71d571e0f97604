"""Set-based SQL: many rows of one table changed or inserted by one statement.

Django's own bulk methods build their statements anew each time, which costs more than the database
does. Here the text of a statement is made once per set of columns. PostgreSQL gets all values as
one JSON parameter, SQLite gets them row by row in its own loop.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import DateTimeField, Field, ForeignKey, JSONField, Model, UUIDField

UPDATE_FROM_JSON: Final = """
UPDATE {table} AS old SET {sets}
FROM json_to_recordset(%s::json) AS new ({kinds}, held integer)
WHERE old.{key} = new.{key} {held}
"""
POSTGRESQL_HELD: Final = "AND old.fence = new.held AND old.status = 'running'"

UPDATE: Final = "UPDATE {table} SET {sets} WHERE {key} = %s {held}"
SQLITE_HELD: Final = "AND fence = %s AND status = 'running'"

INSERT_FROM_JSON: Final = """
INSERT INTO {table} ({columns})
SELECT {columns} FROM json_to_recordset(%s::json) AS new ({kinds}) RETURNING id
"""
INSERT: Final = "INSERT INTO {table} ({columns}) VALUES {rows} RETURNING id"

AT_ONCE: Final = 500
"""Rows of one INSERT on SQLite, which allows 32,766 parameters."""


@dataclass
class Change:
    """What is to be written of one row: the names of its changed attributes.

    With `held`, the row is only changed while it runs under that fence. `fences` raises the
    fence, so that whoever runs it is refused.
    """

    row: Any
    names: set[str] = field(default_factory=set)
    held: int | None = None
    fences: bool = False


class Column(NamedTuple):
    """One column of a statement: the attribute that it is read from, and how it is sent."""

    attribute: str
    name: str
    kind: str
    plain: Callable[[Any], Any] | None


def update_rows(model: type[Model], changes: Iterable[Change]) -> bool:
    """Write changes, one statement per set of columns; whether every row was there to change."""
    alike: dict[tuple[Any, ...], list[Change]] = {}
    for change in changes:
        key = (tuple(sorted(change.names)), change.held is not None, change.fences)
        alike.setdefault(key, []).append(change)
    complete = True
    for (names, held, fences), group in alike.items():
        written = _update(model, names, group, held=held, fences=fences)
        complete = complete and written == len(group)
    return complete


def insert_rows(model: type[Model], rows: Sequence[Model]) -> None:
    """Insert new rows in their order and give them their numbers."""
    if not rows:
        return
    names = tuple(one.attname for one in model._meta.concrete_fields if not one.primary_key)
    if connection.vendor == "postgresql":
        numbers = _insert_as_json(model, names, rows)
    else:
        waiting, numbers = iter(rows), []
        while chunk := list(islice(waiting, AT_ONCE)):
            numbers += _insert_as_values(model, names, chunk)
    # Both databases return what they inserted in the order in which they were given it.
    for row, number in zip(rows, numbers, strict=True):
        row.pk = number
        row._state.adding = False  # noqa: SLF001 - as Django's own bulk_create does


def _update(
    model: type[Model], names: tuple[str, ...], group: list[Change], *, held: bool, fences: bool
) -> int:
    columns = (*_columns(model, names, connection.vendor), *_key(model, connection.vendor))
    statement = _update_statement(model, names, connection.vendor, held, fences)
    rows: list[list[Any]] = []
    for change in group:
        values = _values(columns, change.row)
        if held:
            values.append(change.held)
        rows.append(values)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(statement, [_as_json((*_names(columns), "held"), rows)])
        else:
            cursor.executemany(statement, rows)
        return int(cursor.rowcount)


@cache
def _update_statement(
    model: type[Model], names: tuple[str, ...], vendor: str, held: bool, fences: bool
) -> str:
    (key,), columns = _key(model, vendor), _columns(model, names, vendor)
    if vendor == "postgresql":
        sets = [f"{column.name} = new.{column.name}" for column in columns]
        sets += ["fence = old.fence + 1"] if fences else []
        statement, where = UPDATE_FROM_JSON, POSTGRESQL_HELD if held else ""
    else:
        sets = [f"{column.name} = %s" for column in columns]
        sets += ["fence = fence + 1"] if fences else []
        statement, where = UPDATE, SQLITE_HELD if held else ""
    return statement.format(
        table=model._meta.db_table,
        sets=", ".join(sets),
        kinds=_kinds((*columns, key)),
        key=key.name,
        held=where,
    )


def _insert_as_json(model: type[Model], names: tuple[str, ...], rows: Sequence[Any]) -> list[Any]:
    columns = _columns(model, names, "postgresql")
    text = _as_json(_names(columns), [_values(columns, row) for row in rows])
    with connection.cursor() as cursor:
        cursor.execute(_insert_statement(model, names), [text])
        return [number for (number,) in cursor.fetchall()]


@cache
def _insert_statement(model: type[Model], names: tuple[str, ...]) -> str:
    columns = _columns(model, names, "postgresql")
    listed, kinds = ", ".join(_names(columns)), _kinds(columns)
    return INSERT_FROM_JSON.format(table=model._meta.db_table, columns=listed, kinds=kinds)


def _insert_as_values(model: type[Model], names: tuple[str, ...], rows: Sequence[Any]) -> list[Any]:
    columns = _columns(model, names, "sqlite")
    places = "(" + ", ".join(["%s"] * len(columns)) + ")"
    statement = INSERT.format(
        table=model._meta.db_table,
        columns=", ".join(_names(columns)),
        rows=", ".join([places] * len(rows)),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for row in rows for value in _values(columns, row)])
        return [number for (number,) in cursor.fetchall()]


def _kinds(columns: Iterable[Column]) -> str:
    return ", ".join(f"{column.name} {column.kind}" for column in columns)


def _values(columns: Iterable[Column], row: Any) -> list[Any]:
    held = row.__dict__
    return [
        held[attribute] if plain is None or held[attribute] is None else plain(held[attribute])
        for attribute, _, _, plain in columns
    ]


def _names(columns: Iterable[Column]) -> tuple[str, ...]:
    return tuple(column.name for column in columns)


def _as_json(names: tuple[str, ...], rows: Iterable[Iterable[Any]]) -> str:
    records = [dict(zip(names, row, strict=False)) for row in rows]
    return json.dumps(records, cls=DjangoJSONEncoder)


def _key(model: type[Model], vendor: str) -> tuple[Column, ...]:
    return _columns(model, (model._meta.pk.attname,), vendor)


@cache
def _columns(model: type[Model], names: tuple[str, ...], vendor: str) -> tuple[Column, ...]:
    fields: Mapping[str, Field] = {one.attname: one for one in model._meta.concrete_fields}
    return tuple(_column(fields[name], vendor) for name in names)


def _column(of: Field, vendor: str) -> Column:
    kind = str(of.rel_db_type(connection) if of.primary_key else of.db_type(connection))
    # A cast to varchar(n) would cut silently; the table itself refuses what is too long.
    kind = "text" if kind.startswith("varchar") else kind
    target = of.target_field if isinstance(of, ForeignKey) else of
    return Column(of.attname, str(of.column), kind, _plain(target, vendor))


def _plain(of: Field, vendor: str) -> Callable[[Any], Any] | None:
    """How a value of the field is sent, where it is not sent as it is."""
    match of:
        case JSONField() if vendor != "postgresql":
            return _dumped
        case DateTimeField():
            return _iso if vendor == "postgresql" else connection.ops.adapt_datetimefield_value
        case UUIDField():
            return str if vendor == "postgresql" else _hex
        case _:
            return None


def _dumped(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)


def _iso(value: datetime) -> str:
    return value.isoformat()


def _hex(value: UUID) -> str:
    return value.hex
