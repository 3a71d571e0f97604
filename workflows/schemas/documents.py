"""A schema as text that nobody can change any more, known by its fingerprint."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from workflows.schemas.drafts import NEWEST, draft_of
from workflows.schemas.references import Place


@dataclass(frozen=True)
class Document:
    """A schema of our own copy: two of the same content are the same document."""

    digest: str
    schema: Any = field(compare=False, repr=False)

    @property
    def root(self) -> Place:
        """Give the place from which every part of the schema is found."""
        draft = draft_of(self.schema) or NEWEST
        return Place.of_document(self.schema, draft.specification)


def load(schema: Any) -> Document:
    """Give a schema that is JSON (texts may be translated later) as a document."""
    text = json.dumps(schema, default=_translated, allow_nan=False, separators=(",", ":"))
    return Document(hashlib.sha256(text.encode()).hexdigest(), json.loads(text))


def _translated(value: Any) -> str:
    if isinstance(value, Promise):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not JSON.")
