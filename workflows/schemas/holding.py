"""Whether a value fits one part of a schema, such as a condition or one of several alternatives."""

from __future__ import annotations

from typing import Any

from workflows.schemas import limits
from workflows.schemas.documents import Document
from workflows.schemas.evaluation import EnoughTold, Run, TooMuchWork
from workflows.schemas.programs import program_of
from workflows.schemas.references import Place


def holds(document: Document, place: Place, value: Any) -> bool:
    """Whether the value fits the schema at a place of the document; what cannot be told does not.

    Args:
        document: a document that may be used (`workflows.schemas.document`).
        place: one of its schemas.
        value: any JSON value.
    """
    if next(limits.faults(value), None):
        return False
    try:
        program_of(document).node(place.schema, place).check(value, (), Run(1))
    except (RecursionError, TooMuchWork, EnoughTold):
        return False
    return True
