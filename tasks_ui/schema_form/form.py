"""The form of one schema: shown, read, judged, and shown again with everything that was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tasks_ui.schema_form.absent import ABSENT
from tasks_ui.schema_form.nodes import Leaf, Node
from tasks_ui.schema_form.painting import paint
from tasks_ui.schema_form.placing import Places
from tasks_ui.schema_form.reading import Reading
from tasks_ui.schema_form.tree import Builder, Spot
from workflows.schemas import document, validate

# What still holds for an object of which a property is missing.
UNCONDITIONAL: Final = frozenset(
    {
        "$anchor",
        "$defs",
        "$id",
        "$schema",
        "additionalProperties",
        "definitions",
        "id",
        "patternProperties",
        "properties",
        "type",
    }
)


class SchemaForm:
    """The form for data that fits `schema`.

    Args:
        schema: JSON Schema; one that `check_schema` refuses raises UnusableSchema.
        ui_schema: hints about the look (`ui:widget` and so on), per property.
        stored: what was stored before; without it the form begins with the schema's defaults.
        post: what was posted (a QueryDict, or a dict of texts and lists of texts); None shows the
            form for the first time.
        prefix: how the names of all fields begin.
        exclude: top-level properties that are left out, such as the one that the submit button
            decides. Rules that may depend on them are left to whoever gets the whole data.

    Attributes:
        data: the typed JSON that was posted, over what was stored.
    """

    def __init__(
        self,
        schema: Mapping[str, Any] | bool,
        ui_schema: Mapping[str, Any] | None = None,
        *,
        stored: Any = None,
        post: Mapping[str, Any] | None = None,
        prefix: str = "d",
        exclude: frozenset[str] = frozenset(),
    ) -> None:
        self._document = document(schema)
        self._exclude = exclude
        self._root = Builder(prefix, exclude).build(self._document.root, ui_schema, Spot())
        self._places = Places(self._root)
        self._stored = ABSENT if stored is None else stored
        self._reading = None if post is None else Reading(post)
        self._added: dict[str, list[str]] = {}
        self.data = self._read()

    @property
    def is_bound(self) -> bool:
        """Whether something was posted."""
        return self._reading is not None

    def is_valid(self) -> bool:
        """Whether something was posted and nothing is known to be wrong with it."""
        return self.is_bound and not self.errors

    @property
    def errors(self) -> dict[str, list[str]]:
        """Give the messages per JSON Pointer: what could not be read goes before broken rules."""
        found = {pointer: list(texts) for pointer, texts in self._faults.items()}
        for pointer, texts in self._added.items():
            known = found.setdefault(pointer, [])
            known += [text for text in texts if text not in known]
        return found

    def add_errors(self, errors: Mapping[str, Sequence[str]]) -> None:
        """Show these messages too, each at its pointer or at what contains it."""
        for pointer, texts in errors.items():
            self._added.setdefault(pointer, []).extend(texts)

    @property
    def error_summary(self) -> list[tuple[str, str, str]]:
        """Give label, message and id of the control for each error, in the order of the form."""
        placed = self._places.sort(self.errors)
        return [
            (self._places.label(node), text, node.focus_id if node.pointer else "")
            for node in self._root.walk()
            for text in placed.get(node.pointer, ())
        ]

    def render(self) -> SafeString:
        """Give the fields as HTML, without the `<form>` around them and without buttons."""
        painted = paint(self._root, self._shown(), self._places.sort(self.errors))
        return render_to_string("forms/form.html", {"part": painted})

    def __str__(self) -> str:
        return self.render()

    __html__ = __str__

    def _read(self) -> Any:
        if self._reading is None:
            return {} if self._stored is ABSENT else self._stored
        value = self._root.read(self._reading, self._stored)
        if value is ABSENT:
            value = {} if self._wants_object else None
        return value

    @property
    def _wants_object(self) -> bool:
        """Whether the whole is an object: it is, unless the schema says what else it is."""
        return self._root.outlook.kind in {"", "object"}

    @cached_property
    def _faults(self) -> dict[str, list[str]]:
        if self._reading is None:
            return {}
        if self._wants_object and not isinstance(self.data, dict):
            return {"": [_("Enter a group of values.")]}
        unread = {pointer: [text] for pointer, text in self._reading.errors.items()}
        broken = {
            pointer: texts
            for pointer, texts in validate(self._rules, self.data).items()
            if not any(pointer == place or pointer.startswith(f"{place}/") for place in unread)
        }
        return unread | broken

    @property
    def _rules(self) -> Any:
        schema = self._document.schema
        if not self._exclude or not isinstance(schema, dict):
            return schema
        required = [name for name in schema.get("required", ()) if name not in self._exclude]
        kept = {name: value for name, value in schema.items() if name in UNCONDITIONAL}
        return {**kept, **({"required": required} if required else {})}

    def _shown(self) -> dict[str, Any]:
        """Give what is in each control, and each fixed value."""
        shown: dict[str, Any] = {}
        for node in self._root.walk():
            value = self._begins_with(node)
            if not isinstance(node, Leaf):
                shown[node.pointer] = value
            elif self._reading is not None and node.pointer in self._reading.typed:
                shown[node.pointer] = node.control.again(self._reading.typed[node.pointer])
            else:
                shown[node.pointer] = node.control.begin(value)
        return shown

    def _begins_with(self, node: Node) -> Any:
        """Give the stored value; defaults are only for a form that nobody has seen yet."""
        is_new = self._stored is ABSENT and not self.is_bound
        if is_new or (self._stored is ABSENT and not isinstance(node, Leaf)):
            return node.default
        return self._places.value_at(self._stored, node)
