"""Data is accepted and refused as `jsonschema-rs` does, which shares no code with the project."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, Final

import jsonschema_rs

from tests.cases.findings import Finding, Result, judge
from tests.cases.mutations import mutated, skeleton
from tests.cases.reading import Case
from workflows.schemas import UnusableSchema, document, validate
from workflows.schemas.formats import CHECKS

NAME: Final = "verdicts equal jsonschema-rs"
MOST: Final = 20
MUTATIONS: Final = 5_000
SEED: Final = 4

# What it does not know, or is meant to be read otherwise, here: tests of formats are elsewhere.
OURS: Final = ("color", "data-uri", "data-url", "phone", "tel", "time", "url")


def run(cases: Sequence[Case]) -> Result:
    """Compare the verdicts on every case's data, and on as many mutations of it."""
    usable = [case for case in cases if _is_usable(case)]
    each = -(-MUTATIONS // max(1, len(usable)))
    looked, found = 0, []
    for case in usable:
        # Each case draws its own, so that another case more or less changes nothing about it.
        random = Random(f"{SEED} {case.name}")  # noqa: S311 - the same each time is what is wanted
        judges = _judge(case)
        for data in _data(case, random, each):
            looked += 1
            ours, theirs = not validate(case.schema, data), judges.is_valid(data)
            if ours != theirs:
                shown = json.dumps(data)[:80]
                found.append(Finding(case.name, f"{_word(ours)} here, not there: {shown}"))
    # Whether a listed difference shows depends on what is drawn: none is listed for nothing.
    return judge(looked, found, (), "differences.toml", MOST)


def _is_usable(case: Case) -> bool:
    try:
        document(case.schema)
    except UnusableSchema:
        return False
    return True


def _judge(case: Case) -> Any:
    """Give its validator for the schema as it was written, or else as it was upgraded."""
    options: dict[str, Any] = {
        "validate_formats": True,
        "ignore_unknown_formats": True,
        "formats": {name: CHECKS[name] for name in OURS},
        "retriever": _refuse,
    }
    try:
        return jsonschema_rs.validator_for(case.schema, **options)
    except (ValueError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError):
        return jsonschema_rs.validator_for(document(case.schema).schema, **options)


def _refuse(address: str) -> Any:
    raise ValueError(f"Nothing is fetched from {address}.")


def _data(case: Case, random: Random, count: int) -> Iterator[Any]:
    bases = [*case.valid, *case.invalid, *([case.data] if case.has_data else [])]
    yield from bases
    bases.append(skeleton(case.schema, case.schema))
    for number in range(count):
        yield mutated(bases[number % len(bases)], random)


def _word(accepted: bool) -> str:
    return "accepted" if accepted else "refused"
