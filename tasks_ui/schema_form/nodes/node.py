"""The tree of a form: every place in it is able to read itself from a post."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from tasks_ui.schema_form.controls import Control
from tasks_ui.schema_form.posted import field_names
from tasks_ui.schema_form.posted.absent import ABSENT
from tasks_ui.schema_form.posted.reader import Reading, Unreadable, is_inside_any
from tasks_ui.schema_form.schema.hints import Hints
from tasks_ui.schema_form.schema.resolved import Outlook
from workflows.schemas.hints.protection import Protection
from workflows.schemas.pointers import child


def id_of(name: str) -> str:
    """Give an id that fits into selectors, whatever the field is called."""
    return f"f-{hashlib.blake2b(name.encode(), digest_size=6).hexdigest()}"


@dataclass
class Beginnings:
    """What a form comes to that is sent as it is shown first.

    Attributes:
        values: what every place has come to, per way.
        filled: the ways to the fields that show something.
    """

    values: dict[str, Any] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)

    def has_something_in(self, way: str) -> bool:
        """Whether a field inside the group there shows something."""
        return is_inside_any(way, self.filled)


@dataclass(kw_only=True)
class Node:
    """One place in the form and in the data.

    Attributes:
        way: how the form leads there; rows have keys in it.
        parent: the place that contains it; None for the whole.
        step: the name or number of the value in its parent; None where it is the same value.
        default: what a form that nobody has filled in yet begins with.
        shows_default: whether it began with the default, as nothing was stored.
        stored: what was there before.
        description: the author's explanation (Markdown).
        help: the author's help, which says more than the explanation.
        protection: what is said here, or further up, of who may see or change the value.
        nothing: what it is where it is left empty: null where it must be there and null will do.
        is_revealed: whether it is there because of what somebody filled in.
        is_hidden: whether the value is kept and not shown.
        is_dropped: whether it was left empty, and so is no part of the data.
    """

    template: ClassVar[str] = ""
    may_have_parts: ClassVar[bool] = False

    way: str
    label: str
    required: bool
    outlook: Outlook
    hints: Hints
    parent: Node | None = None
    step: str | int | None = None
    default: Any = ABSENT
    shows_default: bool = False
    stored: Any = ABSENT
    description: str = ""
    help: str = ""
    protection: Protection = Protection.NONE
    nothing: Any = ABSENT
    is_revealed: bool = False
    is_hidden: bool = False
    is_dropped: bool = False

    @property
    def is_seen(self) -> bool:
        """Whether the form shows it, so that messages can stand there."""
        return not self.is_hidden

    @property
    def pointer(self) -> str:
        """Give the JSON Pointer of the value, with rows numbered as they were read last."""
        above = self.parent.pointer if self.parent else ""
        return above if self.step is None else child(above, self.step)

    @property
    def steps(self) -> tuple[str | int, ...]:
        """Give the names and numbers that lead to the value, as its pointer does."""
        above = self.parent.steps if self.parent else ()
        return above if self.step is None else (*above, self.step)

    @property
    def name(self) -> str:
        """Give the name of what it posts."""
        return f"{field_names.VALUE}{self.way}"

    @property
    def id(self) -> str:
        """Give the id of its control."""
        return id_of(self.name)

    @property
    def focus_id(self) -> str:
        """Give the id of the first control, where a link to this place leads."""
        return self.id

    @property
    def presence(self) -> str:
        """Give the name under which an optional object says that it has been added."""
        return f"{field_names.PRESENT}{self.way}"

    @property
    def hint(self) -> str:
        """Give what there is to know before one fills it in, beyond the author's words."""
        return ""

    @property
    def parts(self) -> Sequence[Node]:
        """Give the places directly inside, in the order of the form."""
        return ()

    def read(self, reading: Reading) -> Any:
        """Give the value that was posted, ABSENT where there is none."""
        value = self._read(reading)
        if self.may_have_parts and self.stored is None and self.outlook.nullable:
            # Null stays null while nothing is put in its place.
            value = value if reading.has_something_in(self.way) else None
        value = self.nothing if value is ABSENT else value
        reading.values[self.way] = value
        return value

    def _read(self, reading: Reading) -> Any:
        raise NotImplementedError

    @property
    def first(self) -> Any:
        """Give what it showed when it was there first."""
        return self.default if self.shows_default else self.stored

    def begin(self, beginnings: Beginnings) -> Any:
        """Give what it would be read as, were the form sent as it is shown first."""
        value = self._begin(beginnings)
        value = self.nothing if value is ABSENT else value
        beginnings.values[self.way] = value
        return value

    def _begin(self, beginnings: Beginnings) -> Any:
        raise NotImplementedError

    def note(self, reading: Reading) -> None:
        """Report what is wrong with it beyond its value."""

    def _unasked(self, reading: Reading) -> Any:
        """Give what it comes to where the form did not have it: a new one is as it begins."""
        if self.is_revealed:
            return self._begin(Beginnings(reading.values, reading.filled))
        return self.stored

    def walk(self) -> Iterator[Node]:
        """Yield this place and every place inside it, in the order of the form."""
        yield self
        for inner in self.parts:
            yield from inner.walk()


