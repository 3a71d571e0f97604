"""Documents that may be used and the programs made of them, each made once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from workflows.schemas.checking import check_schema, checked
from workflows.schemas.documents import Document, source_of
from workflows.schemas.evaluation import Program
from workflows.schemas.keywords import MAKERS
from workflows.schemas.problems import UnusableSchema


def document(schema: Any) -> Document:
    """Give the schema as a document that may be used; raises UnusableSchema with the reasons."""
    try:
        source = source_of(schema)
    except (TypeError, ValueError, RecursionError):
        raise UnusableSchema(check_schema(schema)) from None
    result = checked(source)
    if result.problems:
        raise UnusableSchema(result.problems)
    return result.document


@lru_cache(maxsize=1_000)
def program_of(usable: Document) -> Program:
    """Give the program of a document that may be used."""
    return Program(usable, MAKERS)
