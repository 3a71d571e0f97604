"""From a schema to the tree of its form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from tasks_ui.schema_form.controls import Control, Empty, JsonText, Several
from tasks_ui.schema_form.nodes.node import Fixed, Group, Later, Leaf, Node
from tasks_ui.schema_form.nodes.unions import Alternatives
from tasks_ui.schema_form.posted import field_names
from tasks_ui.schema_form.posted.absent import ABSENT
from tasks_ui.schema_form.posted.reader import Reading
from tasks_ui.schema_form.schema.alternatives import constant_of
from tasks_ui.schema_form.schema.children import (
    hints_of_name,
    items_of,
    places_of_name,
    takes_any_name,
)
from tasks_ui.schema_form.schema.conditions import Judge
from tasks_ui.schema_form.schema.hints import Hints
from tasks_ui.schema_form.schema.protected import (
    protected_inside,
    protection_of_pairs,
    protection_of_rows,
)
from tasks_ui.schema_form.schema.resolved import Outlook
from tasks_ui.schema_form.schema.titles import (
    description_of,
    in_words,
    label_of,
    numbered,
    own_title,
    title_of,
)
from tasks_ui.schema_form.tree.boxes import Firsts
from tasks_ui.schema_form.tree.build_rows import build_pairs, build_rows, has_rows, kind_of
from tasks_ui.schema_form.tree.build_union import choose, next_union, own_words
from tasks_ui.schema_form.tree.cache import Sketch, sketches_of
from tasks_ui.schema_form.tree.control_for import Asked
from tasks_ui.schema_form.tree.inputs import Given, Spot
from tasks_ui.schema_form.tree.likeness import best_fitting
from tasks_ui.schema_form.tree.questions import arranged, rule_of
from workflows.schemas import Place
from workflows.schemas.hints.protection import UNCHANGEABLE, Protection

MAX_FIELDS: Final = 3_000
MAX_LEVELS: Final = 24
ROOMY: Final = 150
"""With more fields than these, optional objects are only built when somebody adds them."""
DEEP: Final = 5


class Builder:
    """Builds one form; counts its fields, so that no schema makes an endless one.

    Attributes:
        is_live: whether what is asked for depends on what is filled in.
        can_grow: whether parts of it can be added.
        bare_rows: how many rows were posted without anything in them.
        firsts: what the form was when it was shown first.
    """

    def __init__(self, given: Given, judge: Judge, reading: Reading | None, firsts: Firsts) -> None:
        self.given = given
        self.judge = judge
        self.reading = reading
        self.firsts = firsts
        self.sketches = sketches_of(given.document)
        self.is_live = self.can_grow = False
        self.fields = self.bare_rows = 0

    def build(self, place: Place, ui_schema: Any, spot: Spot) -> Node:
        """Give the node for a schema at a spot."""
        self.fields += 1
        spot.value = self.judge.value(spot.way, spot.value)
        sketch = self.sketches.sketch(place, spot.value, self.judge, spot.way)
        outlook, hints = sketch.outlook, sketch.hints(ui_schema)
        # The chosen alternative may have a title too, which is not what is asked for.
        if spot.step is not None:
            spot.label = spot.label or _label(spot, outlook, hints)
        hints = hints.chosen(outlook.chosen)
        spot.protection |= outlook.protection | hints.protection
        if outlook.nullable and spot.step is not None:
            _let_be_null(outlook, hints, spot)
        # Nobody chooses among forms of what cannot be changed.
        is_open = not spot.protection & UNCHANGEABLE
        own = self._shared(outlook, hints, spot) if is_open and not outlook.is_settled else {}
        known = len(outlook.chosen)
        choosers = choose(self, outlook, hints, spot) if own else []
        self._keep_what_was_inactive(outlook, hints, spot)
        self.is_live |= outlook.is_live or bool(choosers)
        above = [chooser for chooser in choosers if not chooser.union.is_question]
        spot.questions = [chooser for chooser in choosers if chooser.union.is_question]
        spot.tells_apart = frozenset(name for one in choosers for name in one.constants)
        if len(outlook.chosen) > known:
            # What the alternatives say of the look is known only now that they are chosen.
            hints = Hints(hints.chosen(outlook.chosen[known:]).ui_schema, outlook.keywords)
        spot.protection |= outlook.protection | hints.protection
        if not above:
            return self._build_one(sketch, hints, spot)
        return self._build_alternatives(sketch, hints, Alternatives(**own, choosers=above), spot)

    def anew(self, given: Given, judge: Judge, firsts: Firsts) -> Builder:
        """Give a builder for a part of the form as it would be shown first."""
        return Builder(given, judge, None, firsts)

    def _keep_what_was_inactive(self, outlook: Outlook, hints: Hints, spot: Spot) -> None:
        """Leave alone what belonged to no question before either: only answers make it go."""
        if not isinstance(spot.stored, dict) or not outlook.inactive & spot.stored.keys():
            return
        judge = self.judge.of_what_was_stored()
        before = Outlook(outlook.place, spot.stored, judge, spot.way)
        while (union := next_union(before, hints)) is not None:
            before.choose(union, best_fitting(judge, union, spot.stored))
        outlook.inactive -= before.inactive

    def _build_alternatives(
        self, sketch: Sketch, hints: Hints, above: Alternatives, spot: Spot
    ) -> Node:
        above.says_something = spot.may_be_left_out or not spot.required
        chosen = above.choosers[-1]
        if chosen.number is None:
            return above
        inner = replace(
            spot,
            parent=above,
            step=None,
            default=above.default,
            label=chosen.labels[chosen.number],
            nothing=ABSENT,
            required=True,
            may_be_left_out=False,
        )
        above.inner = self._build_one(sketch, hints, inner)
        above.inner.description, above.inner.help = own_words(above, hints)
        return above

    def _build_one(self, sketch: Sketch, hints: Hints, spot: Spot) -> Node:
        outlook = sketch.outlook
        shared = self._shared(outlook, hints, spot)
        if _is_fixed(outlook, spot) and not self._has_fixed_parts(outlook, spot):
            is_null = outlook.keywords.get("type") == "null"
            only = constant_of(outlook.keywords) if spot.is_telling else ABSENT
            value = outlook.keywords.get("const", None if is_null else only)
            if self.given.stored is not ABSENT:
                shared["default"] = ABSENT
            return Fixed(**shared, value=value, is_chosen=spot.in_alternative)
        if outlook.kind == "object" and "const" not in outlook.keywords:
            return self._object(outlook, hints, spot, shared)
        asked = Asked(
            required=spot.required,
            is_row=spot.is_row,
            is_secret=Protection.SECRET in spot.protection,
            uploads=self.given.uploads,
        )
        control = sketch.control(hints, asked)
        if isinstance(control, JsonText | Several) and has_rows(outlook, control, spot.stored):
            if Protection.HIDDEN in protection_of_rows(outlook, hints):
                return Fixed(**{**shared, "is_hidden": True})
            self.can_grow = True
            return build_rows(self, spot, shared)
        return self._leaf(control, outlook, shared, is_contested=spot.is_contested)

    def _leaf(
        self,
        control: Control,
        outlook: Outlook,
        shared: dict[str, Any],
        *,
        is_contested: bool = False,
    ) -> Node:
        """Give a field; what has protected parts, and is not shown by its parts, is protected."""
        if isinstance(control, JsonText | Several):
            inside = protected_inside(outlook, shared["hints"])
            if inside & UNCHANGEABLE:
                return Fixed(**shared)
            control.is_secret |= Protection.SECRET in inside
        is_contested &= not (control.is_secret or control.is_file)
        return Leaf(**shared, control=control, is_contested=is_contested)

    def _has_fixed_parts(self, outlook: Outlook, spot: Spot) -> bool:
        """Whether what cannot be changed is shown as the group of its fields."""
        is_group = outlook.kind == "object" and bool(outlook.properties)
        if not is_group or spot.protection & UNCHANGEABLE != Protection.FIXED:
            return False
        is_other = outlook.is_union or takes_any_name(outlook) or "const" in outlook.keywords
        given = outlook.keywords.get("default", {}) if spot.default is ABSENT else spot.default
        is_known = isinstance(given, dict) and given.keys() <= outlook.properties.keys()
        is_endless = bool(outlook.origins & spot.above) or spot.level > DEEP or self.fields > ROOMY
        return is_known and not is_other and not is_endless

    def _object(self, outlook: Outlook, hints: Hints, spot: Spot, shared: dict[str, Any]) -> Node:
        known = bool(outlook.properties) or takes_any_name(outlook)
        is_whole = spot.parent is None or (spot.parent.parent is None and spot.step is None)
        most = ROOMY if spot.is_bare else MAX_FIELDS
        if not (known or is_whole) or self.fields > most or spot.level > MAX_LEVELS:
            is_secret = Protection.SECRET in spot.protection
            # Where an object must be there, and may have anything in it, nothing will do.
            nothing: Any = {} if spot.required and not (known or outlook.nullable) else ABSENT
            empty = Empty(spot.required, outlook.nullable, nothing)
            return self._leaf(JsonText(empty, is_secret=is_secret), outlook, shared)
        can_wait = self._can_wait(outlook, spot)
        has_box = not can_wait and self._has_box(outlook, hints, spot)
        self.can_grow |= can_wait or takes_any_name(outlook)
        self.is_live |= has_box
        if (can_wait or has_box) and not self._is_there(spot):
            return Later(**shared, has_box=has_box)
        group = Group(**shared, is_removable=can_wait, has_box=has_box)
        # Fields that a box brings were not in the form before.
        inside = replace(spot, is_revealed=spot.is_revealed or has_box)
        is_sure = can_wait or has_box or isinstance(spot.stored, dict)
        inside.may_be_left_out = not is_sure and (spot.may_be_left_out or not spot.required)
        group.children = self._children(group, inside)
        group.arranged = arranged(group, spot.questions)
        group.rule = rule_of(group)
        if takes_any_name(outlook) and not protection_of_pairs(outlook, hints) & Protection.HIDDEN:
            group.pairs = build_pairs(self, group, spot)
        return group

    def _has_box(self, outlook: Outlook, hints: Hints, spot: Spot) -> bool:
        """Whether an optional object is left out by a box, as it would be there by itself."""
        if spot.required or spot.parent is None or spot.step is None:
            return False
        return self.firsts.needs_box(self, outlook.place, hints.ui_schema, spot)

    def _can_wait(self, outlook: Outlook, spot: Spot) -> bool:
        """Whether an object is added by a button, for otherwise there would be no end of it."""
        is_again = bool(outlook.origins & spot.above)
        too_much = spot.level > DEEP or self.fields > ROOMY
        is_item = isinstance(spot.step, int)
        return (is_again and not is_item) or (too_much and not spot.required)

    def _is_there(self, spot: Spot) -> bool:
        posted = self.reading.is_present(spot.way) if self.reading else None
        if posted is None and self.reading and self.reading.has_any_in(spot.way):
            return True
        return spot.stored is not ABSENT if posted is None else posted

    def _children(self, group: Group, spot: Spot) -> dict[str, Node]:
        outlook, hints = group.outlook, group.hints
        if not takes_any_name(outlook):
            outlook.describe_required()
        return {
            name: self._child(group, spot, name)
            for name in hints.order(list(outlook.properties))
            if spot.way or name not in self.given.exclude
        }

    def _child(self, group: Group, spot: Spot, name: str) -> Node:
        outlook = group.outlook
        inside = spot.inside(
            group,
            field_names.inside(spot.way, name),
            name,
            required=name in outlook.required,
            is_revealed=spot.is_revealed or name in outlook.revealed,
            in_alternative=spot.in_alternative or name in outlook.of_chosen,
            is_telling=name in spot.tells_apart,
            is_contested=spot.is_contested or outlook.is_contested(name),
        )
        if inside.default is ABSENT:
            inside.default = outlook.default_of(name)
        node = self.build(
            Place.together(places_of_name(outlook, name)),
            hints_of_name(group.hints, outlook, name),
            inside,
        )
        node.is_hidden |= name in spot.tells_apart and isinstance(node, Fixed)
        return node

    def _shared(self, outlook: Outlook, hints: Hints, spot: Spot) -> dict[str, Any]:
        keywords: Mapping[str, Any] = outlook.keywords
        default = keywords.get("default", ABSENT) if spot.default is ABSENT else spot.default
        is_bound = self.reading is not None
        return {
            "way": spot.way,
            "parent": spot.parent,
            "step": spot.step,
            "label": spot.label or title_of(hints) or in_words(""),
            "required": spot.required,
            "outlook": outlook,
            "hints": hints,
            "default": default,
            "shows_default": default is not ABSENT
            and self.firsts.shows_default(spot, is_bound=is_bound),
            "stored": spot.stored,
            "description": description_of(hints),
            "help": hints.text("help"),
            "protection": spot.protection,
            "nothing": spot.nothing,
            "is_revealed": spot.is_revealed,
            "is_hidden": Protection.HIDDEN in spot.protection,
        }


def _let_be_null(outlook: Outlook, hints: Hints, spot: Spot) -> None:
    """Let what has parts be left empty, which then is null, where null will do and is needed.

    A field does so itself. An array may be an empty one, and an empty row is no item. Where null
    is one of the kinds to choose from, it is chosen.
    """
    union = next_union(outlook, hints)
    if union is not None and any(part.keywords.get("type") == "null" for part in union.parts):
        return
    has_parts = outlook.kind == "object" or union is not None
    is_needed = spot.required and has_parts and not isinstance(spot.step, int)
    if is_needed or (spot.stored is None and (has_parts or outlook.kind == "array")):
        spot.nothing, spot.required = None, False
    if spot.value is None and has_parts:
        spot.value = ABSENT


def _is_fixed(outlook: Outlook, spot: Spot) -> bool:
    keywords = outlook.keywords
    if spot.is_telling and constant_of(keywords) is not ABSENT:
        return True
    is_needed = spot.required or spot.in_alternative
    if "const" in keywords and is_needed and not spot.protection & UNCHANGEABLE:
        # A constant `true` is a box that has to be ticked.
        return keywords["const"] is not True
    return bool(spot.protection & UNCHANGEABLE) or keywords.get("type") == "null"


def _label(spot: Spot, outlook: Outlook, hints: Hints) -> str:
    """Give what is asked for at a spot inside the form."""
    if not isinstance(spot.step, int) or spot.parent is None:
        return label_of(str(spot.step or ""), outlook, hints)
    own, kind = own_title(outlook, hints), title_of(hints)
    alike = [place for place in items_of(spot.parent.outlook)[0] if kind_of(place) == kind]
    if own or (kind and len(alike) < 2):
        return own or kind
    return numbered(kind or spot.parent.label, spot.step)
