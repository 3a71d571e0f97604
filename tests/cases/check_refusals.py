"""Every schema is either accepted, or refused with messages that name the place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from tests.cases.findings import Finding, Result, judge
from tests.cases.reading import Case
from workflows.schemas import check_schema

NAME: Final = "schemas accepted"
MOST: Final = 40


def run(cases: Sequence[Case]) -> Result:
    """Look at every schema once."""
    found = [finding for case in cases for finding in _refusal(case)]
    return judge(len(cases), found, {case.name for case in cases}, "refused.toml", MOST)


def _refusal(case: Case) -> Iterator[Finding]:
    problems = check_schema(case.schema)
    if problems:
        first = problems[0]
        yield Finding(case.name, f"{first.pointer or 'the root'}: {first.message}")
