"""What an object has under names that people give: rows of a name and a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from tasks_ui.schema_form.nodes.node import Beginnings, Node, id_of
from tasks_ui.schema_form.posted import field_names
from tasks_ui.schema_form.posted.absent import ABSENT
from tasks_ui.schema_form.posted.reader import Reading


@dataclass(kw_only=True)
class Pair:
    """A row of an object that takes any name: the name, and the place of the value."""

    key: str
    name: str
    text: str
    value: Node
    may_be_nameless: bool = False
    """Whether it was stored under the empty name."""
    problem: str = ""

    @property
    def shown(self) -> str:
        """Give the name as far as one can see it."""
        return self.text.strip()

    @property
    def id(self) -> str:
        """Give the id of the control for the name."""
        return id_of(self.name)


@dataclass(kw_only=True)
class Pairs(Node):
    """What an object has under names that the schema does not list."""

    template: ClassVar[str] = "forms/_pairs.html"

    rows: Sequence[Pair] = ()
    taken: frozenset[str] = frozenset()
    can_grow: bool = True
    first_count: int = 0
    """How many rows it began with."""

    @property
    def name(self) -> str:
        """Give the name of the rows: that of the value belongs to the object itself."""
        return self.marker

    @property
    def is_seen(self) -> bool:
        """Messages about it stand with the object itself."""
        return False

    @property
    def parts(self) -> Sequence[Node]:
        """Give the values."""
        return [row.value for row in self.rows]

    @property
    def marker(self) -> str:
        """Give the name under which the keys of the rows are posted."""
        return f"{field_names.ROWS}{self.way}"

    def _read(self, reading: Reading) -> Any:
        """Give the values by their names; a row without name and value is none."""
        if reading.rows(self.way) is None:
            return self._others()
        if self.shows_default and len(self.rows) < self.first_count:
            reading.filled.add(f"{self.way}/{field_names.PAIR}")
        found: dict[str, Any] = {}
        for row in self.rows:
            value = row.value.read(reading)
            row.value.step = row.text
            is_empty = value is ABSENT and not reading.has_error_in(row.value.way)
            row.value.is_dropped = is_empty and not row.text and not row.may_be_nameless
            if row.value.is_dropped:
                continue
            row.problem = self._problem(row, found)
            if is_empty:
                reading.errors.setdefault(row.value.name, _("This field is required."))
            if row.problem:
                reading.errors.setdefault(row.name, row.problem)
            else:
                found[row.text] = None if value is ABSENT else value
            reading.filled.add(f"{self.way}/{row.key}")
        return found

    def _problem(self, row: Pair, found: dict[str, Any]) -> str:
        text = row.text
        if text in found:
            return _("This name is there twice.")
        if text in self.taken:
            return _("This name belongs to a field of its own.")
        return "" if text or row.may_be_nameless else _("Enter a name.")

    def _others(self) -> dict[str, Any]:
        known = self.stored if isinstance(self.stored, dict) else {}
        return {name: value for name, value in known.items() if name not in self.taken}

    def _begin(self, beginnings: Beginnings) -> Any:
        """Give what is stored under such names, or what a new object has under them."""
        found: dict[str, Any] = {}
        for row in self.rows:
            value = row.value.begin(beginnings)
            found[row.text] = None if value is ABSENT else value
            beginnings.filled.add(f"{self.way}/{row.key}")
        return self._others() | found
