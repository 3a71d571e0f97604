"""The one JSON Schema validator of the project: what schemas and data may be, and what is wrong.

In: a schema as written, and data. Out: messages per JSON Pointer, and the parts of the schema.
"""

from __future__ import annotations

from workflows.schemas.checking import check_schema
from workflows.schemas.declared import declared_properties, names_in, pick_declared, speaking
from workflows.schemas.documents import Document
from workflows.schemas.faults.needs import all_of, bars, needs_of, which_to_fill_in
from workflows.schemas.formats import is_date, is_moment, is_time
from workflows.schemas.hints.secrets import SECRET, Spoken, conceal, is_secret, spoken
from workflows.schemas.holding import holds
from workflows.schemas.limits import text_problem
from workflows.schemas.numbers import decimals_of, number_text, padded_text
from workflows.schemas.patterns import found_in
from workflows.schemas.problems import SchemaProblem, UnusableSchema
from workflows.schemas.programs import document
from workflows.schemas.references import Place
from workflows.schemas.sameness import same
from workflows.schemas.validation import validate

__all__ = [
    "SECRET",
    "Document",
    "Place",
    "SchemaProblem",
    "Spoken",
    "UnusableSchema",
    "all_of",
    "bars",
    "check_schema",
    "conceal",
    "decimals_of",
    "declared_properties",
    "document",
    "found_in",
    "holds",
    "is_date",
    "is_moment",
    "is_secret",
    "is_time",
    "names_in",
    "needs_of",
    "number_text",
    "padded_text",
    "pick_declared",
    "same",
    "speaking",
    "spoken",
    "text_problem",
    "validate",
    "which_to_fill_in",
]