@dataclass(kw_only=True)
class Leaf(Node):
    """A field with a control."""

    control: Control
    is_contested: bool = False
    """Whether its default is another one after other answers."""

    @property
    def name(self) -> str:
        """Give the name of what it posts; that of a secret tells it apart."""
        return f"{field_names.UNSEEN if self.control.is_secret else field_names.VALUE}{self.way}"

    @property
    def focus_id(self) -> str:
        """Give the id of the control, of the first one where there are several."""
        return f"{self.id}{self.control.first_id}"

    @property
    def hint(self) -> str:
        """Give what the control says of itself."""
        return self.control.hint

    @property
    def began(self) -> str:
        """Give what it shows at first, as it is posted."""
        shown = self.control.begin(self.first)
        if isinstance(shown, list):
            return "\n".join(shown)
        return str(shown) if shown or self.control.can_be_empty else "false"

    @property
    def began_name(self) -> str:
        """Give the name under which it is posted what the field began with."""
        return f"{field_names.BEGAN}{self.way}"

    @property
    def is_optional(self) -> bool:
        """Whether to say that the field may stay empty."""
        return not self.required and self.control.can_be_empty

    def _read(self, reading: Reading) -> Any:
        """Give the value; what cannot be read is reported and left out."""
        if self.is_contested and self._is_of_another_answer(reading):
            reading.forget(self.name)
            self.is_revealed = True
            return self._unasked(reading)
        try:
            texts = reading.texts(self.name)
            if texts is None:
                return self._unasked(reading)
            value = self.control.read(texts, self.stored)
            if texts and self.stored is ABSENT and self.control.is_left(texts, self.default):
                value = self.default
        except Unreadable as problem:
            reading.errors[self.name] = problem.message
            reading.filled.add(self.way)
            return ABSENT
        if (any(texts) and self.control.is_filled(value)) or self._showed_something:
            reading.filled.add(self.way)
        return ABSENT if value is False and self._was_left_alone() else value

    def _is_of_another_answer(self, reading: Reading) -> bool:
        """Whether it holds a default that nobody has touched, and begins with another one now."""
        before, held = reading.began(self.way), reading.held(self.name)
        if before is None or self.stored is not ABSENT or not held:
            return False
        is_list = isinstance(self.control.begin(ABSENT), list)
        now = "\n".join(filter(None, held)) if is_list else held[-1]
        return now == before != self.began

    @property
    def _showed_something(self) -> bool:
        """Whether there was a default to see: unticked or emptied, it still says something."""
        return self.shows_default and self._shows(self.default)

    def _shows(self, value: Any) -> bool:
        """Whether the control that begins with a value shows more than emptiness."""
        control = self.control
        if control.is_secret or not control.is_filled(value):
            return False
        return control.is_file or any(control.begin(value))

    def _was_left_alone(self) -> bool:
        """Whether an unticked box of an object that was stored without it says nothing new."""
        is_box = not self.control.can_be_empty and not self.required and self.stored is ABSENT
        is_same = is_box and not self._showed_something
        return is_same and self.parent is not None and isinstance(self.parent.stored, dict)

    def _begin(self, beginnings: Beginnings) -> Any:
        """Give the stored value or the default, or else what an empty field is read as."""
        first = self.stored if self.control.is_secret else self.first
        if first is not ABSENT:
            beginnings.filled |= {self.way} if self._shows(first) else set()
            return first
        if not self.control.can_be_empty:
            return ABSENT if self._was_left_alone() else self.control.read(["false"], ABSENT)
        return self.control.read([], ABSENT)


