"""What a form is made of: a schema, hints, what was stored, and what was posted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tasks_ui.schema_form.controls.files import Uploads
from tasks_ui.schema_form.nodes.node import Node
from tasks_ui.schema_form.nodes.unions import Chooser
from tasks_ui.schema_form.posted.absent import ABSENT, part
from workflows.schemas import Document
from workflows.schemas.hints.protection import Protection


@dataclass(frozen=True, kw_only=True)
class Given:
    """The parts that `SchemaForm` is given, as it explains them."""

    document: Document
    ui_schema: Any
    stored: Any
    post: Mapping[str, Any] | None
    exclude: frozenset[str] = frozenset()
    decided: Mapping[str, Any] = field(default_factory=dict)
    is_preview: bool = False
    uploads: Uploads | None = None

    @property
    def is_new(self) -> bool:
        """Whether nothing was stored and nothing posted, so that defaults are shown."""
        return self.stored is ABSENT and self.post is None


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
    may_be_left_out: bool = False
    """Whether it is part of an optional object that is only there when something in it says so."""
    is_contested: bool = False
    """Whether its default is another one after other answers."""
    protection: Protection = Protection.NONE
    """What is said of all that contains it."""
    nothing: Any = ABSENT
    """What the value is where it is left empty."""
    is_row: bool = False
    is_bare: bool = False
    """Whether it is one of many rows that were posted without anything in them."""
    is_telling: bool = False
    """Whether the value only says which alternative was chosen above."""
    tells_apart: frozenset[str] = frozenset()
    """Names of properties that only say which alternative it is."""
    questions: Sequence[Chooser] = ()
    """Choices that stand among the fields of the object there."""

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
            protection=parent.protection,
            **{
                "is_contested": self.is_contested,
                "is_revealed": self.is_revealed,
                "may_be_left_out": self.may_be_left_out,
                **more,
            },
        )
