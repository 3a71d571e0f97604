"""A schema as text that nobody can change any more, known by its fingerprint."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise

from workflows.schemas.references import Place
from workflows.schemas.upgrade.upgrading import Upgraded, upgrade


@dataclass(frozen=True)
class Source:
    """A schema as it was written: two of the same content are the same."""

    digest: str
    text: str = field(compare=False, repr=False)


@dataclass(frozen=True, eq=False)
class Document:
    """A schema of our own copy, in the newest draft: whatever is known of it is known by that."""

    digest: str
    upgraded: Upgraded = field(default=Upgraded(False), repr=False)

    @property
    def schema(self) -> Any:
        """The schema itself."""
        return self.upgraded.schema

    @property
    def root(self) -> Place:
        """Give the place from which every part of the schema is found."""
        return Place.of_document(self.schema)


def source_of(schema: Any) -> Source:
    """Give a schema that is JSON (texts may be translated later) as text.

    Raises TypeError, ValueError or RecursionError for what is not JSON.
    """
    text = json.dumps(schema, default=_plain, allow_nan=False, separators=(",", ":"))
    return Source(hashlib.sha256(text.encode()).hexdigest(), text)


def load(source: Source) -> Document:
    """Give the document that has been written down."""
    return Document(source.digest, upgrade(json.loads(source.text)))


def _plain(value: Any) -> str | int | float:
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{type(value).__name__} is not JSON.")
