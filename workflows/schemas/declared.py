"""Which top-level properties a schema declares, so that only these are taken from what is sent."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from workflows.schemas.documents import Document
from workflows.schemas.programs import document


def declared_properties(schema: Any) -> frozenset[str]:
    """Give the names of the properties that the schema declares for the whole.

    References, parts (`allOf`), alternatives and conditions count; names that only fit a pattern
    do not.
    """
    return _declared(document(schema))


def pick_declared(schema: Any, data: Mapping[str, Any]) -> dict[str, Any]:
    """Give the part of the data whose names the schema declares."""
    names = declared_properties(schema)
    return {name: value for name, value in data.items() if name in names}


@lru_cache(maxsize=1_000)
def _declared(loaded: Document) -> frozenset[str]:
    return loaded.root.names
