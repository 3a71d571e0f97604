"""The statements behind lists: merged ranges of an index, read only as far as a page needs.

A list is the union of ranges: one per person, group or workflow and relation. Each is read from one
index in the list's order, and both databases merge such ranges row by row, so that the first page
costs the same whether a thousand or a million tasks follow. Django's own unions cannot be sorted
and cut on SQLite: therefore they are written out here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from workflows.engine.lists.views import ListKey, Order, View, Who
from workflows.models.tasks import HumanTask, Relation

LOOKED_THROUGH: Final = 10_000
"""So many rows are looked at one by one; a list says where it stopped."""

MOST_RANGES: Final = 400
"""SQLite merges at most 500."""

ROWS: Final = """
SELECT a.id, a.task_id, a.principal, a.relation, a.sort_at, a.urgency
FROM workflows_taskaccess a WHERE"""
ROWS_WITH_WORD: Final = """
SELECT a.id, a.task_id, a.principal, a.relation, a.sort_at, a.urgency
FROM (SELECT DISTINCT task_id FROM workflows_taskword WHERE word BETWEEN %s AND %s) m
CROSS JOIN workflows_taskaccess a WHERE a.task_id = m.task_id AND"""

# Limits keep PostgreSQL from joining all that the person has: the few rows of each task are looked
# up one task at a time, whatever its statistics say.
OTHERS: Final = """EXISTS (SELECT 1 FROM (
    SELECT * FROM workflows_taskaccess r WHERE r.task_id = s.task_id LIMIT 10000) o WHERE"""
RELATED: Final = """EXISTS (SELECT 1 FROM (
    SELECT 1 FROM workflows_taskaccess r WHERE r.task_id = s.task_id
    AND r.principal = %s AND r.relation = %s LIMIT 1) o)"""
WORD: Final = """EXISTS (SELECT 1 FROM (
    SELECT 1 FROM workflows_taskword w WHERE w.task_id = s.task_id
    AND w.word BETWEEN %s AND %s LIMIT 1) o)"""

SNOOZED: Final = "(o.principal = %s AND o.relation = 'snoozed' AND o.sort_at > %s)"
EXCLUDED: Final = "(o.principal = %s AND o.relation = 'excluded')"
IS_CLOSED: Final = """(s.relation <> 'asked' OR EXISTS (
    SELECT 1 FROM workflows_humantask t WHERE t.id = s.task_id
    AND (t.status IN ('completed', 'expired', 'canceled')) = %s))"""


@dataclass(frozen=True)
class Part:
    """A piece of a statement with its parameters."""

    sql: str
    parameters: tuple[Any, ...] = ()

    def __add__(self, other: Part) -> Part:
        return Part(f"{self.sql} {other.sql}", (*self.parameters, *other.parameters))


def joined(word: str, parts: Sequence[Part]) -> Part:
    """Put a word like AND between parts."""
    return Part(
        f" {word} ".join(part.sql for part in parts),
        tuple(value for part in parts for value in part.parameters),
    )


def task_key(value: Any) -> Any:
    """Give a task's id as this database compares it."""
    return HumanTask._meta.pk.get_db_prep_value(value, connection)


def moment(value: Any) -> Any:
    """Give a moment as this database compares it."""
    return connection.ops.adapt_datetimefield_value(value)


@dataclass(frozen=True)
class Reader:
    """Somebody who looks at a list of theirs: which rows are theirs, by kind."""

    view: View
    principals: Mapping[Who, Sequence[str]]

    @property
    def person(self) -> str:
        """Give the person as a principal."""
        return self.principals[Who.PERSON][0]

    def ranges(self) -> list[Part]:
        """Give the condition of each range of the index that the list is made of."""
        return [
            Part(
                "a.principal = %s AND a.relation = %s AND a.open = %s",
                (principal, kind.relation.value, kind.open),
            )
            for kind in self.view.kinds
            for principal in self.principals[kind.who]
        ]

    def theirs(self, table: str) -> Part:
        """Give the condition that a row of a table belongs to the list."""
        found = []
        for kind in self.view.kinds:
            principals = self.principals[kind.who]
            if principals:
                found.append(
                    Part(
                        f"{table}.relation = %s AND {table}.open = %s AND {table}.principal IN "
                        f"({', '.join(['%s'] * len(principals))})",
                        (kind.relation.value, kind.open, *principals),
                    )
                )
        either = joined("OR", [Part("(") + one + Part(")") for one in found])
        return Part("(") + (either if found else Part("FALSE")) + Part(")")

    def shown(self, now: Any) -> Part:
        """Give the condition on rows `s` that every list of this kind has."""
        against = []
        if self.view.hides_snoozed:
            against.append(Part(SNOOZED, (self.person, moment(now))))
        if self.view.hides_excluded:
            against.append(Part(EXCLUDED, (self.person,)))
        if len(self.ranges()) > 1:
            # Where several rows of a task match, the one made first stands for it.
            against.append(Part("(o.id < s.id AND") + self.theirs("o") + Part(")"))
        found = Part("TRUE")
        if against:
            found = Part(f"NOT {OTHERS}") + joined("OR", against) + Part(")")
        if self.view.closed is not None:
            found += Part("AND") + Part(IS_CLOSED, (self.view.closed,))
        return found


def merged(
    reader: Reader, order: Order, bounds: Sequence[Part], *, backwards: bool, limit: int
) -> Part:
    """Give the first rows of all ranges in their order."""
    ranges = reader.ranges()
    if len(ranges) > MOST_RANGES:
        ranges = [reader.theirs("a")]
    way = f"ORDER BY {sorting(order, backwards=backwards)} LIMIT {limit}"
    selected = [Part(ROWS) + joined("AND", [one, *bounds]) for one in ranges or [Part("FALSE")]]
    if connection.vendor == "postgresql" and len(selected) > 1:
        # It sees the order of a range only where the range asks for it.
        selected = [Part("(") + one + Part(f"{way})") for one in selected]
    return joined("UNION ALL", selected) + Part(way)


def sorting(order: Order, *, backwards: bool, table: str = "") -> str:
    """Write the order down."""
    way = " DESC" if order.descending != backwards else ""
    return ", ".join(f"{table}{column}{way}" for column in order.columns)


def beyond(order: Order, key: ListKey, *, backwards: bool, inclusive: bool = False) -> Part:
    """Give the condition for the rows `a` on the far side of a place."""
    sign = "<" if order.descending != backwards else ">"
    values = {
        "urgency": key.urgency,
        "sort_at": moment(key.sort_at),
        "task_id": task_key(key.task_id),
    }
    columns = ", ".join(f"a.{column}" for column in order.columns)
    places = ", ".join(["%s"] * len(order.columns))
    return Part(
        f"({columns}) {sign}{'=' if inclusive else ''} ({places})",
        tuple(values[column] for column in order.columns),
    )


def judged(rows: Part, shown: Part) -> Part:
    """Give the rows, each with whether it is `shown`."""
    return Part("SELECT s.*,") + shown + Part("AS shown FROM (") + rows + Part(") s")


def narrowed(rows: Part, conditions: Sequence[Part], last: str) -> Part:
    """Give those of the rows that fulfil the conditions, as far as `last` says."""
    where = Part("WHERE") + joined("AND", conditions)
    return Part("SELECT s.* FROM (") + rows + Part(") s") + where + Part(last)


def kept_in_order(order: Order, *, backwards: bool) -> str:
    """Write the order down again for what was narrowed, where that costs nothing.

    PostgreSQL promises no order without it, and sees that the rows have it; SQLite keeps the order,
    and would sort everything anew.
    """
    if connection.vendor == "sqlite":
        return ""
    return f"ORDER BY {sorting(order, backwards=backwards, table='s.')}"


def relation_row(principal: str, relation: Relation) -> Part:
    """Give the condition that the task of a row `s` has a row of this kind, too."""
    return Part(RELATED, (principal, relation.value))
