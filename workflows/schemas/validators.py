"""Validators that divide exactly, match in linear time, fetch nothing and give up in time."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, Final

from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend
from referencing.jsonschema import EMPTY_REGISTRY

from workflows.schemas import limits, numbers, patterns
from workflows.schemas.checking import check_schema
from workflows.schemas.documents import Document, load
from workflows.schemas.drafts import NEWEST, WITH_LISTS_OF_ITEMS, Draft, draft_of
from workflows.schemas.formats import format_checker
from workflows.schemas.problems import UnusableSchema
from workflows.schemas.walking import schemas_in

MAX_REFERENCES: Final = 5_000
"""How many references one check may follow: with recursion, few schemas can make endless work."""

Errors = Iterator[ValidationError]


class TooMuchWork(RuntimeError):
    """The check of some data would take too long."""


references_left: ContextVar[int] = ContextVar("references_left", default=MAX_REFERENCES)


def document(schema: Any) -> Document:
    """Give the schema as a document that may be used; raises UnusableSchema with the reasons."""
    if next(limits.faults(schema, lazy=True), None):
        raise UnusableSchema(check_schema(schema))
    return _usable(load(schema))


@lru_cache(maxsize=1_000)
def _usable(loaded: Document) -> Document:
    problems = check_schema(loaded.schema)
    if problems:
        raise UnusableSchema(problems)
    return loaded


@lru_cache(maxsize=1_000)
def validator_of(loaded: Document) -> Any:
    """Give the validator of a document that may be used."""
    draft = draft_of(loaded.schema) or NEWEST
    unnamed = copy.deepcopy(loaded)
    for _pointer, place in schemas_in(unnamed.root):
        # A schema that names its draft would be checked by that draft's plain validator.
        place.keywords.pop("$schema", None)
    return _hardened(draft)(unnamed.schema, registry=EMPTY_REGISTRY, format_checker=FORMATS)


@lru_cache(maxsize=10)
def _hardened(draft: Draft) -> Any:
    ours = {
        "$ref": _reference(draft.validator.VALIDATORS["$ref"]),
        # Left out of the newer drafts, and still what people write.
        "dependencies": WITH_LISTS_OF_ITEMS.validator.VALIDATORS["dependencies"],
        "additionalProperties": _additional_properties,
        "anyOf": _any_of,
        "multipleOf": _multiple_of,
        "oneOf": _one_of,
        "pattern": _pattern,
        "patternProperties": _pattern_properties,
        "uniqueItems": _unique_items,
    }
    for keyword in ("$dynamicRef", "$recursiveRef"):
        if keyword in draft.validator.VALIDATORS:
            ours[keyword] = _reference(draft.validator.VALIDATORS[keyword])
    types = draft.validator.TYPE_CHECKER.redefine("integer", _is_integer)
    return extend(draft.validator, ours, type_checker=types)  # type: ignore[no-untyped-call]


FORMATS: Final = format_checker()


def _is_integer(_checker: Any, value: Any) -> bool:
    return isinstance(value, numbers.Number) and not isinstance(value, bool) and value % 1 == 0


def _reference(plain: Any) -> Any:
    """Follow a reference, unless too many have been followed already."""

    def follow(validator: Any, value: Any, instance: Any, schema: Any) -> Errors:
        left = references_left.get() - 1
        if left < 0:
            raise TooMuchWork("The data leads through too many references.")
        references_left.set(left)
        yield from plain(validator, value, instance, schema)

    return follow


def _any_of(validator: Any, alternatives: Any, instance: Any, _schema: Any) -> Errors:
    told: list[ValidationError] = []
    for number, part in enumerate(alternatives):
        errors = list(validator.descend(instance, part, schema_path=number))
        if not errors:
            return
        told += errors
    yield ValidationError("no alternative fits", context=told)


def _one_of(validator: Any, alternatives: Any, instance: Any, _schema: Any) -> Errors:
    """Tell what is wrong with each alternative, also where several of the others fit."""
    told = [
        list(validator.descend(instance, part, schema_path=number))
        for number, part in enumerate(alternatives)
    ]
    if told.count([]) != 1:
        context = [error for errors in told for error in errors]
        yield ValidationError("not one alternative fits", context=context)


def _multiple_of(validator: Any, step: Any, instance: Any, _schema: Any) -> Errors:
    if validator.is_type(instance, "number") and not numbers.is_multiple(instance, step):
        yield ValidationError("not a multiple")


def _pattern(validator: Any, pattern: str, instance: Any, _schema: Any) -> Errors:
    if validator.is_type(instance, "string") and not patterns.found_in(pattern, instance):
        yield ValidationError("no match")


def _pattern_properties(validator: Any, schemas: Any, instance: Any, _schema: Any) -> Errors:
    if validator.is_type(instance, "object"):
        for pattern, schema in schemas.items():
            for name, value in instance.items():
                if patterns.found_in(pattern, name):
                    yield from validator.descend(value, schema, path=name, schema_path=pattern)


def _additional_properties(validator: Any, rule: Any, instance: Any, schema: Any) -> Errors:
    if not validator.is_type(instance, "object"):
        return
    known, matching = schema.get("properties", {}), schema.get("patternProperties", {})
    extra = [
        name for name in instance if name not in known and not patterns.any_found_in(matching, name)
    ]
    if rule is False and extra:
        yield ValidationError("additional properties")
    elif isinstance(rule, dict):
        for name in extra:
            yield from validator.descend(instance[name], rule, path=name)


def _unique_items(validator: Any, unique: Any, instance: Any, _schema: Any) -> Errors:
    if unique and validator.is_type(instance, "array"):
        texts = [json.dumps(_comparable(item), sort_keys=True) for item in instance]
        if len(set(texts)) < len(texts):
            yield ValidationError("repeated items")


def _comparable(value: Any) -> Any:
    """Give the value, written the same way as every value that equals it: 1.0 is 1."""
    if isinstance(value, dict):
        return {name: _comparable(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_comparable(part) for part in value]
    if isinstance(value, str):
        return f"text {value}"
    return value if isinstance(value, bool | None) else f"number {numbers.exact(value)}"
