"""How many tasks a list would have if it were narrowed otherwise, counted in its first rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db import connection

from workflows.engine.lists.filters import every_condition
from workflows.engine.lists.query import reader
from workflows.engine.lists.sql import Part, joined, merged
from workflows.engine.lists.views import Wanted
from workflows.engine.store.clock import now

LOOKED_AT: Final = 1_000
"""Rows of the list: it is only a hint, and may cost nothing to speak of."""

NUMBER: Final = "COALESCE(SUM(CASE WHEN"
OF_ALL: Final = "THEN 1 ELSE 0 END), 0)"


def count_each(user: Any, all_wanted: Sequence[Wanted]) -> list[int]:
    """Count what each of them finds among the first rows of the list; one statement.

    All of them want the same list in the same order.
    """
    who, moment = reader(user, all_wanted[0].view), now()
    shown = who.shown(moment)
    # What is narrowed to is rarer than what is put off, and asked first.
    counts = [
        Part(NUMBER) + joined("AND", [*every_condition(wanted, moment), shown]) + Part(OF_ALL)
        for wanted in all_wanted
    ]
    rows = merged(who, all_wanted[0].order, [], backwards=False, limit=LOOKED_AT)
    statement = Part("SELECT") + joined(",", counts) + Part("FROM (") + rows + Part(") s")
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.parameters)
        return [int(number) for number in cursor.fetchone()]
