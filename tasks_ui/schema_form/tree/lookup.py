"""Which place of a form a JSON Pointer means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tasks_ui.schema_form.nodes.node import Node
from workflows.schemas.pointers import parent


class Places:
    """The places of a form by their pointers, once the form has been read."""

    def __init__(self, root: Node) -> None:
        self._root = root
        # Of places for the same value the innermost one counts: it has the fields.
        self._nodes = {
            node.pointer: node
            for node in root.walk()
            if not node.is_dropped and (node.is_seen or node is root)
        }

    def sort(self, errors: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        """Give the messages per name of a place; those from deeper inside say from where."""
        placed: dict[str, list[str]] = {}
        for pointer, texts in errors.items():
            place = self._nearest(pointer)
            inside = pointer[len(place) + 1 :]
            messages = placed.setdefault(self._nodes[place].name, [])
            messages += [f"{inside}: {text}" if inside else text for text in texts]
        return placed

    def at(self, pointer: str) -> Node | None:
        """Give the place of exactly this value; None where the form has none."""
        return self._nodes.get(pointer)

    def label(self, node: Node) -> str:
        """Give the label, after those of what the place is in; empty for the whole."""
        labels: list[str] = []
        place: Node | None = node
        while place is not None and place.pointer:
            if place.step is not None:
                labels.append(place.label)
            place = place.parent
        return " – ".join(reversed(labels))

    def _nearest(self, pointer: str) -> str:
        while pointer and pointer not in self._nodes:
            pointer = parent(pointer)
        return pointer
