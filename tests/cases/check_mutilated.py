"""A schema with keywords in the wrong place is accepted or refused in words, and breaks nothing."""

from __future__ import annotations

import copy
import traceback
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, Final

from tests.cases.findings import Finding, Result
from tests.cases.mutations import mutated, skeleton
from tests.cases.reading import Case
from workflows.schemas import check_schema, declared_properties, validate
from workflows.schemas.keywords import MAKERS
from workflows.schemas.upgrade.habits import COUNTS, SIZES

NAME: Final = "mutilated schemas"
MUTILATIONS: Final = 1_000
SEED: Final = 4
MOST_PARTS: Final = 300
"""Larger schemas take their time, and show no more."""

WORDS: Final = sorted(
    {*MAKERS, *COUNTS, *SIZES, "$id", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$schema"}
    | {"$recursiveRef", "$defs", "additionalItems", "definitions", "dependencies", "disallow"}
    | {"divisibleBy", "else", "extends", "id", "then", "x-error"}
)
VALUES: Final[tuple[Any, ...]] = (
    *("#", "#/properties", "#/items/0", "#/a~1b/%zz", "#x", "x", "http://a.example/b", "5", "any"),
    *("string", ["string"], ["any", {}], {}, [], [{}], True, False, None, 0, -1, 1.5),
    *({"a": {}}, {"a": ["b"]}, {"": True}, [{"$ref": "#"}], {"$ref": "#/definitions/a"}),
    "http://json-schema.org/draft-04/schema#",
)


def run(cases: Sequence[Case]) -> Result:
    """Mutilate schemas here and there, check them, and hold data against what is accepted."""
    small = [case for case in cases if len(list(_objects(case.schema))) in range(1, MOST_PARTS)]
    each = -(-MUTILATIONS // max(1, len(small)))
    found = []
    for case in small:
        random = Random(f"{SEED} {case.name}")  # noqa: S311 - the same each time is what is wanted
        for _time in range(each):
            found += list(_broken(case, _mutilated(case.schema, random), random))
    return Result(each * len(small), found)


def _broken(case: Case, schema: Any, random: Random) -> Iterator[Finding]:
    try:
        problems = check_schema(schema)
        if not problems:
            declared_properties(schema)
            validate(schema, mutated(skeleton(case.schema, case.schema), random))
    except Exception:  # noqa: BLE001 - whatever it is, it is a finding
        yield Finding(case.name, f"{traceback.format_exc(limit=-1)} from {schema!r:.300}")
    else:
        for problem in problems:
            if not problem.message.endswith(".") or problem.pointer[:1] not in {"", "/"}:
                yield Finding(case.name, f"{problem.pointer!r}: {problem.message}")


def _mutilated(schema: Any, random: Random) -> Any:
    changed = copy.deepcopy(schema)
    for _time in range(random.randint(1, 3)):
        part = random.choice(list(_objects(changed)))
        part[random.choice(WORDS)] = copy.deepcopy(random.choice(VALUES))
    return changed


def _objects(schema: Any) -> Iterator[dict[str, Any]]:
    parts: list[Any] = []
    if isinstance(schema, dict):
        yield schema
        parts = list(schema.values())
    elif isinstance(schema, list):
        parts = schema
    for part in parts:
        yield from _objects(part)
