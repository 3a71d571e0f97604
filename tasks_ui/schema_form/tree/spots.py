"""Where in a form something is to be built, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tasks_ui.schema_form.posted.absent import ABSENT, part
from tasks_ui.schema_form.tree.nodes import Node


@dataclass
class Spot:
    """One spot; `value` is what it holds as far as is known, `stored` what it held before."""

    way: str = ""
    parent: Node | None = None
    step: str | int | None = None
    required: bool = True
    default: Any = ABSENT
    stored: Any = ABSENT
    value: Any = ABSENT
    label: str = ""
    level: int = 0
    above: frozenset[int] = frozenset()
    is_revealed: bool = False
    in_alternative: bool = False
    is_bare: bool = False
    """Whether it is one of many rows that were posted without anything in them."""
    tells_apart: frozenset[str] = frozenset()
    """Names of properties that only say which alternative it is."""

    def inside(self, parent: Node, way: str, step: str | int, **more: Any) -> Spot:
        """Give the spot of a part; what is known of it follows from what is known here."""
        return Spot(
            way=way,
            parent=parent,
            step=step,
            default=part(parent.default, step),
            stored=part(parent.stored, step),
            value=part(self.value, step),
            level=self.level + 1,
            above=self.above | parent.outlook.origins,
            **{"is_revealed": self.is_revealed, **more},
        )
