"""Data that its author calls valid is accepted, and what is called invalid refused at its place."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from typing import Any, Final

from tests.cases.findings import LISTS, Finding, Result, judge
from tests.cases.reading import Case
from workflows.schemas import check_schema, validate

NAME: Final = "data as its author judged it"
MOST: Final = 5
PLACES: Final = "places.toml"
"""Per case, the pointers of what is wrong, for each of its invalid data in turn."""


def run(cases: Sequence[Case]) -> Result:
    """Judge everything that is listed in a case whose schema is accepted."""
    listing = [case for case in cases if case.valid or case.invalid]
    usable = [case for case in listing if not check_schema(case.schema)]
    places: dict[str, Any] = tomllib.loads((LISTS / PLACES).read_text(encoding="utf-8"))
    looked = sum(len(case.valid) + len(case.invalid) for case in usable)
    found = [finding for case in usable for finding in _misjudged(case, places)]
    return judge(looked, found, {case.name for case in usable}, "misjudged.toml", MOST)


def _misjudged(case: Case, places: dict[str, Any]) -> Iterator[Finding]:
    for number, data in enumerate(case.valid):
        errors = validate(case.schema, data)
        if errors:
            yield Finding(case.name, f"valid {number} is refused at {sorted(errors)}")
    wanted = places.get(case.name, [])
    for number, data in enumerate(case.invalid):
        found = sorted(validate(case.schema, data))
        expected = wanted[number] if number < len(wanted) else "a place that nobody has listed"
        if not found:
            yield Finding(case.name, f"invalid {number} is accepted")
        elif found != expected:
            yield Finding(case.name, f"invalid {number} is refused at {found}, not {expected}")
