"""What all forms of one schema have in common, worked out once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from tasks_ui.schema_form.judging import Judge
from tasks_ui.schema_form.outlook import Outlook
from workflows.schemas import Document, Place
from workflows.schemas.walking import schemas_in

MAX_DOCUMENTS: Final = 1_000


class Sketches:
    """The looks of a document's schemas, as far as they do not depend on data."""

    def __init__(self, document: Document) -> None:
        self.root: Place = document.root
        # Only what is part of the document stays as long as this does, and so has an id of its own.
        self._known = frozenset(
            id(place.schema)
            for _pointer, place in schemas_in(self.root)
            if isinstance(place.schema, dict)
        )
        self._kept: dict[int, Outlook] = {}

    def outlook(self, place: Place, value: Any, judge: Judge, way: str) -> Outlook:
        """Give what a schema asks for, given what is known of the value."""
        kept = self._kept.get(id(place.schema))
        if kept is not None:
            return kept
        fresh = Outlook(place, value, judge, way)
        if fresh.is_settled and id(place.schema) in self._known:
            self._kept[id(place.schema)] = Outlook(place)
        return fresh


@lru_cache(maxsize=MAX_DOCUMENTS)
def sketches_of(document: Document) -> Sketches:
    """Give the sketches of a document, which are made as they are needed."""
    return Sketches(document)
