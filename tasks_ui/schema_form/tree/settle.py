"""Builds a form whose questions depend on the answers: again, until both go together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from tasks_ui.schema_form.nodes.node import Beginnings, Node
from tasks_ui.schema_form.posted.reader import Reading
from tasks_ui.schema_form.schema.conditions import Judge
from tasks_ui.schema_form.tree.boxes import Firsts
from tasks_ui.schema_form.tree.build import Builder
from tasks_ui.schema_form.tree.inputs import Given, Spot

MAX_ROUNDS: Final = 5
"""Answers may bring questions whose answers bring questions: four deep in one step."""


class Round:
    """One try: the form that follows from what is known of the data, and the data read from it.

    Attributes:
        reading: what was posted, as this form reads it; None where nothing was.
        value: what it comes to: what was posted, or what it begins with.
        is_live: whether what is asked for depends on what is filled in.
        can_grow: whether parts of it can be added.
    """

    def __init__(self, given: Given, known: Mapping[str, Any], firsts: Firsts) -> None:
        self.given = given
        self.reading = None if given.post is None else Reading(given.post)
        self.is_new = given.is_new
        self.judge = Judge(
            given.document,
            known,
            self.reading,
            # Who stored what there is had been asked all that follows from it.
            is_strict=self.is_submitted or (self.reading is None and not self.is_new),
            excluded=given.exclude,
            decided=given.decided,
        )
        builder = Builder(given, self.judge, self.reading, firsts)
        whole = Spot(stored=given.stored, value=given.stored)
        self.root: Node = builder.build(builder.sketches.root, given.ui_schema, whole)
        self.is_live, self.can_grow = builder.is_live, builder.can_grow
        self.known, self.value = self._read()

    @property
    def is_submitted(self) -> bool:
        """Whether the post is meant, and not only to be looked at."""
        reading = self.reading
        return reading is not None and not (self.given.is_preview or reading.operation)

    def _read(self) -> tuple[dict[str, Any], Any]:
        if self.reading is not None:
            whole = self.root.read(self.reading)
            return self.reading.values, whole
        beginnings = Beginnings()
        whole = self.root.begin(beginnings)
        return beginnings.values, whole


def settle(given: Given) -> Round:
    """Give the form whose questions follow from its own answers, or the last one tried."""
    firsts = Firsts(given, lambda: frozenset(settle(replace(given, post=None)).known))
    current = Round(given, {}, firsts)
    for _ in range(MAX_ROUNDS):
        if not current.is_live or current.judge.has_told(current.known):
            break
        current = Round(given, current.known, firsts)
    return current
