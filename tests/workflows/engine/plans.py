"""How SQLite goes about a statement."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection


def whole_reads(statements: Iterable[str]) -> list[str]:
    """Give the lines of the plans by which a whole table is read, and no index of it."""
    found = []
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
            lines = [line for *_, line in cursor.fetchall()]
            found += [line for line in lines if "SCAN" in line and "INDEX" not in line]
    return found
