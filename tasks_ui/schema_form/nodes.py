"""The tree of a form: groups, fields and fixed values, each able to read itself from a post."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

from tasks_ui.schema_form.absent import ABSENT, part
from tasks_ui.schema_form.controls import Control
from tasks_ui.schema_form.hints import Hints
from tasks_ui.schema_form.outlook import Outlook
from tasks_ui.schema_form.reading import Reading, Unreadable


@dataclass
class Node:
    """One place in the form and in the data.

    Attributes:
        pointer: JSON Pointer of the value.
        name: what its field posts: the form's prefix and the pointer.
        default: what a form that nobody has filled in yet begins with.
    """

    template: ClassVar[str] = ""

    pointer: str
    name: str
    label: str
    required: bool
    outlook: Outlook
    hints: Hints
    default: Any = ABSENT

    @property
    def id(self) -> str:
        """Give an id that fits into selectors, whatever the property is called."""
        return f"f-{hashlib.blake2b(self.name.encode(), digest_size=6).hexdigest()}"

    @property
    def focus_id(self) -> str:
        """Give the id of the first control, where a link to this place leads."""
        return self.id

    @property
    def is_hidden(self) -> bool:
        """Whether the author wants the value to be kept and not to be seen."""
        return self.hints.widget == "hidden"

    @property
    def description(self) -> str:
        """Give the author's explanation (Markdown)."""
        text = self.hints.get("description", self.outlook.keywords.get("description"))
        return text if isinstance(text, str) else ""

    @property
    def help(self) -> str:
        """Give the author's help, which says more than the explanation."""
        return self.hints.text("help")

    def read(self, reading: Reading, stored: Any) -> Any:
        """Give the value that was posted, ABSENT where there is none."""
        raise NotImplementedError

    def walk(self) -> Iterator[Node]:
        """Yield this place and every place inside it, in the order of the form."""
        yield self


@dataclass
class Group(Node):
    """An object: its fields, and whatever else was stored under other names."""

    template: ClassVar[str] = "forms/_group.html"

    children: dict[str, Node] = field(default_factory=dict)

    def read(self, reading: Reading, stored: Any) -> Any:
        """Give the object; an optional one that nobody has begun is not there."""
        values = {
            name: child.read(reading, part(stored, name)) for name, child in self.children.items()
        }
        known = stored if isinstance(stored, dict) else {}
        kept = {name: values.get(name, value) for name, value in known.items()}
        read = {name: value for name, value in (kept | values).items() if value is not ABSENT}
        begun = isinstance(stored, dict) or reading.has_something_in(self.pointer)
        return read if self.required or begun else ABSENT

    def walk(self) -> Iterator[Node]:
        """Yield the group and everything in it."""
        yield self
        for child in self.children.values():
            yield from child.walk()


@dataclass
class Leaf(Node):
    """A field with a control."""

    control: Control = field(kw_only=True)

    @property
    def focus_id(self) -> str:
        """Give the id of the control, of the first one where there are several."""
        return f"{self.id}{self.control.first_id}"

    @property
    def is_optional(self) -> bool:
        """Whether to say that the field may stay empty."""
        return not self.required and self.control.can_be_empty

    def read(self, reading: Reading, stored: Any) -> Any:
        """Give the value; what cannot be read is reported and left out."""
        try:
            texts = reading.texts(self.name, self.pointer)
            value = stored if texts is None else self.control.read(texts, stored)
        except Unreadable as problem:
            reading.errors[self.pointer] = problem.message
            reading.filled.add(self.pointer)
            return ABSENT
        if texts is not None and self.control.is_filled(value) and value != self.default:
            reading.filled.add(self.pointer)
        return value


@dataclass
class Fixed(Node):
    """A value that is shown and never taken from a post."""

    template: ClassVar[str] = "forms/_fixed.html"

    value: Any = ABSENT
    """What the schema says the value is; ABSENT where the stored one is shown."""

    def read(self, reading: Reading, stored: Any) -> Any:
        """Give the schema's own value where it is needed, and else what was there before."""
        if self.value is not ABSENT:
            return copy.deepcopy(self.value) if self.required else stored
        return copy.deepcopy(self.default) if stored is ABSENT else stored
