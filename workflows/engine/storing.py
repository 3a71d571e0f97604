"""Set-based SQL: many rows of one table changed or inserted by one statement.

Django's own bulk methods build their statements anew each time, which costs more than the database
does. Here the text of a statement is made once per set of columns. PostgreSQL gets all values as
one JSON parameter, SQLite gets them row by row in its own loop.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import chain, islice
from typing import Any, Final, TypeVar

from django.db import connection
from django.db.models import Model

from workflows.engine.columns import columns, dumped, names_of
from workflows.engine.reading import made_of, places

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
SELECT {columns} FROM json_to_recordset(%s::json) AS new ({kinds}) {returning}
"""
INSERT: Final = "INSERT INTO {table} ({columns}) VALUES {rows} {returning}"
NUMBERS: Final = "RETURNING id"

AT_ONCE: Final = 500
"""Rows of one INSERT that returns their numbers on SQLite, which allows 32,766 parameters."""

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
        key = (frozenset(change.names), change.held is not None, change.fences)
        alike.setdefault(key, []).append(change)
    complete = True
    for (names, held, fences), group in alike.items():
        written = _update(model, tuple(sorted(names)), group, held=held, fences=fences)
        complete = complete and written == len(group)
    return complete


def insert_rows(model: type[Model], rows: Sequence[Model]) -> None:
    """Insert new rows whose numbers nobody asks for."""
    if rows:
        written = columns(model, names_of(model, without=("id",)), connection.vendor)
        values = [written.values(row) for row in rows]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(_insert_from_json(model, ""), [_as_json(written.names, values)])
            else:
                cursor.executemany(_insert_values(model, 1, ""), values)


def insert_numbered(model: type[Model], rows: Sequence[Model]) -> None:
    """Insert new rows in their order and give them their numbers."""
    written = columns(model, names_of(model, without=("id",)), connection.vendor)
    at_once = len(rows) if connection.vendor == "postgresql" else AT_ONCE
    waiting = iter(rows)
    while chunk := list(islice(waiting, at_once)):
        values = [written.values(row) for row in chunk]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                text = _as_json(written.names, values)
                cursor.execute(_insert_from_json(model, NUMBERS), [text])
            else:
                statement = _insert_values(model, len(chunk), NUMBERS)
                cursor.execute(statement, list(chain.from_iterable(values)))
            # Both databases return what they inserted in the order in which they were given it.
            for row, (number,) in zip(chunk, cursor.fetchall(), strict=True):
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


@cache
def _insert_from_json(model: type[Model], returning: str) -> str:
    written = columns(model, names_of(model, without=("id",)), "postgresql")
    return INSERT_FROM_JSON.format(
        table=model._meta.db_table,
        columns=", ".join(written.names),
        kinds=written.kinds(),
        returning=returning,
    )


@lru_cache
def _insert_values(model: type[Model], count: int, returning: str) -> str:
    names = columns(model, names_of(model, without=("id",)), "sqlite").names
    return INSERT.format(
        table=model._meta.db_table,
        columns=", ".join(names),
        rows=", ".join([f"({places(len(names))})"] * count),
        returning=returning,
    )


def _as_json(names: tuple[str, ...], rows: Iterable[Iterable[Any]]) -> str:
    return dumped([dict(zip(names, row, strict=False)) for row in rows])
