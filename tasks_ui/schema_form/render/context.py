"""The tree as its templates see it; one flat Django form has all the controls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from tasks_ui.schema_form.controls import Radios, Several, Tick
from tasks_ui.schema_form.controls.widgets import Input
from tasks_ui.schema_form.nodes.arrays import Rows
from tasks_ui.schema_form.nodes.maps import Pair, Pairs
from tasks_ui.schema_form.nodes.node import Fixed, Group, Later, Leaf, Node, id_of
from tasks_ui.schema_form.nodes.unions import Alternatives, Chooser, Which
from tasks_ui.schema_form.posted import operations
from tasks_ui.schema_form.posted.absent import ABSENT
from tasks_ui.schema_form.render.text import in_words
from tasks_ui.schema_form.tree.settle import Round
from workflows.schemas import Spoken
from workflows.schemas.hints.protection import Protection

UNMARKED = (Radios, Several, Tick)
"""Controls of several parts, or that are never empty: `aria-required` is not for them."""

Errors = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Button:
    """One that changes the form: what it posts, what it says, and what is in sight of that."""

    value: str
    label: str
    url: str = ""
    words: str = ""
    id: str = ""
    """What tells it from the buttons beside it, where one of them may go away."""


@dataclass(frozen=True)
class Row:
    """One row of an array or of an object that takes any name; `number` counts from one."""

    key: str
    part: Part
    number: int
    remove: Button | None
    up: Button | None = None
    down: Button | None = None
    pair: Pair | None = None


@dataclass(frozen=True)
class Choice:
    """One choice between alternatives: what can be chosen, and whether it is."""

    chooser: Chooser
    options: Sequence[tuple[str, str, bool]]
    show: Button


@dataclass(frozen=True)
class Part:
    """A node with what is shown in it and the messages about it."""

    node: Node
    errors: Sequence[str] = ()
    control: BoundField | None = None
    suggestions: Sequence[str] = ()
    text: str = ""
    is_revealed: bool = False
    parts: Sequence[Part] = field(default_factory=list)
    rows: Sequence[Row] = ()
    choices: Sequence[Choice] = ()
    add: Button | None = None
    remove: Button | None = None

    @property
    def template(self) -> str:
        """Give the template for this kind of node."""
        if self.node.is_hidden:
            return "forms/_hidden.html"
        return self.node.control.template if isinstance(self.node, Leaf) else self.node.template

    @cached_property
    def described_by(self) -> str:
        """Give the ids of what explains the node and what is wrong with it."""
        return _described_by(self.node, self.errors)

    @property
    def is_group(self) -> bool:
        """Whether it is an object, with its fields."""
        return isinstance(self.node, Group)

    @property
    def heading(self) -> str:
        """Give the title that an author asks for above all fields: that of the schema names it."""
        return self.node.hints.text("title")

    @property
    def is_compact(self) -> bool:
        """Whether the rows are as plain as those of a table."""
        parts = [part for row in self.rows for part in row.part.parts]
        lines = len(self.rows[0].part.parts) if self.rows else 0
        return (
            0 < lines <= MAX_COLUMNS
            and all(row.part.is_group for row in self.rows)
            and all(
                isinstance(part.node, Leaf) and part.node.control.template == "forms/_input.html"
                for part in parts
            )
        )


MAX_COLUMNS = 4


class Controls(forms.Form):
    """Every control of a form, with what is shown in it; Django never validates it."""

    use_required_attribute = False

    def __init__(self, errors: Errors) -> None:
        super().__init__(auto_id=False)
        self._errors = ErrorDict((name, self.error_class(texts)) for name, texts in errors.items())

    def add(self, leaf: Leaf, shown: Any, attributes: dict[str, Any]) -> BoundField:
        """Give the bound field of a leaf."""
        widget = leaf.control.widget(attributes, shown)
        if leaf.control.is_masked and isinstance(widget, Input):
            widget = Input("password", {"autocomplete": "new-password", **widget.attrs})
        self.fields[leaf.name] = forms.Field(
            widget=widget, label=leaf.label, initial=shown, required=False
        )
        return self[leaf.name]


def paint(built: Round, errors: Errors, revealed: set[str], preview_url: str) -> Part:
    """Give the whole form; `errors` are per name, `revealed` are the names of new questions."""
    return Painter(built, errors, revealed, preview_url).part(built.root)


class Painter:
    """Paints one form."""

    def __init__(self, built: Round, errors: Errors, revealed: set[str], preview_url: str) -> None:
        self._built = built
        self._preview_url = preview_url
        self._errors = errors
        self._revealed = revealed
        self._controls = Controls(errors)

    def part(self, node: Node) -> Part:
        """Give a node with everything inside it."""
        own = self._errors.get(node.name, ())
        match node:
            case _ if node.is_hidden:
                return Part(node, own)
            case Leaf():
                return self._leaf(node, own)
            case Group():
                return self._group(node, own)
            case Alternatives():
                inside = [] if node.inner is None else [self.part(node.inner)]
                choices = [self._choice(node, chooser) for chooser in node.choosers]
                return Part(node, own, parts=inside, choices=choices)
            case Which():
                is_revealed = node.name in self._revealed and not _is_in_row(node)
                choices = [self._choice(node, node.chooser)]
                return Part(node, own, choices=choices, is_revealed=is_revealed)
            case Rows():
                return self._rows(node, own)
            case Pairs():
                return self._pairs(node)
            case Later(has_box=True):
                return Part(node, own)
            case Later():
                return Part(node, own, add=self._button(_("Add %(label)s"), node, "put"))
            case _:
                return Part(node, own, text=self._in_words(node))

    def _leaf(self, leaf: Leaf, own: Sequence[str]) -> Part:
        shown = self._shown(leaf)
        suggestions = _suggestions(leaf)
        attributes = _attributes(leaf, own, listed=bool(suggestions))
        control = self._controls.add(leaf, shown, attributes)
        is_revealed = leaf.name in self._revealed and not _is_in_row(leaf)
        return Part(leaf, own, control, suggestions, is_revealed=is_revealed)

    def _group(self, group: Group, own: Sequence[str]) -> Part:
        inside = [self.part(part) for part in group.parts if not part.is_hidden]
        remove = self._button(_("Remove %(label)s"), group, "cut") if group.is_removable else None
        return Part(group, own, parts=inside, remove=remove)

    def _rows(self, node: Rows, own: Sequence[str]) -> Part:
        rows = [
            self._row(node, key, number, is_last=number == len(node.rows))
            for number, key in enumerate(node.rows, 1)
        ]
        fixed = [self.part(place) for place in node.fixed]
        return Part(node, own, parts=fixed, rows=rows, add=self._add(node))

    def _row(self, node: Rows, key: str, number: int, *, is_last: bool) -> Row:
        place = node.rows[key]

        def button(words: str, verb: str, wish: str) -> Button | None:
            if node.hints.get(wish) is False:
                return None
            goal = node.id if verb == "del" else f"{place.id}_row"
            value = operations.value(verb, node.way, key)
            return self._changes(value, words % {"label": place.label}, goal)

        return Row(
            key=key,
            part=self.part(place),
            number=number,
            remove=button(_("Remove %(label)s"), "del", "removable"),
            up=button(_("Move %(label)s up"), "up", "orderable") if number > 1 else None,
            down=None if is_last else button(_("Move %(label)s down"), "down", "orderable"),
        )

    def _pairs(self, node: Pairs) -> Part:
        rows = [self._pair(node, pair, number) for number, pair in enumerate(node.rows, 1)]
        return Part(node, rows=rows, add=self._add(node))

    def _pair(self, node: Pairs, pair: Pair, number: int) -> Row:
        value = operations.value("del", node.way, pair.key)
        words = _("Remove %(label)s") % {"label": pair.shown or number}
        remove = self._changes(value, words, node.id)
        return Row(pair.key, self.part(pair.value), number, remove, pair=pair)

    def _choice(self, node: Alternatives | Which, chooser: Chooser) -> Choice:
        named = zip(chooser.union.signs, chooser.labels, strict=True)
        options = [(sign, label, at == chooser.number) for at, (sign, label) in enumerate(named)]
        is_first = isinstance(node, Alternatives) and chooser is node.choosers[0]
        empty = (node.hints.text("placeholder") if is_first else "") or "–"
        none = [] if node.required and chooser.number is not None else [("", empty, False)]
        look = Button("look", _("Show its fields"), self._address(node.id))
        return Choice(chooser, none + options, look)

    def _add(self, node: Rows | Pairs) -> Button | None:
        if not node.can_grow or node.hints.get("addable") is False:
            return None
        label = _("Add to %(label)s") % {"label": node.label}
        value = operations.value("add", node.way)
        return self._changes(value, label, id_of(value), _("Add"))

    def _button(self, words: str, node: Node, verb: str) -> Button:
        label = words % {"label": node.label}
        return self._changes(operations.value(verb, node.way), label, node.id)

    def _changes(self, value: str, label: str, goal: str, words: str = "") -> Button:
        """Give a button after which a page without scripts is opened at `goal`."""
        return Button(value, label, self._address(goal), words, id_of(value))

    def _address(self, goal: str) -> str:
        return f"{self._preview_url}#{goal}" if self._preview_url else ""

    def _shown(self, leaf: Leaf) -> Any:
        """Give what is in the control: what was typed, or what it begins with."""
        reading = self._built.reading
        if reading is not None and leaf.name in reading.typed:
            return leaf.control.again(reading.typed[leaf.name])
        return leaf.control.begin(leaf.first)

    def _in_words(self, node: Node) -> str:
        value = node.value if isinstance(node, Fixed) and node.value is not ABSENT else node.stored
        # It is what the form begins with, and what it sends: shown again, it is so still.
        value = node.default if value is ABSENT else value
        if Protection.SECRET in node.protection and value is not ABSENT and value is not None:
            return _("Not shown")
        said = Spoken.of([node.outlook.place], node.hints.ui_schema)
        value = said.concealed(value, _("Not shown")) if isinstance(value, dict | list) else value
        return in_words(value, node.outlook.keywords, node.hints)


def _is_in_row(node: Node) -> bool:
    """Whether it came with a row, which somebody has just asked for and needs no mark."""
    place: Node | None = node
    while place is not None and not isinstance(place, Rows | Pairs):
        place = place.parent
    return place is not None


def _attributes(leaf: Leaf, errors: Sequence[str], *, listed: bool) -> dict[str, Any]:
    marked = leaf.required and not isinstance(leaf.control, UNMARKED)
    attributes = {
        "id": leaf.id,
        "placeholder": leaf.control.placeholder if leaf.control.is_written else "",
        "autocomplete": leaf.hints.text("autocomplete"),
        "aria-required": "true" if marked else "",
        # Controls in a group are explained by the group, once.
        "aria-describedby": "" if leaf.control.first_id else _described_by(leaf, errors),
        "list": f"{leaf.id}_list" if listed else "",
    }
    return {name: value for name, value in attributes.items() if value}


def _described_by(node: Node, errors: Sequence[str]) -> str:
    is_explained = node.description or node.help or node.hint
    ids = [f"{node.id}_error"] if errors else []
    return " ".join([*ids, f"{node.id}_help"] if is_explained else ids)


def _suggestions(leaf: Leaf) -> list[str]:
    """Give the author's examples as the control would show them."""
    examples = leaf.outlook.keywords.get("examples")
    if not leaf.control.takes_suggestions or not isinstance(examples, list):
        return []
    return [str(leaf.control.begin(value)) for value in examples if leaf.control.fits(value)]
