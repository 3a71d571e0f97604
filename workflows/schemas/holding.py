"""Whether a value fits one part of a schema, such as a condition or one of several alternatives."""

from __future__ import annotations

from typing import Any

from workflows.schemas import limits
from workflows.schemas.documents import Document
from workflows.schemas.references import Place
from workflows.schemas.validators import (
    MAX_REFERENCES,
    TooMuchWork,
    references_left,
    validator_of,
)


def holds(document: Document, place: Place, value: Any) -> bool:
    """Whether the value fits the schema at a place of the document; what cannot be told does not.

    Args:
        document: a document that may be used (`workflows.schemas.document`).
        place: one of its schemas, with what its references lead to.
    """
    if next(limits.faults(value), None):
        return False
    part = validator_of(document).evolve(schema=place.schema, _resolver=place.resolver)
    token = references_left.set(MAX_REFERENCES)
    try:
        return bool(part.is_valid(value))
    except (RecursionError, TooMuchWork):
        return False
    finally:
        references_left.reset(token)
