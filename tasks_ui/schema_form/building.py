"""Builds a form whose questions depend on the answers: again, until both go together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tasks_ui.schema_form.absent import ABSENT
from tasks_ui.schema_form.controls.files import Uploads
from tasks_ui.schema_form.judging import Judge
from tasks_ui.schema_form.nodes import Beginnings, Node
from tasks_ui.schema_form.reading import Reading
from tasks_ui.schema_form.spots import Spot
from tasks_ui.schema_form.tree import Builder
from workflows.schemas import Document

MAX_ROUNDS: Final = 5
"""Answers may bring questions whose answers bring questions: four deep in one step."""


class Given:
    """What a form is made of: a schema, hints, what was stored, and what was posted."""

    def __init__(
        self,
        loaded: Document,
        ui_schema: Any,
        stored: Any,
        post: Mapping[str, Any] | None,
        exclude: frozenset[str],
        *,
        decided: Mapping[str, Any],
        preview: bool,
        uploads: Uploads | None = None,
    ) -> None:
        self.document = loaded
        self.ui_schema = ui_schema
        self.stored = stored
        self.post = post
        self.exclude = exclude
        self.decided = decided
        self.preview = preview
        self.uploads = uploads


class Round:
    """One try: the form that follows from what is known of the data, and the data read from it.

    Attributes:
        reading: what was posted, as this form reads it; None where nothing was.
        value: what it comes to: what was posted, or what it begins with.
        is_live: whether what is asked for depends on what is filled in.
        can_grow: whether parts of it can be added.
    """

    def __init__(self, given: Given, known: Mapping[str, Any]) -> None:
        self.given = given
        self.reading = None if given.post is None else Reading(given.post)
        self.is_new = given.stored is ABSENT and given.post is None
        self.judge = Judge(
            given.document,
            known,
            self.reading,
            # Who stored what there is had been asked all that follows from it.
            is_strict=self.is_submitted or (self.reading is None and not self.is_new),
            excluded=given.exclude,
            decided=given.decided,
        )
        has_stored = given.stored is not ABSENT
        builder = Builder(self.judge, self.reading, given.exclude, has_stored=has_stored)
        builder.uploads = given.uploads
        self.root: Node = builder.build(
            given.document.root, given.ui_schema, Spot(stored=given.stored, value=given.stored)
        )
        self.is_live, self.can_grow = builder.is_live, builder.can_grow
        self.known, self.value = self._read()

    @property
    def is_submitted(self) -> bool:
        """Whether the post is meant, and not only to be looked at."""
        reading = self.reading
        return reading is not None and not (self.given.preview or reading.operation)

    def _read(self) -> tuple[dict[str, Any], Any]:
        if self.reading is not None:
            whole = self.root.read(self.reading)
            return self.reading.values, whole
        beginnings = Beginnings(self.is_new)
        whole = self.root.begin(beginnings)
        return beginnings.values, whole


def settle(given: Given) -> Round:
    """Give the form whose questions follow from its own answers, or the last one tried."""
    current = Round(given, {})
    for _ in range(MAX_ROUNDS):
        if not current.is_live:
            break
        following = Round(given, current.known)
        if following.judge.answers == current.judge.answers:
            break
        current = following
    return current
