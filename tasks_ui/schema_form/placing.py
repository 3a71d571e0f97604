"""Which place of a form a JSON Pointer means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tasks_ui.schema_form.absent import part
from tasks_ui.schema_form.nodes import Group, Node
from workflows.schemas.pointers import parent


class Places:
    """The nodes of a form by their pointers."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._nodes = {node.pointer: node for node in root.walk()}

    def sort(self, errors: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        """Give the messages per pointer of a node; those from deeper inside say from where."""
        placed: dict[str, list[str]] = {}
        for pointer, texts in errors.items():
            place = self._nearest(pointer)
            inside = pointer[len(place) + 1 :]
            messages = placed.setdefault(place, [])
            messages += [f"{inside}: {text}" if inside else text for text in texts]
        return placed

    def label(self, node: Node) -> str:
        """Give the label, after those of the groups that the node is in; empty for the whole."""
        labels = []
        pointer = node.pointer
        while pointer:
            labels.append(self._nodes[pointer].label)
            pointer = parent(pointer)
        return " – ".join(reversed(labels))

    def value_at(self, data: Any, node: Node) -> Any:
        """Give what the data have for a node; ABSENT where there is nothing."""
        if node is self._root:
            return data
        group = self._nodes[parent(node.pointer)]
        children = group.children if isinstance(group, Group) else {}
        name = next(name for name, child in children.items() if child is node)
        return part(self.value_at(data, group), name)

    def _nearest(self, pointer: str) -> str:
        while pointer and pointer not in self._nodes:
            pointer = parent(pointer)
        return pointer
