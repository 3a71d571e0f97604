"""The one JSON Schema validator of the project: what schemas and data may be, and what is wrong."""

from __future__ import annotations

from workflows.schemas.checking import check_schema
from workflows.schemas.declared import declared_properties, pick_declared
from workflows.schemas.numbers import number_text
from workflows.schemas.problems import SchemaProblem, UnusableSchema
from workflows.schemas.references import Place
from workflows.schemas.validation import validate
from workflows.schemas.validators import document

__all__ = [
    "Place",
    "SchemaProblem",
    "UnusableSchema",
    "check_schema",
    "declared_properties",
    "document",
    "number_text",
    "pick_declared",
    "validate",
]
