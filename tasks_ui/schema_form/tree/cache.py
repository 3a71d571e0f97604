"""What all forms of one schema have in common, worked out once."""

from __future__ import annotations

import copy
from functools import lru_cache
from typing import Any, Final

from django.utils.translation import get_language

from tasks_ui.schema_form.controls import Control
from tasks_ui.schema_form.schema.conditions import Judge
from tasks_ui.schema_form.schema.hints import Hints
from tasks_ui.schema_form.schema.resolved import Outlook
from tasks_ui.schema_form.tree.control_for import Asked, control_for
from workflows.schemas import Document, Place
from workflows.schemas.walking import schemas_in

MAX_DOCUMENTS: Final = 1_000


class Sketch:
    """One schema: what it asks for, what its author says in it of the look, and its controls."""

    def __init__(self, outlook: Outlook) -> None:
        self.outlook = outlook
        self._hints = Hints(None, outlook.keywords)
        self._controls: dict[tuple[bool, bool, bool, str | None], Control] = {}

    def hints(self, ui_schema: Any) -> Hints:
        """Give what is said of the look, by a UI schema too."""
        return Hints(ui_schema, self.outlook.keywords) if ui_schema else self._hints

    def control(self, hints: Hints, asked: Asked) -> Control:
        """Give a control of one's own."""
        if hints is not self._hints:
            return control_for(self.outlook, hints, asked)
        # What options are called is translated when they are read.
        key = asked.required, asked.is_row, asked.is_secret, get_language()
        kept = self._controls.get(key)
        if kept is None:
            kept = control_for(self.outlook, hints, asked)
            if kept.is_file:
                return kept
            self._controls[key] = kept
        return copy.copy(kept)


class Sketches:
    """The sketches of a document's schemas, as far as they do not depend on data."""

    def __init__(self, document: Document) -> None:
        self.root: Place = document.root
        inside = [
            place.schema
            for _pointer, place in schemas_in(self.root)
            if isinstance(place.schema, dict)
        ]
        # Only what is part of the document stays as long as this does, and so has an id of its own.
        self._known = frozenset(map(id, inside))
        self.has_defaults = any("default" in schema for schema in inside)
        self._kept: dict[int, Sketch] = {}

    def sketch(self, place: Place, value: Any, judge: Judge, way: str) -> Sketch:
        """Give what a schema asks for, given what is known of the value."""
        kept = self._kept.get(id(place.schema))
        if kept is not None:
            return kept
        fresh = Sketch(Outlook(place, value, judge, way))
        if fresh.outlook.is_settled and id(place.schema) in self._known:
            self._kept[id(place.schema)] = fresh = Sketch(Outlook(place))
        return fresh


@lru_cache(maxsize=MAX_DOCUMENTS)
def sketches_of(document: Document) -> Sketches:
    """Give the sketches of a document, which are made as they are needed."""
    return Sketches(document)
