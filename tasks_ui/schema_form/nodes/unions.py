"""Which of several forms a value has: a choice, and the fields of the one that was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from tasks_ui.schema_form.nodes.node import Beginnings, Node, id_of
from tasks_ui.schema_form.posted.absent import ABSENT
from tasks_ui.schema_form.posted.reader import Reading
from tasks_ui.schema_form.schema.parts import Union


@dataclass
class Chooser:
    """One choice between alternatives: the labels to choose from, and the one that was chosen.

    Attributes:
        name: the name under which the sign of the chosen one is posted.
        union: the alternatives.
        label: what is asked for.
        labels: what each alternative is called.
        number: which one is chosen; None for none.
        constants: names of properties by which the chosen one is told apart.
        is_lost: whether what was posted stands for none of them (any more).
        is_revealed: whether it is there because of other answers, and nobody has seen it yet.
    """

    name: str
    union: Union
    label: str
    labels: Sequence[str]
    number: int | None
    constants: frozenset[str] = frozenset()
    is_lost: bool = False
    is_revealed: bool = False

    @property
    def id(self) -> str:
        """Give the id of its control."""
        return id_of(self.name)

    @property
    def made(self) -> tuple[Any, int | str]:
        """Give the schema's list and the number in it; what to say where nothing is chosen."""
        if self.number is not None:
            return self.union.listed, self.union.listed_number(self.number)
        return self.union.listed, _("Choose one of these: %(names)s.") % {
            "names": ", ".join(self.labels)
        }

    def note(self, reading: Reading) -> None:
        """Report a choice that does not exist (any more): nobody else may be chosen instead."""
        if self.is_lost:
            reading.errors[self.name] = _(
                "Select a valid choice. That choice is not one of the available choices."
            )


@dataclass(kw_only=True)
class Alternatives(Node):
    """A value of one of several forms: which one, and the fields of that one."""

    template: ClassVar[str] = "forms/_alternatives.html"

    choosers: Sequence[Chooser]
    inner: Node | None = None
    says_something: bool = False
    """Whether nothing was chosen at first, so that a choice makes the group around it appear."""

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
        for chooser in self.choosers:
            chooser.note(reading)
        if self.inner is not None:
            value = self.inner.read(reading)
            reading.filled |= {self.way} if self.says_something and value is not ABSENT else set()
            return value
        return ABSENT if reading.has(self.choosers[0].name) else self.stored

    def _begin(self, beginnings: Beginnings) -> Any:
        """Give what the chosen form begins with."""
        value = ABSENT if self.inner is None else self.inner.begin(beginnings)
        beginnings.filled |= {self.way} if self.says_something and value is not ABSENT else set()
        return value


@dataclass(kw_only=True)
class Which(Node):
    """A choice that stands among the fields of an object, which have brought it about.

    It has no value: it is about that of the object, and so are the messages about it.
    """

    template: ClassVar[str] = "forms/_which.html"

    chooser: Chooser

    @property
    def name(self) -> str:
        """Give the name of the choice."""
        return self.chooser.name

    @property
    def is_seen(self) -> bool:
        """Messages about it stand with the object itself."""
        return False

    def note(self, reading: Reading) -> None:
        """Report a choice that does not exist (any more)."""
        self.chooser.note(reading)


def choosers_of(node: Node) -> Sequence[Chooser]:
    """Give the choices between alternatives that a place of the form has."""
    match node:
        case Alternatives():
            return node.choosers
        case Which():
            return [node.chooser]
        case _:
            return ()
