"""Keyset paging: a page starts after a row, never at a number, so that all pages cost the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

SIZE = 25
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Cursor:
    """A place between two rows: right beside the row with this moment and id."""

    at: datetime
    id: UUID

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}-{self.id.hex}"

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """Give the cursor that an address names; none for anything else."""
        moment, _, key = text.partition("-")
        try:
            return cls(EPOCH + timedelta(microseconds=int(moment)), UUID(key))
        except (ValueError, OverflowError):
            return None


@dataclass(frozen=True, kw_only=True)
class Order:
    """By which moment and id rows are sorted, and which way round."""

    at: str
    id: str
    newest_first: bool = False

    def beyond(self, cursor: Cursor, *, backwards: bool) -> Q:
        """Give the condition for the rows on the far side of the cursor."""
        side = "lt" if self.newest_first != backwards else "gt"
        return Q(**{f"{self.at}__{side}e": cursor.at}) & (
            Q(**{f"{self.at}__{side}": cursor.at}) | Q(**{f"{self.id}__{side}": cursor.id})
        )

    def cursor(self, row: Any) -> Cursor:
        """Give the place of a row."""
        return Cursor(getattr(row, self.at), getattr(row, self.id))


@dataclass(frozen=True, kw_only=True)
class Window:
    """The rows of one page, and where the pages before and after it are."""

    rows: Sequence[Any]
    before: str = ""
    after: str = ""


def window(rows: QuerySet, order: Order, *, after: str = "", before: str = "") -> Window:
    """Give one page of rows that are sorted in this order; the first where the cursor is unknown.

    A cursor behind the last row, which is what remains when others were quicker, gives the first
    page too instead of an empty one.
    """
    cursor = Cursor.read(before or after)
    if cursor is None:
        found = _forwards(rows, order, has_before=False)
    elif before:
        found = _backwards(rows.filter(order.beyond(cursor, backwards=True)), order)
    else:
        beyond = rows.filter(order.beyond(cursor, backwards=False))
        found = _forwards(beyond, order, has_before=True)
    return found if found.rows or cursor is None else _forwards(rows, order, has_before=False)


def _forwards(rows: QuerySet, order: Order, *, has_before: bool) -> Window:
    found = list(rows[: SIZE + 1])
    page = found[:SIZE]
    return Window(
        rows=page,
        before=str(order.cursor(page[0])) if page and has_before else "",
        after=str(order.cursor(page[-1])) if len(found) > SIZE else "",
    )


def _backwards(rows: QuerySet, order: Order) -> Window:
    found = list(rows.reverse()[: SIZE + 1])
    page = found[SIZE - 1 :: -1] if len(found) > SIZE else found[::-1]
    return Window(
        rows=page,
        before=str(order.cursor(page[0])) if len(found) > SIZE else "",
        after=str(order.cursor(page[-1])) if page else "",
    )
