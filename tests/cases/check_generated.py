"""Ten thousand drawn data go through the forms of a hundred schemas, and come back as they were."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from random import Random
from typing import Any, Final

from tasks_ui.schema_form import SchemaForm
from tasks_ui.schema_form.nodes.node import Leaf
from tests.cases.check_round_trip import as_text
from tests.cases.equivalence import differences, excuses
from tests.cases.findings import Finding, Result
from tests.cases.instances import instances
from tests.cases.reading import Case
from tests.cases.spreading import spread
from tests.tasks_ui.schema_form.browser import Browser
from workflows.schemas import check_schema

NAME: Final = "drawn data given back"
SCHEMAS: Final = 100
DATA: Final = 100
FEWEST: Final = 15
"""How many of twenty data have to differ, for a schema to be worth it."""


def run(cases: Sequence[Case], schemas: int = SCHEMAS, data: int = DATA) -> Result:
    """Draw data for some of the schemas and send their forms, with them stored and without."""
    results = list(spread(partial(_given_back, data), chosen(cases, schemas)))
    found = [finding for result in results for finding in result.findings]
    return Result(sum(result.looked for result in results), found)


def _given_back(count: int, case: Case) -> Result:
    random = Random(f"data of {case.name}")  # noqa: S311 - the same data every time
    looked = 0
    found: list[Finding] = []
    for instance in instances(case.schema, random, count):
        looked += 1
        found += islice(_differences(case, instance), 1)
    return Result(looked, found)


def chosen(cases: Sequence[Case], count: int) -> list[Case]:
    """Give schemas of every origin for which many different data can be drawn."""
    mixed = sorted(cases, key=lambda case: hashlib.sha256(case.name.encode()).digest())
    worth = (case for case in mixed if not check_schema(case.schema) and _has_variety(case.schema))
    return [case for _number, case in zip(range(count), worth, strict=False)]


def _has_variety(schema: Any) -> bool:
    random = Random("a sample")  # noqa: S311 - the same data every time
    drawn = {as_text(data) for data in instances(schema, random, 20)}
    return len(drawn) >= FEWEST


def _differences(case: Case, data: Any) -> Iterator[Finding]:
    """Yield what an untouched form makes of the data, where that is not what it should be."""
    schema, ui_schema = case.schema, case.ui_schema
    shown = Browser(SchemaForm(schema, ui_schema, stored=data).render())
    known = SchemaForm(schema, ui_schema, stored=data, post=shown.post)
    if known.errors or not known.is_valid():
        yield Finding(case.name, f"stored {as_text(data)}: errors {known.errors}")
    elif as_text(known.data) != as_text(data):
        yield Finding(case.name, f"stored {as_text(data)} became {as_text(known.data)}")
    fresh = SchemaForm(schema, ui_schema, post=shown.post)
    for pointer, texts in fresh.errors.items():
        if not (excuses(schema, ui_schema, data, pointer) or _is_emptied(fresh, pointer)):
            yield Finding(case.name, f"filled in {as_text(data)}: at {pointer}: {texts}")
    for difference in differences(schema, ui_schema, data, fresh.data):
        yield Finding(case.name, f"filled in {as_text(data)}: {difference}")


def _is_emptied(fresh: SchemaForm, pointer: str) -> bool:
    """Whether a new form had shown a default where nothing stands: the data have never had it."""
    node = fresh._places.at(pointer)
    return isinstance(node, Leaf) and node.shows_default
