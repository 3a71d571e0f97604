"""What is wrong with a schema, before anything is checked by it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from jsonschema.protocols import Validator

from workflows.schemas import limits, pointers
from workflows.schemas.documents import Document, load
from workflows.schemas.drafts import Draft, draft_of
from workflows.schemas.patterns import PatternError, compile_pattern
from workflows.schemas.problems import SchemaProblem
from workflows.schemas.references import Place, unresolved
from workflows.schemas.walking import schemas_in

MAX_PROBLEMS: Final = 20
MAX_SUBSCHEMAS: Final = 3_000
MAX_EXPANSIONS: Final = 10_000
"""How many schemas may speak of one value: references to references multiply."""
MAX_MESSAGE: Final = 200

IN_PLACE: Final = ("allOf", "anyOf", "oneOf", "not", "if", "then", "else")
IN_PLACE_MAPS: Final = ("dependentSchemas", "dependencies")

Places = list[tuple[str, Place]]


def check_schema(schema: Any) -> list[SchemaProblem]:
    """Give every reason why the schema may not be used; empty when it may."""
    problems = [*islice(_not_json(schema), MAX_PROBLEMS)]
    if problems:
        return problems
    document = load(schema)
    return list(islice(problems_of(document), MAX_PROBLEMS))


def problems_of(document: Document) -> Iterator[SchemaProblem]:
    """Yield what is wrong with a document that is JSON."""
    if not isinstance(document.schema, dict | bool):
        yield SchemaProblem("", "A schema is an object, or true or false.")
        return
    draft = draft_of(document.schema)
    if draft is None:
        yield SchemaProblem("/$schema", "This draft is not supported; use 2020-12.")
        return
    places = list(islice(schemas_in(document.root), MAX_SUBSCHEMAS + 1))
    if len(places) > MAX_SUBSCHEMAS:
        yield SchemaProblem("", f"There are more than {MAX_SUBSCHEMAS:,} schemas in it.")
        return
    invalid = [*_invalid(document.schema, draft)]
    yield from invalid or _unsafe(places, draft)


def _not_json(schema: Any) -> Iterator[SchemaProblem]:
    for pointer, message in limits.faults(schema, lazy=True):
        yield SchemaProblem(pointer, str(message))


def _invalid(schema: Any, draft: Draft) -> Iterator[SchemaProblem]:
    """Yield what breaks the rules of the draft itself."""
    rules: Validator = draft.validator(draft.validator.META_SCHEMA)
    for error in islice(rules.iter_errors(schema), MAX_PROBLEMS):
        text = error.message
        short = text if len(text) <= MAX_MESSAGE else f"{text[:MAX_MESSAGE]}…"
        yield SchemaProblem(pointers.join(error.absolute_path), f"{short}.")


def _unsafe(places: Places, draft: Draft) -> Iterator[SchemaProblem]:
    """Yield what the draft allows and nobody should run: schema by schema, then as a whole."""
    known = frozenset(id(place.schema) for _pointer, place in places)
    lost = [problem for place in places for problem in _references(*place, known=known)]
    yield from lost or _endless(places)
    for pointer, place in places:
        yield from _patterns(pointer, place)
        if "$schema" in place.keywords and draft_of(place.schema) != draft:
            yield SchemaProblem(f"{pointer}/$schema", "One document has one draft.")
    names = {name for _pointer, place in places for name in place.keywords}
    if {"patternProperties", "unevaluatedProperties"} <= names:
        text = "patternProperties and unevaluatedProperties cannot be used in one document."
        yield SchemaProblem("", text)


def _references(pointer: str, place: Place, *, known: frozenset[int]) -> Iterator[SchemaProblem]:
    """Yield references that lead out of the document, or to what nobody has checked."""
    for keyword in ("$ref", "$dynamicRef", "$recursiveRef"):
        try:
            target = place.target(keyword)
            found = target is None or id(target.schema) in known
        except LookupError:
            found = False
        if not found:
            yield unresolved(f"{pointer}/{keyword}", place.keywords[keyword])


def _patterns(pointer: str, place: Place) -> Iterator[SchemaProblem]:
    keywords = place.keywords
    found = [(f"{pointer}/pattern", keywords["pattern"])] if "pattern" in keywords else []
    found += [
        (f"{pointer}{pointers.join(('patternProperties', name))}", name)
        for name in keywords.get("patternProperties", ())
    ]
    for where, pattern in found:
        try:
            compile_pattern(pattern)
        except PatternError as error:
            yield SchemaProblem(where, f"The pattern cannot be used, because of {error}.")


def _endless(places: Places) -> Iterator[SchemaProblem]:
    """Yield the reference that leads round in a circle, or to too many others, about one value."""
    costs: dict[int, int] = {}
    for pointer, place in places:
        if _cost(place, costs, ()) > MAX_EXPANSIONS:
            reason = "Its references lead round in a circle, or to too many other schemas."
            yield SchemaProblem(pointer, reason)
            return


def _cost(place: Place, known: dict[int, int], above: tuple[int, ...]) -> int:
    """How many schemas have a say about a value of this one; more than the limit in a circle."""
    key = id(place.schema)
    if key in known:
        return known[key]
    if key in above or len(above) > limits.MAX_DEPTH:
        return MAX_EXPANSIONS + 1
    target = place.target()
    parts = [*place.parts_in_place(*IN_PLACE, *IN_PLACE_MAPS), *([target] if target else [])]
    cost = 1 + sum(_cost(part, known, (*above, key)) for part in parts)
    known[key] = min(cost, MAX_EXPANSIONS + 1)
    return known[key]
