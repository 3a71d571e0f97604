"""Data are told in the words of the form that asks for them, and nothing of them is left out."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from functools import partial
from random import Random
from typing import Any, Final

from tasks_ui.display.values import Fact, facts
from tasks_ui.schema_form import SchemaForm
from tasks_ui.schema_form.nodes.maps import Pairs
from tasks_ui.schema_form.schema.titles import in_words
from tests.cases.check_round_trip import as_text
from tests.cases.findings import Finding, Result
from tests.cases.instances import instances
from tests.cases.reading import Case
from tests.cases.spreading import spread
from workflows.schemas import check_schema

NAME: Final = "data told in words"
TITLES: Final = ("title", "ui:title")
DATA: Final = 10
"""How many data are drawn for each schema."""


def run(cases: Sequence[Case], data: int = DATA) -> Result:
    """Tell what is stored and drawn data of every schema that is accepted."""
    usable = [case for case in cases if not check_schema(case.schema)]
    results = list(spread(partial(_told, data), usable))
    found = [finding for result in results for finding in result.findings]
    return Result(sum(result.looked for result in results), found)


def _told(count: int, case: Case) -> Result:
    random = Random(f"told of {case.name}")  # noqa: S311 - the same data every time
    drawn = [*([case.data] if case.has_data else []), *instances(case.schema, random, count)]
    given = [data for data in drawn if isinstance(data, dict)]
    found: list[Finding] = []
    for data in given:
        found += [Finding(case.name, f"{as_text(data)}: {it}") for it in _problems(case, data)][:1]
    return Result(len(given), found)


def _problems(case: Case, data: Any) -> Iterator[str]:
    try:
        told = facts(data, case.schema, case.ui_schema)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what was looked for
        where = traceback.extract_tb(error.__traceback__)[-1]
        yield f"{error!r} at {where.filename.rpartition('/')[2]}:{where.lineno}"
        return
    if len(told) != len(data):
        yield f"{len(data)} values are told as {len(told)}"
    known = _known(case, data)
    for label in _labels(told):
        if label not in known:
            yield f"{label!r} is called otherwise in the form"


def _known(case: Case, data: Any) -> set[str]:
    """Give what the form calls its fields, or would after other answers; and names it has not."""
    nodes = list(SchemaForm(case.schema, case.ui_schema, stored=data)._root.walk())
    fields = {node.step for node in nodes if not isinstance(node.parent, Pairs)}
    unasked = {name for name, _ in _entries(data)} - fields
    said = (*_entries(case.schema), *_entries(case.ui_schema))
    titles = {text for name, text in said if name in TITLES and isinstance(text, str)}
    return {node.label for node in nodes} | titles | unasked | {*map(in_words, unasked)}


def _labels(told: Sequence[Fact]) -> Iterator[str]:
    for each in told:
        if each.label:
            yield each.label
        yield from _labels(each.items)


def _entries(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield what is filed under a name anywhere in a value."""
    if isinstance(value, dict):
        yield from value.items()
    inside = value.values() if isinstance(value, dict) else value
    for part in inside if isinstance(value, dict | list) else ():
        yield from _entries(part)
