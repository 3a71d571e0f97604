"""Set-based SQL: many rows of one table changed or inserted by one statement.

Django's own bulk methods build their statements anew each time, which costs more than the database
does. Here the text of a statement is made once per set of columns. PostgreSQL gets all values as
one JSON parameter, SQLite gets them row by row in its own loop.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, TypeVar

from django.db import connection
from django.db.models import Model

from workflows.engine.store.columns import Columns, columns, dumped, names_of
from workflows.engine.store.select import made_of, places

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
INSERT: Final = "INSERT INTO {table} ({columns}) VALUES ({places})"
NUMBERS: Final = "RETURNING id"
LAST_NUMBER: Final = "SELECT seq FROM sqlite_sequence WHERE name = %s"

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


class Updates:
    """Changes of rows of one table, to be written by one statement per set of columns.

    What the database is sent of a row is worked out when its change is added.
    """

    def __init__(self, model: type[Model]) -> None:
        self._model = model
        self._vendor = connection.vendor
        self._values: dict[tuple[frozenset[str], bool, bool], list[list[Any]]] = {}

    def add(self, change: Change) -> None:
        """Write this change, too, as the row is now."""
        names, is_held = frozenset(change.names), change.held is not None
        values = _changed(self._model, names, self._vendor).values(change.row)
        if is_held:
            values.append(change.held)
        self._values.setdefault((names, is_held, change.fences), []).append(values)

    def write(self) -> bool:
        """Write the changes; tell whether every row was there to change."""
        complete = True
        for alike, rows in self._values.items():
            complete = self._write(*alike, rows) == len(rows) and complete
        return complete

    def _write(self, names: frozenset[str], held: bool, fences: bool, rows: list[Any]) -> int:
        statement = _update_statement(self._model, names, self._vendor, held, fences)
        with connection.cursor() as cursor:
            if self._vendor == "postgresql":
                written = _changed(self._model, names, "postgresql").names
                cursor.execute(statement, [_as_json((*written, "held"), rows)])
            else:
                cursor.executemany(statement, rows)
            return int(cursor.rowcount)


class Inserts:
    """New rows of one table; what the database is sent of a row is worked out when it is added."""

    def __init__(self, model: type[Model]) -> None:
        self._model = model
        self._columns = columns(model, names_of(model, without=("id",)), connection.vendor)
        self._values: list[list[Any]] = []
        self.rows: list[Any] = []

    def add(self, row: Model) -> None:
        """Insert this row, too, as it is now."""
        self.rows.append(row)
        self._values.append(self._columns.values(row))

    def write(self) -> None:
        """Insert the rows, whose numbers nobody asks for."""
        if self.rows:
            with connection.cursor() as cursor:
                if connection.vendor == "postgresql":
                    self._insert_as_json(cursor, "")
                else:
                    statement = _insert_values(self._model, self._columns.names)
                    cursor.executemany(statement, self._values)

    def write_numbered(self) -> None:
        """Insert the rows in their order and give them their numbers; call in a transaction."""
        if self.rows:
            for row, number in zip(self.rows, self._numbers(), strict=True):
                row.pk = number
                row._state.adding = False  # noqa: SLF001 - as Django's own bulk_create does

    def _numbers(self) -> Iterable[int]:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                # It returns what it inserted in the order in which it was given it.
                self._insert_as_json(cursor, NUMBERS)
                return [number for (number,) in cursor.fetchall()]
            # Who writes an SQLite file has it alone, so that the next numbers are known; one
            # statement of so many rows that it returned theirs would be parsed anew each time.
            cursor.execute(LAST_NUMBER, [self._model._meta.db_table])
            (last,) = cursor.fetchone() or (0,)
            numbers = range(last + 1, last + 1 + len(self.rows))
            values = [[number, *row] for number, row in zip(numbers, self._values, strict=True)]
            names = ("id", *self._columns.names)
            cursor.executemany(_insert_values(self._model, names), values)
            return numbers

    def _insert_as_json(self, cursor: Any, returning: str) -> None:
        statement = _insert_from_json(self._model, returning)
        cursor.execute(statement, [_as_json(self._columns.names, self._values)])


@cache
def _changed(model: type[Model], names: frozenset[str], vendor: str) -> Columns:
    return columns(model, (*sorted(names), model._meta.pk.attname), vendor)


@cache
def _update_statement(
    model: type[Model], names: frozenset[str], vendor: str, held: bool, fences: bool
) -> str:
    written = _changed(model, names, vendor)
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


@cache
def _insert_values(model: type[Model], names: tuple[str, ...]) -> str:
    return INSERT.format(
        table=model._meta.db_table, columns=", ".join(names), places=places(len(names))
    )


def _as_json(names: tuple[str, ...], rows: Iterable[Iterable[Any]]) -> str:
    return dumped([dict(zip(names, row, strict=False)) for row in rows])
