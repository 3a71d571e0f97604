"""What is in a database: every row, and every part of its schema, whatever made it.

The order of columns counts for neither: a column that was added later stands at the end.
"""

from __future__ import annotations

import re
from typing import Any

from django.db import connection

Rows = dict[str, list[str]]
Schema = dict[str, Any]

BOOKKEEPING = "django_migrations"
"""The table in which migrations are noted, which is bound to change when there are others."""

LIST_OF_TEXTS = re.compile(r"\(ARRAY\[([^\]]*)\]\)::text\[\]")

COLUMNS = """
SELECT table_name, column_name, data_type, is_nullable, column_default, character_maximum_length,
    is_identity, collation_name
FROM information_schema.columns WHERE table_schema = 'public'
"""
CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""
INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
STATISTICS = """
SELECT stxrelid::regclass::text, stxname, pg_get_statisticsobjdef(oid) FROM pg_statistic_ext
"""
OPTIONS = """
SELECT relname, relkind::text, reloptions::text FROM pg_class
WHERE relnamespace = 'public'::regnamespace
"""


def tables() -> list[str]:
    """Give the name of every table."""
    with connection.cursor() as cursor:
        return sorted(connection.introspection.table_names(cursor))


def rows_of() -> Rows:
    """Give all rows of every table but that of the migrations, each as a text."""
    return {name: _rows_in(name) for name in tables() if name != BOOKKEEPING}


def _rows_in(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
        names = [column[0] for column in cursor.description]
        return sorted(
            repr(sorted(zip(names, row, strict=True), key=lambda pair: pair[0]))
            for row in cursor.fetchall()
        )


def schema() -> Schema:
    """Give every table, column, constraint, index, and whatever else was made."""
    return _sqlite_schema() if connection.vendor == "sqlite" else _postgres_schema()


def _asked(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return sorted(cursor.fetchall(), key=repr)


def _postgres_schema() -> Schema:
    asked = {
        "columns": COLUMNS,
        "constraints": CONSTRAINTS,
        "indexes": INDEXES,
        "statistics": STATISTICS,
        "options": OPTIONS,
    }
    return {
        name: [tuple(map(_as_read_again, row)) for row in _asked(statement)]
        for name, statement in asked.items()
    }


def _as_read_again(value: Any) -> Any:
    """Write a list of texts as PostgreSQL does once it has read its own dump.

    The rows of before came from a dump, and those of a new site from Django: both mean the same.
    """
    if not isinstance(value, str):
        return value
    return LIST_OF_TEXTS.sub(
        lambda found: f"ARRAY[{', '.join(f'({one})::text' for one in found[1].split(', '))}]", value
    )


def _sqlite_schema() -> Schema:
    """Give the parts of each table's statement by themselves, as their order is chance."""
    made = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    return {
        f"{kind} {name}": sorted(_parts(sql)) if kind == "table" else " ".join((sql or "").split())
        for kind, name, _table, sql in _asked(made)
    }


def _parts(statement: str) -> list[str]:
    """Give what stands between the commas of a CREATE TABLE that are in no other brackets."""
    inside = " ".join(statement.split()).partition("(")[2].rpartition(")")[0]
    parts, depth, quote = [""], 0, ""
    for letter in inside:
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        else:
            depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth and not quote:
            parts.append("")
        else:
            parts[-1] += letter
    return [re.sub(r"\s+", " ", part).strip() for part in parts]
