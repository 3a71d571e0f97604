"""Set-based SQL: many rows of one table changed or inserted by one statement.

Django's own bulk methods build their statements anew each time, which costs more than the database
does. Here the text of a statement is made once per set of columns. PostgreSQL gets all values as
one JSON parameter, SQLite gets them row by row in its own loop.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any, Final, TypeVar

from django.db import connection
from django.db.models import Model

from workflows.engine.columns import columns, dumped, names_of
from workflows.engine.reading import made_of

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

Row = TypeVar("Row", bound=Model)


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


def new_row(model: type[Row], **values: Any) -> Row:
    """Give a row that is not stored yet, with these attributes (`instance_id`, not `instance`)."""
    return made_of(model, _defaults(model) | values, stored=False)


@cache
def _defaults(model: type[Model]) -> dict[str, Any]:
    blank = model()
    return {name: getattr(blank, name) for name in names_of(model)}


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
    names = names_of(model, without=("id",))
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
    written = columns(model, (*names, model._meta.pk.attname), connection.vendor)
    rows = [written.values(change.row) for change in group]
    if held:
        for values, change in zip(rows, group, strict=True):
            values.append(change.held)
    statement = _update_statement(model, names, connection.vendor, held, fences)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(statement, [_as_json((*written.names, "held"), rows)])
        else:
            cursor.executemany(statement, rows)
        return int(cursor.rowcount)


@cache
def _update_statement(
    model: type[Model], names: tuple[str, ...], vendor: str, held: bool, fences: bool
) -> str:
    written = columns(model, (*names, model._meta.pk.attname), vendor)
    *changed, key = written.names
    if vendor == "postgresql":
        sets = [f"{name} = new.{name}" for name in changed]
        sets += ["fence = old.fence + 1"] if fences else []
        statement, where = UPDATE_FROM_JSON, POSTGRESQL_HELD if held else ""
    else:
        sets = [f"{name} = %s" for name in changed]
        sets += ["fence = fence + 1"] if fences else []
        statement, where = UPDATE, SQLITE_HELD if held else ""
    return statement.format(
        table=model._meta.db_table,
        sets=", ".join(sets),
        kinds=written.kinds(),
        key=key,
        held=where,
    )


def _insert_as_json(model: type[Model], names: tuple[str, ...], rows: Sequence[Any]) -> list[Any]:
    written = columns(model, names, "postgresql")
    text = _as_json(written.names, [written.values(row) for row in rows])
    with connection.cursor() as cursor:
        cursor.execute(_insert_statement(model, names), [text])
        return [number for (number,) in cursor.fetchall()]


@cache
def _insert_statement(model: type[Model], names: tuple[str, ...]) -> str:
    written = columns(model, names, "postgresql")
    return INSERT_FROM_JSON.format(
        table=model._meta.db_table, columns=", ".join(written.names), kinds=written.kinds()
    )


def _insert_as_values(model: type[Model], names: tuple[str, ...], rows: Sequence[Any]) -> list[Any]:
    written = columns(model, names, "sqlite")
    places = "(" + ", ".join(["%s"] * len(written.names)) + ")"
    statement = INSERT.format(
        table=model._meta.db_table,
        columns=", ".join(written.names),
        rows=", ".join([places] * len(rows)),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for row in rows for value in written.values(row)])
        return [number for (number,) in cursor.fetchall()]


def _as_json(names: tuple[str, ...], rows: Iterable[Iterable[Any]]) -> str:
    return dumped([dict(zip(names, row, strict=False)) for row in rows])
