"""A value of one of several forms: which of them, and the fields of that one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from tasks_ui.schema_form.posted.absent import ABSENT
from tasks_ui.schema_form.posted.reader import Reading
from tasks_ui.schema_form.schema.parts import Union
from tasks_ui.schema_form.tree.nodes import Beginnings, Node, id_of


@dataclass
class Chooser:
    """One choice between alternatives: the labels to choose from, and the one that was chosen."""

    name: str
    union: Union
    labels: Sequence[str]
    number: int | None
    constants: frozenset[str] = frozenset()
    """Names of properties by which the chosen one is told apart."""

    @property
    def id(self) -> str:
        """Give the id of its control."""
        return id_of(self.name)


@dataclass(kw_only=True)
class Alternatives(Node):
    """A value of one of several forms: which one, and the fields of that one."""

    template: ClassVar[str] = "forms/_alternatives.html"

    choosers: Sequence[Chooser]
    inner: Node | None = None

    @property
    def name(self) -> str:
        """Give the name of the first choice: that of the value belongs to the fields."""
        return self.choosers[0].name

    @property
    def id(self) -> str:
        """Give the id of what is around the choices and the fields."""
        return f"{self.choosers[0].id}_all"

    @property
    def focus_id(self) -> str:
        """Give the id of the first choice."""
        return self.choosers[0].id

    @property
    def parts(self) -> Sequence[Node]:
        """Give the fields of the chosen form."""
        return () if self.inner is None else (self.inner,)

    def _read(self, reading: Reading) -> Any:
        """Give the value of the chosen form; without a choice, there is none."""
        if self.inner is not None:
            return self.inner.read(reading)
        return ABSENT if reading.has(self.choosers[0].name) else self.stored

    def _begin(self, beginnings: Beginnings) -> Any:
        """Give what the chosen form begins with."""
        return ABSENT if self.inner is None else self.inner.begin(beginnings)
