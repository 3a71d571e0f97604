"""From a schema to the tree of its form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from tasks_ui.schema_form.absent import ABSENT, part
from tasks_ui.schema_form.choosing import control_for
from tasks_ui.schema_form.controls import Empty, JsonText
from tasks_ui.schema_form.hints import Hints
from tasks_ui.schema_form.nodes import Fixed, Group, Leaf, Node
from tasks_ui.schema_form.outlook import Outlook
from workflows.schemas import Place
from workflows.schemas.pointers import child

MAX_FIELDS: Final = 500
MAX_LEVELS: Final = 8


@dataclass(frozen=True)
class Spot:
    """Where in the form something is to be built."""

    pointer: str = ""
    key: str = ""
    required: bool = True
    default: Any = ABSENT
    level: int = 0
    above: frozenset[int] = frozenset()


class Builder:
    """Builds one form; counts its fields, so that no schema makes an endless one."""

    def __init__(self, prefix: str, exclude: frozenset[str]) -> None:
        self.prefix = prefix
        self.exclude = exclude
        self.fields = 0

    def build(self, place: Place, ui_schema: Any, spot: Spot) -> Node:
        """Give the node for a schema at a spot."""
        self.fields += 1
        outlook = Outlook(place)
        hints = Hints(ui_schema, outlook.keywords)
        default = (
            outlook.keywords.get("default", ABSENT) if spot.default is ABSENT else spot.default
        )
        shared: dict[str, Any] = {
            "pointer": spot.pointer,
            "name": f"{self.prefix}{spot.pointer}",
            "label": _label(spot.key, hints),
            "required": spot.required,
            "outlook": outlook,
            "hints": hints,
            "default": default,
        }
        node: Node
        if _is_fixed(outlook, hints):
            node = Fixed(**shared, value=outlook.keywords.get("const", ABSENT))
        elif not self._is_group(outlook, spot):
            node = Leaf(**shared, control=self._control(outlook, hints, spot))
        else:
            node = Group(**shared)
            node.children = self._children(node, spot)
        return node

    def _control(self, outlook: Outlook, hints: Hints, spot: Spot) -> Any:
        if outlook.kind == "object":
            return JsonText(Empty(spot.required, outlook.nullable))
        return control_for(outlook, hints, required=spot.required)

    def _is_group(self, outlook: Outlook, spot: Spot) -> bool:
        """Whether the object can be shown field by field; if not, it is shown as JSON."""
        plain = outlook.kind == "object" and not outlook.is_union
        room = spot.level < MAX_LEVELS and self.fields + len(outlook.properties) <= MAX_FIELDS
        known = bool(outlook.properties) or (not spot.pointer and not _takes_any(outlook))
        return plain and known and room and not (outlook.origins & spot.above)

    def _children(self, group: Group, spot: Spot) -> dict[str, Node]:
        outlook, hints = group.outlook, group.hints
        names = [
            name
            for name in hints.order(list(outlook.properties))
            if spot.pointer or name not in self.exclude
        ]
        return {
            name: self.build(
                _together(outlook.properties[name]),
                hints.inside(name),
                Spot(
                    pointer=child(spot.pointer, name),
                    key=name,
                    required=name in outlook.required,
                    default=part(group.default, name),
                    level=spot.level + 1,
                    above=spot.above | outlook.origins,
                ),
            )
            for name in names
        }


def _is_fixed(outlook: Outlook, hints: Hints) -> bool:
    keywords = outlook.keywords
    if "const" in keywords:
        # A constant `true` is a box that has to be ticked.
        return keywords["const"] is not True
    read_only = keywords.get("readOnly") is True or hints.get("readonly") is True
    return read_only or hints.widget == "hidden" or keywords.get("type") == "null"


def _takes_any(outlook: Outlook) -> bool:
    """Whether an object without properties takes what nobody has named."""
    return any(name in outlook.keywords for name in ("additionalProperties", "patternProperties"))


def _together(places: list[Place]) -> Place:
    """Give one schema for a property that several parts of its object speak about."""
    if len(places) == 1:
        return places[0]
    return places[0].inside({"allOf": [place.schema for place in places]})


def _label(key: str, hints: Hints) -> str:
    title = hints.get("title", hints.keywords.get("title"))
    if isinstance(title, str) and title:
        return title
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", key).replace("_", " ").strip()
    return (words[:1].upper() + words[1:]) or key or _("Value")
