"""Which optional objects have a box of their own: those that cannot be there as they begin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from tasks_ui.schema_form.nodes.node import Beginnings
from tasks_ui.schema_form.posted.absent import ABSENT
from tasks_ui.schema_form.schema.conditions import Judge
from tasks_ui.schema_form.tree.inputs import Given, Spot
from workflows.schemas import Place

if TYPE_CHECKING:
    from tasks_ui.schema_form.tree.build import Builder

MAX_ROUNDS: Final = 5


class Firsts:
    """What a form was when it was shown first, worked out once and only if somebody asks.

    It follows from the schema and from what is stored, whatever was posted since.
    """

    def __init__(self, given: Given, ways: Callable[[], frozenset[str]]) -> None:
        self._given = given
        self._find_ways = ways
        self._ways: frozenset[str] | None = None
        # What is asked for is kept with its answer, so that no other has the same identity.
        self._boxes: dict[tuple[str, int], tuple[Place, bool]] = {}

    def shows_default(self, spot: Spot, *, is_bound: bool) -> bool:
        """Whether a place began with its default: all but those of a form with stored data."""
        if spot.stored is not ABSENT:
            return False
        if self._given.stored is ABSENT:
            return True
        if not is_bound:
            return False
        if self._ways is None:
            self._ways = self._find_ways()
        return spot.way not in self._ways

    def needs_box(self, builder: Builder, place: Place, ui_schema: Any, spot: Spot) -> bool:
        """Whether an object begins with something to see, and lacks what it has to have."""
        if not builder.sketches.has_defaults:
            return False
        key = spot.way, id(place.schema)
        if key not in self._boxes:
            self._boxes[key] = place, self._is_incomplete(builder, place, ui_schema, spot)
        return self._boxes[key][1]

    def _is_incomplete(self, builder: Builder, place: Place, ui_schema: Any, spot: Spot) -> bool:
        given = replace(self._given, stored=ABSENT, post=None)
        document, known = given.document, {spot.way: ABSENT}
        for _round in range(MAX_ROUNDS):
            judge = Judge(document, known, excluded=given.exclude, decided=given.decided)
            alone = replace(spot, required=True, stored=ABSENT, value=ABSENT)
            node = builder.anew(given, judge, self._of(given)).build(place, ui_schema, alone)
            beginnings = Beginnings()
            value = node.begin(beginnings)
            if judge.has_told(beginnings.values):
                break
            known = beginnings.values
        return beginnings.has_something_in(spot.way) and not judge.holds(place, value)

    def _of(self, given: Given) -> Firsts:
        """Give what another form was at first, of the same schema: boxes are the same there."""
        other = Firsts(given, self._find_ways)
        other._boxes = self._boxes
        return other
