"""Every form renders: at first, filled in, refused, with each button pressed; all can read it."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from typing import Any, Final

from tasks_ui.schema_form import SchemaForm
from tests.cases.findings import Finding, Result
from tests.cases.reading import Case
from tests.cases.spreading import spread
from tests.tasks_ui.schema_form.browser import Browser
from workflows.schemas import check_schema

NAME: Final = "forms rendered"
MOST_BUTTONS: Final = 12
SCRAWL: Final = "\u2603 </textarea><b>&amp;\x00"
"""What no field takes, and every page has to show again."""


def run(cases: Sequence[Case]) -> Result:
    """Render every form whose schema is accepted."""
    usable = [case for case in cases if not check_schema(case.schema)]
    return Result(len(usable), [finding for finding in spread(_first, usable) if finding])


def _first(case: Case) -> Finding | None:
    """Give the first problem of a form; the others are mostly the same."""
    for told, form in _forms(case):
        found = list(dict.fromkeys(_problems(form)))
        if found:
            more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
            return Finding(case.name, f"{told}: {found[0]}{more}")
    return None


Arguments = dict[str, Any]


def _forms(case: Case) -> Iterator[tuple[str, Arguments]]:
    shared: Arguments = {"schema": case.schema, "ui_schema": case.ui_schema}
    yield "new", shared
    if case.has_data:
        yield "stored", {**shared, "stored": case.data}
    yield "nothing posted", {**shared, "post": {}}
    shown = Browser(SchemaForm(**shared, stored=case.data if case.has_data else None).render())
    yield "untouched", {**shared, "post": shown.post}
    yield "scrawled over", {**shared, "post": {name: [SCRAWL] for name in shown.post}}
    for name, value in sorted(set(shown.buttons))[:MOST_BUTTONS]:
        yield f"{name}={value}", {**shared, "post": shown.pressing(name, value)}


def _problems(given: Arguments) -> Iterator[str]:
    try:
        form = SchemaForm(**given)
        html = form.render()
        summary = form.error_summary
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what was looked for
        where = traceback.extract_tb(error.__traceback__)[-1]
        yield f"{error!r} at {where.filename.rpartition('/')[2]}:{where.lineno}"
        return
    browser = Browser(html)
    yield from browser.problems
    for label, _text, target in summary:
        if target and target not in browser.ids:
            yield f"the summary leads from {label!r} to {target}, which is not there"
