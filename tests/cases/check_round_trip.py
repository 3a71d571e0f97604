"""A form with stored data, sent off as it is, gives the stored data again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from tasks_ui.schema_form import SchemaForm
from tests.cases.findings import Finding, Result, judge
from tests.cases.reading import Case
from tests.tasks_ui.schema_form.browser import Browser
from workflows.schemas import check_schema, validate

NAME: Final = "stored data given back"
MOST: Final = 20


def run(cases: Sequence[Case]) -> Result:
    """Send every form whose stored data fit its schema."""
    usable = [case for case in cases if case.has_data and not check_schema(case.schema)]
    fitting = [case for case in usable if not validate(case.schema, case.data)]
    found = [finding for case in fitting for finding in _difference(case)]
    return judge(len(fitting), found, {case.name for case in fitting}, "round_trip.toml", MOST)


def _difference(case: Case) -> Iterator[Finding]:
    form = sent_again(case.schema, case.ui_schema, case.data)
    if form.errors:
        yield Finding(case.name, f"It has errors: {form.errors}")
    elif not form.is_valid():
        yield Finding(case.name, "It asks for more.")
    elif as_text(form.data) != as_text(case.data):
        yield Finding(case.name, f"{as_text(case.data)} became {as_text(form.data)}")


def sent_again(schema: Any, ui_schema: Any, data: Any) -> SchemaForm:
    """Give the form of stored data after a browser has sent it untouched."""
    shown = Browser(SchemaForm(schema, ui_schema, stored=data).render())
    return SchemaForm(schema, ui_schema, stored=data, post=shown.post)


def as_text(data: Any) -> str:
    """Give data in a way that tells 1 from 1.0 and from true."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False)
