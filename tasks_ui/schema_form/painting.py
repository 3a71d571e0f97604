"""The tree as its templates see it; one flat Django form has all the controls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from tasks_ui.schema_form.absent import ABSENT, Absent
from tasks_ui.schema_form.controls import Area, JsonText, Radios, Several, Tick
from tasks_ui.schema_form.controls.base import as_text
from tasks_ui.schema_form.nodes import Fixed, Group, Leaf, Node
from tasks_ui.schema_form.options import label_of
from workflows.schemas import number_text

UNLISTED = (Area, JsonText, Radios, Several, Tick)
"""Controls that cannot suggest values."""
UNMARKED = (Radios, Several, Tick)
"""Controls of several parts, or that are never empty: `aria-required` is not for them."""


@dataclass(frozen=True)
class Part:
    """A node with what is shown in it and the messages about it."""

    node: Node
    errors: Sequence[str] = ()
    control: BoundField | None = None
    suggestions: Sequence[str] = ()
    text: str = ""
    parts: Sequence[Part] = field(default_factory=list)

    @property
    def template(self) -> str:
        """Give the template for this kind of node."""
        return self.node.control.template if isinstance(self.node, Leaf) else self.node.template

    @property
    def described_by(self) -> str:
        """Give the ids of what explains the node and what is wrong with it."""
        return _described_by(self.node, self.errors)


def paint(root: Node, shown: Mapping[str, Any], errors: Mapping[str, Sequence[str]]) -> Part:
    """Give the whole form; `shown` and `errors` are per pointer."""
    controls = Controls(
        {node.name: errors[node.pointer] for node in root.walk() if node.pointer in errors}
    )
    return _part(root, controls, shown, errors)


class Controls(forms.Form):
    """Every control of a form, with what is shown in it; Django never validates it."""

    use_required_attribute = False

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        super().__init__(auto_id=False)
        self._errors = ErrorDict((name, self.error_class(texts)) for name, texts in errors.items())

    def add(self, leaf: Leaf, shown: Any, attributes: dict[str, Any]) -> BoundField:
        """Give the bound field of a leaf."""
        widget = leaf.control.widget(attributes, shown)
        self.fields[leaf.name] = forms.Field(
            widget=widget, label=leaf.label, initial=shown, required=False
        )
        return self[leaf.name]


def _part(
    node: Node,
    controls: Controls,
    shown: Mapping[str, Any],
    errors: Mapping[str, Sequence[str]],
) -> Part:
    own = errors.get(node.pointer, ())
    match node:
        case Leaf():
            suggestions = _suggestions(node)
            attributes = _attributes(node, own, listed=bool(suggestions))
            control = controls.add(node, shown[node.pointer], attributes)
            painted = Part(node, own, control, suggestions)
        case Group():
            inside = [
                _part(part, controls, shown, errors)
                for part in node.children.values()
                if not part.is_hidden
            ]
            painted = Part(node, own, parts=inside)
        case _:
            painted = Part(node, own, text=_in_words(node, shown))
    return painted


def _attributes(leaf: Leaf, errors: Sequence[str], *, listed: bool) -> dict[str, Any]:
    marked = leaf.required and not isinstance(leaf.control, UNMARKED)
    attributes = {
        "id": leaf.id,
        "placeholder": leaf.hints.text("placeholder"),
        "autocomplete": leaf.hints.text("autocomplete"),
        "aria-required": "true" if marked else "",
        # Controls in a group are explained by the group, once.
        "aria-describedby": "" if leaf.control.first_id else _described_by(leaf, errors),
        "list": f"{leaf.id}_list" if listed else "",
    }
    return {name: value for name, value in attributes.items() if value}


def _described_by(node: Node, errors: Sequence[str]) -> str:
    hint = node.control.hint if isinstance(node, Leaf) else ""
    ids = [f"{node.id}_error"] if errors else []
    return " ".join([*ids, f"{node.id}_help"] if node.description or node.help or hint else ids)


def _suggestions(leaf: Leaf) -> list[str]:
    """Give the author's examples as the control would show them."""
    examples = leaf.outlook.keywords.get("examples")
    if isinstance(leaf.control, UNLISTED) or not isinstance(examples, list):
        return []
    return [str(leaf.control.begin(value)) for value in examples if leaf.control.fits(value)]


def _in_words(node: Node, shown: Mapping[str, Any]) -> str:
    own = node.value if isinstance(node, Fixed) else ABSENT
    value = shown[node.pointer] if own is ABSENT else own
    match value:
        case None | "" | Absent.ABSENT:
            words = "–"
        case bool():
            words = label_of(value)
        case int() | float():
            words = number_text(value)
        case list() if all(not isinstance(item, dict | list) for item in value):
            words = ", ".join(label_of(item) for item in value) or _("None")
        case _:
            words = as_text(value)
    return words
