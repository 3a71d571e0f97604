"""What the look of a form says: what it shows that is not empty, by the place of the value.

Two looks mean the same where no data could tell them apart, and only there: what is empty says
nothing (an empty field, an unticked box, a row or a choice of alternatives without anything in it,
a name without a value); a number, a date, a moment and a colour may be written in several ways;
and where a value fits several alternatives, it does not say which of them was chosen. Secrets and
files are not looked at, as they are never shown again, nor what nobody can change.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tasks_ui.schema_form import SchemaForm
from tasks_ui.schema_form.controls.base import as_text
from tasks_ui.schema_form.nodes.node import Group, Leaf, Node
from tasks_ui.schema_form.nodes.unions import Alternatives, Chooser, choosers_of
from tasks_ui.schema_form.posted import field_names
from tasks_ui.schema_form.posted.absent import ABSENT, part
from tasks_ui.schema_form.posted.reader import Unreadable
from tests.tasks_ui.schema_form.elements import Element
from tests.tasks_ui.schema_form.robot import Control, controls_in

Meaning = dict[str, str]
"""What is shown, per JSON Pointer."""


def meaning(root: Element, form: SchemaForm) -> Meaning:
    """Give what a page says; `form` is what became of it: it knows which field is which value."""
    found: Meaning = {}
    for place, text in _said(root, form):
        if text:
            found[place] = f"{found[place]}, {text}" if place in found else text
        else:
            # A box for "no colour" takes back what stands before it.
            found.pop(place, None)
    return found


def _said(root: Element, form: SchemaForm) -> Iterator[tuple[str, str]]:
    nodes = {node.name: node for node in form._root.walk()}
    optional = {node.presence: node for node in form._root.walk()}
    choosers = {
        chooser.name: (node, chooser) for node in form._root.walk() for chooser in choosers_of(node)
    }
    for element in root.find("input"):
        name, is_added = element.get("name"), element.get("value") == "1"
        if element.get("type") == "hidden" and is_added and name in optional:
            yield f"{optional[name].pointer} (added)", "yes"
    for control in controls_in(root):
        node = nodes.get(control.name)
        if control.name in choosers:
            yield from _choice(form, *choosers[control.name])
        elif not control.shown or control.name.startswith(field_names.KEY):
            continue
        elif control.name in optional:
            yield f"{optional[control.name].pointer} (added)", "yes"
        elif not isinstance(node, Leaf):
            yield control.name, _sent(control) if _is_chosen(control) else control.shown
        elif not node.control.is_secret:
            yield from _value(node, control)


def _value(leaf: Leaf, control: Control) -> Iterator[tuple[str, str]]:
    is_chosen = _is_chosen(control)
    text = _sent(control) if is_chosen else control.shown
    try:
        value = ABSENT if is_chosen else leaf.control.read([text.replace("\r\n", "\n")], ABSENT)
    except Unreadable:
        value = ABSENT
    # An object of nothing says as little as an empty field.
    yield leaf.pointer, text if value is ABSENT else as_text(value) if value != {} else ""


def _is_chosen(control: Control) -> bool:
    return control.is_box or control.kind == "select"


def _sent(control: Control) -> str:
    if control.is_box:
        return control.element.get("value", "on")
    options = [*control.element.find("option")]
    chosen = [option for option in options if "selected" in option.attributes]
    return (chosen[-1:] or options[:1])[0].get("value") if options else ""


def _choice(form: SchemaForm, node: Node, chooser: Chooser) -> Iterator[tuple[str, str]]:
    """Yield what a choice says that the value does not."""
    value = value_at(form.data, node)
    is_object = isinstance(node, Alternatives) and isinstance(node.inner, Group)
    if chooser.number is None or (value is ABSENT and not is_object):
        return
    judge = form._round.judge
    fitting = [n for n, one in enumerate(chooser.union.parts) if judge.holds(one, value)]
    shown = fitting if chooser.number in fitting else [chooser.number]
    place = f"{node.pointer} ({chooser.name.removesuffix(node.way)})"
    yield place, ", ".join(chooser.labels[number] for number in shown)


def value_at(data: Any, node: Node) -> Any:
    """Give what the data have at a place."""
    if node.parent is None:
        return data
    above = value_at(data, node.parent)
    return above if node.step is None else part(above, node.step)
