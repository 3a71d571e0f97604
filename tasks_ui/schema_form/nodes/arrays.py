"""An array: places that are always there, and rows to add, move and remove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from tasks_ui.schema_form.nodes.node import Beginnings, Node
from tasks_ui.schema_form.posted import field_names
from tasks_ui.schema_form.posted.absent import ABSENT
from tasks_ui.schema_form.posted.reader import Reading


@dataclass(kw_only=True)
class Rows(Node):
    """An array: places that are always there, and then rows to add, move and remove."""

    template: ClassVar[str] = "forms/_rows.html"
    may_have_parts: ClassVar[bool] = True

    fixed: Sequence[Node] = ()
    rows: dict[str, Node] = field(default_factory=dict)
    can_grow: bool = True
    has_rest: bool = True
    """Whether what comes after the fixed places is in the form at all."""

    first_count: int = 0
    """How many rows it began with: those of its default, or empty ones that it needs."""

    @property
    def parts(self) -> Sequence[Node]:
        """Give the items in order."""
        return (*self.fixed, *self.rows.values())

    @property
    def marker(self) -> str:
        """Give the name under which the keys of the rows are posted."""
        return f"{field_names.ROWS}{self.way}"

    def _read(self, reading: Reading) -> Any:
        """Give the items; rows that were left empty are none."""
        if reading.rows(self.way) is None:
            return self._unasked(reading)
        values = [place.read(reading) for place in self.fixed]
        if len(self.rows) < self._of_default:
            reading.filled.add(self.way)
        if self.stored is ABSENT and not self.required and not self._is_begun(reading):
            return ABSENT
        for at, place in enumerate(self.fixed):
            place.step = at
        said = [
            at
            for at, value in enumerate(values)
            if self._is_said(at, value, reading) or reading.has_error_in(self.fixed[at].way)
        ]
        last = max(said, default=-1)
        stored = self.stored if isinstance(self.stored, list) else []
        unseen = [] if self.has_rest else stored[len(self.fixed) :]
        items: list[Any] = [*unseen]
        for row in self.rows.values():
            value = row.read(reading)
            row.is_dropped = value is ABSENT and not reading.has_error_in(row.way)
            if not row.is_dropped:
                row.step = len(values) + len(items)
                # The place of what could not be read is kept, for the message about it.
                items.append(None if value is ABSENT else value)
        if len(items) - len(unseen) > self.first_count:
            reading.filled.add(self.way)
        first = values if items else values[: last + 1]
        read = [None if value is ABSENT else value for value in first] + items
        return read if read or self.required or isinstance(self.stored, list) else ABSENT

    def _is_said(self, at: int, value: Any, reading: Reading) -> bool:
        """Whether a fixed place is part of the data; behind what was stored, only if filled in."""
        if isinstance(self.stored, list) and at >= len(self.stored):
            way = self.fixed[at].way
            return way in reading.filled or reading.has_something_in(way)
        return value is not ABSENT

    @property
    def _of_default(self) -> int:
        """Give how many rows its default has, of which every missing one was removed."""
        is_shown = self.shows_default and isinstance(self.default, list)
        return max(len(self.default) - len(self.fixed), 0) if is_shown else 0

    def _is_begun(self, reading: Reading) -> bool:
        return bool(self.rows) or reading.has_something_in(self.way)

    def _begin(self, beginnings: Beginnings) -> Any:
        """Give what the items begin with: empty rows are none, as when they are read."""
        fixed = [place.begin(beginnings) for place in self.fixed]
        rows = [row.begin(beginnings) for row in self.rows.values()]
        items = [value for value in rows if value is not ABSENT]
        while fixed and fixed[-1] is ABSENT and not items:
            fixed.pop()
        read = [None if value is ABSENT else value for value in fixed] + items
        return read if read or self.required or isinstance(self.stored, list) else ABSENT