@dataclass(kw_only=True)
class Fixed(Node):
    """A value that is shown and never taken from a post."""

    template: ClassVar[str] = "forms/_fixed.html"

    value: Any = ABSENT
    """What the schema says the value is; ABSENT where the stored one is shown."""

    is_chosen: bool = False
    """Whether it belongs to an alternative, which is told apart by it."""

    def _read(self, reading: Reading) -> Any:
        """Give the schema's own value where it is needed, and else what was there before."""
        if self.value is not ABSENT:
            is_needed = self.required or self.is_chosen
            return copy.deepcopy(self.value) if is_needed else self.stored
        return copy.deepcopy(self.default) if self.stored is ABSENT else self.stored

    def _begin(self, beginnings: Beginnings) -> Any:
        """Give the value that it would be read as."""
        if self.value is not ABSENT and (self.required or self.is_chosen):
            return self.value
        return self.first


@dataclass(kw_only=True)
class Group(Node):
    """An object: its fields, and whatever else was stored under other names."""

    template: ClassVar[str] = "forms/_group.html"
    may_have_parts: ClassVar[bool] = True

    children: dict[str, Node] = field(default_factory=dict)
    arranged: Sequence[Node] = ()
    """The fields in their order, with the choices that stand among them."""

    pairs: Node | None = None
    """What it has under names that the schema does not list."""

    rule: str = ""
    """What has to be filled in, whichever fields it is."""

    is_removable: bool = False
    """Whether it was added by a button, and can be taken away again."""

    has_box: bool = False
    """Whether it is added by a box instead, and taken away by it."""

    @property
    def parts(self) -> Sequence[Node]:
        """Give the fields, and then what has names of its own."""
        return (*self.arranged, *([self.pairs] if self.pairs else ()))

    @property
    def hint(self) -> str:
        """Give what has to be filled in."""
        return self.rule

    def _read(self, reading: Reading) -> Any:
        """Give the object; an optional one that shows nothing is not there."""
        values = {name: inner.read(reading) for name, inner in self.children.items()}
        for part in self.arranged:
            part.note(reading)
        known = self.stored if isinstance(self.stored, dict) else {}
        if self.pairs:
            known = {name: value for name, value in known.items() if name in values}
            pairs = self.pairs.read(reading)
            values |= {} if pairs is ABSENT else pairs
        inactive = self.outlook.inactive
        kept = {
            name: values.get(name, value) for name, value in known.items() if name not in inactive
        }
        read = {name: value for name, value in (kept | values).items() if value is not ABSENT}
        if self._is_added(reading):
            reading.filled.add(self.way)
        return read if self._is_there(reading) else ABSENT

    def _is_added(self, reading: Reading) -> bool:
        return (self.is_removable or self.has_box) and bool(reading.is_present(self.way))

    def _is_there(self, reading: Reading) -> bool:
        is_kept = self.required or isinstance(self.stored, dict)
        return is_kept or self._is_added(reading) or reading.has_something_in(self.way)

    def _begin(self, beginnings: Beginnings) -> Any:
        """Give what its parts begin with; nothing where an optional one shows nothing."""
        values = {name: inner.begin(beginnings) for name, inner in self.children.items()}
        if self.pairs and (pairs := self.pairs.begin(beginnings)) is not ABSENT:
            values |= pairs
        found = {name: value for name, value in values.items() if value is not ABSENT}
        kept = self.stored if isinstance(self.stored, dict) else {}
        is_there = self.required or isinstance(self.stored, dict)
        return kept | found if is_there or beginnings.has_something_in(self.way) else ABSENT


@dataclass(kw_only=True)
class Later(Node):
    """An optional object that is not there: a button or a box adds it, and only then it is built.

    Attributes:
        has_box: whether it is a box: its fields would say something before anybody asks for them.
    """

    template: ClassVar[str] = "forms/_later.html"

    has_box: bool = False

    def _read(self, reading: Reading) -> Any:
        """Give nothing; where the form did not have it, it stays what it was."""
        return self.stored if reading.is_present(self.way) is None else ABSENT

    def _begin(self, beginnings: Beginnings) -> Any:
        """Give nothing."""
        return ABSENT
