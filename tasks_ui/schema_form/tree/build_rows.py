"""Builds what can grow: the rows of an array, and names and values of an object."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from tasks_ui.schema_form.controls import Control, JsonText
from tasks_ui.schema_form.nodes.arrays import Rows
from tasks_ui.schema_form.nodes.maps import Pair, Pairs
from tasks_ui.schema_form.nodes.node import Group, Node
from tasks_ui.schema_form.posted import field_names
from tasks_ui.schema_form.posted.absent import ABSENT, part
from tasks_ui.schema_form.posted.operations import fresh_key
from tasks_ui.schema_form.posted.reader import MAX_ROWS
from tasks_ui.schema_form.schema.alternatives import with_targets
from tasks_ui.schema_form.schema.children import (
    hints_of_item,
    hints_of_name,
    items_of,
    place_of_any,
)
from tasks_ui.schema_form.schema.options import wire_text
from tasks_ui.schema_form.schema.resolved import Outlook
from tasks_ui.schema_form.schema.titles import numbered
from tasks_ui.schema_form.tree.inputs import Spot
from workflows.schemas import Place

if TYPE_CHECKING:
    from tasks_ui.schema_form.tree.build import Builder

MAX_BLANK: Final = 20
"""How many empty rows a form begins with, or is given back, however many there must be."""


def has_rows(outlook: Outlook, control: Control, stored: Any) -> bool:
    """Whether an array is shown row by row: its items are described, and not too many."""
    if outlook.kind != "array":
        return False
    if isinstance(stored, list) and len(stored) > MAX_ROWS:
        return False
    if stored is not ABSENT and stored is not None and not isinstance(stored, list):
        return False
    if not isinstance(control, JsonText):
        return isinstance(stored, list) and not _are_different(stored)
    fixed, rest = items_of(outlook)
    return bool(fixed) or rest is not None


def build_rows(builder: Builder, spot: Spot, shared: dict[str, Any]) -> Rows:
    """Give the places of an array: those of a tuple, and a row for each further item."""
    node = Rows(**shared)
    fixed, rest = items_of(node.outlook)
    node.fixed = [
        builder.build(
            place,
            hints_of_item(node.hints, at, len(fixed)),
            spot.inside(node, f"{spot.way}/{at}", at),
        )
        for at, place in enumerate(fixed)
    ]
    if rest is None:
        node.can_grow = node.has_rest = False
        return node
    node.first_count = _first_count(node, len(fixed))
    keys = _keys(builder, node, len(fixed))
    for key in keys:
        node.rows[key] = _row(builder, node, spot, rest, key)
    count, keywords = len(fixed) + len(keys), node.outlook.keywords
    node.can_grow = count < min(keywords.get("maxItems", MAX_ROWS), MAX_ROWS)
    return node


def _row(builder: Builder, node: Rows, spot: Spot, place: Place, key: str) -> Node:
    at, way = int(key) if key.isdecimal() else -1, f"{spot.way}/{key}"
    inside = spot.inside(
        node,
        way,
        at,
        is_revealed=builder.reading is not None,
        is_row=True,
        is_bare=_is_bare(builder, spot, key, way),
        label=numbered(kind_of(place) or node.label, len(node.fixed) + len(node.rows)),
    )
    number, places = len(node.fixed) + len(node.rows), len(node.fixed)
    return builder.build(place, hints_of_item(node.hints, number, places), inside)


def _is_bare(builder: Builder, spot: Spot, key: str, way: str) -> bool:
    """Whether nothing was posted of a row, as of more of them than pages of ours post so.

    They do of rows that hold nothing but constants.
    """
    if builder.reading is None or not builder.reading.is_bare(spot.way, key, way):
        return False
    builder.bare_rows += 1
    return builder.bare_rows > MAX_BLANK


def _keys(builder: Builder, node: Rows, after: int) -> list[str]:
    posted = builder.reading.rows(node.way) if builder.reading else None
    if posted is not None:
        # Numbers below are those of a tuple's places, which are no rows.
        return [key for key in posted if not key.isdecimal() or int(key) >= after]
    given = node.first
    count = len(given) if isinstance(given, list) else 0
    keys = [str(at) for at in range(after, min(count, MAX_ROWS))]
    # An array that must be there begins with as many empty rows as it needs.
    least = node.outlook.keywords.get("minItems", 0) if node.required or keys else 0
    while builder.given.is_new and after + len(keys) < min(least, after + MAX_BLANK):
        keys.append(fresh_key(keys))
    return keys


def _first_count(node: Rows, after: int) -> int:
    given = len(node.first) - after if isinstance(node.first, list) else 0
    least = node.outlook.keywords.get("minItems", 0) if node.required or given > 0 else 0
    return int(max(given, least - after, 0))


def kind_of(place: Place) -> str:
    """Give the title of a schema, or of what it refers to: an item has no name of its own."""
    titles = (each.keywords.get("title") for each in with_targets(place))
    return next((title for title in titles if isinstance(title, str) and title), "")


def build_pairs(builder: Builder, group: Group, spot: Spot) -> Pairs:
    """Give the rows of names and values that an object has beside its own fields."""
    node = Pairs(
        way=spot.way,
        label=group.label,
        required=False,
        outlook=group.outlook,
        hints=group.hints,
        parent=group,
        protection=group.protection,
        default=group.default,
        shows_default=group.shows_default,
        stored=group.stored,
        taken=frozenset(group.outlook.properties),
    )
    given = group.first
    extra = [name for name in given if name not in node.taken] if isinstance(given, dict) else []
    node.first_count = min(len(extra), MAX_ROWS)
    posted = builder.reading.rows(spot.way) if builder.reading else None
    keys = [str(at) for at in range(min(len(extra), MAX_ROWS))] if posted is None else posted
    node.rows = [_pair(builder, node, spot, key, extra) for key in keys]
    most = group.outlook.keywords.get("maxProperties", MAX_ROWS)
    node.can_grow = len(keys) + len(node.taken & group.outlook.required) < min(most, MAX_ROWS)
    return node


def _pair(builder: Builder, node: Pairs, spot: Spot, key: str, extra: list[str]) -> Pair:
    name = f"{field_names.KEY}{spot.way}/{key}"
    at = int(key) if key.isdecimal() else -1
    before = extra[at] if 0 <= at < len(extra) else ""
    text = before
    if builder.reading and builder.reading.has(name):
        text = builder.reading.line(name)
    way = f"{spot.way}/{field_names.PAIR}{key}"
    inside = replace(
        spot.inside(node, way, text),
        is_bare=_is_bare(builder, spot, key, way),
        stored=part(node.stored, before),
        default=part(node.default, before),
        value=part(spot.value, text),
        label=_("Value"),
    )
    said = hints_of_name(node.hints, node.outlook, text)
    value = builder.build(place_of_any(node.outlook, text), said, inside)
    nameless = not before and 0 <= at < len(extra)
    return Pair(key=key, name=name, text=text, value=value, may_be_nameless=nameless)


def _are_different(values: list[Any]) -> bool:
    texts = [wire_text(value) for value in values]
    return len(set(texts)) == len(texts)
