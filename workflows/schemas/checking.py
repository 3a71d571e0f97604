"""What is wrong with a schema, before anything is checked by it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from jsonschema import Draft202012Validator

from workflows.schemas import limits, pointers
from workflows.schemas.documents import Document, Source, load, source_of
from workflows.schemas.grammar import sentence
from workflows.schemas.patterns import PatternError, compile_pattern
from workflows.schemas.problems import SchemaProblem
from workflows.schemas.references import Place, unresolved
from workflows.schemas.walking import schemas_in, strays_in

MAX_PROBLEMS: Final = 20
MAX_SUBSCHEMAS: Final = 3_000
MAX_EXPANSIONS: Final = 10_000
"""How many schemas may speak of one value: references to references multiply."""

IN_PLACE: Final = ("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas")
REFERENCES: Final = ("$ref", "$dynamicRef")

RULES: Final = Draft202012Validator(Draft202012Validator.META_SCHEMA)

Places = list[tuple[str, Place]]


@dataclass(frozen=True)
class Checked:
    """A document, and why it may not be used: for no reason, if it may."""

    document: Document
    problems: tuple[SchemaProblem, ...]


def check_schema(schema: Any) -> list[SchemaProblem]:
    """Give every reason why the schema may not be used; empty when it may."""
    problems = [
        SchemaProblem(pointer, str(message))
        for pointer, message in islice(limits.faults(schema, lazy=True), MAX_PROBLEMS)
    ]
    return problems or list(checked(source_of(schema)).problems)


@lru_cache(maxsize=1_000)
def checked(source: Source) -> Checked:
    """Give the document that was written down, with what is wrong with it."""
    written = json.loads(source.text)
    problems = [SchemaProblem(at, str(text)) for at, text in limits.faults(written)]
    if problems:
        return Checked(Document(source.digest), tuple(problems[:MAX_PROBLEMS]))
    document = load(source)
    problems = [
        SchemaProblem(document.upgraded.origin(problem.pointer), problem.message)
        for problem in islice(_problems(document), MAX_PROBLEMS)
    ]
    return Checked(document, tuple(problems))


def _problems(document: Document) -> Iterator[SchemaProblem]:
    """Yield what is wrong with a document that is JSON."""
    if not isinstance(document.schema, dict | bool):
        yield SchemaProblem("", "A schema is an object, or true or false.")
        return
    places = list(islice(schemas_in(document.root), MAX_SUBSCHEMAS + 1))
    if len(places) > MAX_SUBSCHEMAS:
        yield SchemaProblem("", f"There are more than {MAX_SUBSCHEMAS:,} schemas in it.")
        return
    strange = [pointer for pointer, place in places if "$schema" in place.keywords]
    for pointer in strange:
        # The drafts that are known are no longer named once a schema is loaded.
        yield SchemaProblem(f"{pointer}/$schema", "This draft is not supported; use 2020-12.")
    if not strange:
        invalid = [*_invalid(document.schema)]
        for at, place in strays_in(document.root):
            invalid += [replace(one, pointer=at + one.pointer) for one in _invalid(place.schema)]
        yield from invalid or _unsafe(places)


def _invalid(schema: Any) -> Iterator[SchemaProblem]:
    """Yield what breaks the rules of the draft itself."""
    for error in islice(RULES.iter_errors(schema), MAX_PROBLEMS):
        yield SchemaProblem(pointers.join(error.absolute_path), sentence(error))


def _unsafe(places: Places) -> Iterator[SchemaProblem]:
    """Yield what the draft allows and nobody should run: schema by schema, then as a whole."""
    known = frozenset(id(place.schema) for _pointer, place in places)
    lost = [problem for place in places for problem in _references(*place, known=known)]
    yield from lost or _endless(places)
    for pointer, place in places:
        yield from _patterns(pointer, place)


def _references(pointer: str, place: Place, *, known: frozenset[int]) -> Iterator[SchemaProblem]:
    """Yield references that lead out of the document, or to what nobody has checked."""
    for keyword in REFERENCES:
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
    targets = [place.target(keyword) for keyword in REFERENCES]
    parts = [*place.parts_in_place(*IN_PLACE), *(target for target in targets if target)]
    cost = 1 + sum(_cost(part, known, (*above, key)) for part in parts)
    known[key] = min(cost, MAX_EXPANSIONS + 1)
    return known[key]
