"""A sample of the forms, at first and refused, in a real browser: axe finds nothing wrong."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterator, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.template import Context, Template
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, sync_playwright

from tasks_ui.schema_form import SchemaForm
from tests.browser import chromium
from tests.browser.accessibility import check_accessibility
from tests.cases.findings import Finding, Result
from tests.cases.reading import Case
from tests.cases.spreading import shares, spread
from tests.tasks_ui.schema_form.browser import Browser as Reader
from workflows.schemas import check_schema

NAME: Final = "forms in a browser"
SAMPLE: Final = 60
ADDRESS: Final = "http://forms.test/"
STATIC: Final = "/static/"
POLICY: Final = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
PAGE: Final = """{% extends "base.html" %}{% block title %}{{ name }}{% endblock %}{% block frame %}
<main class="pane page" id="main" tabindex="-1"><h1>{{ name }}</h1>
{% if form.error_summary %}{% include "components/_error_summary.html" %}{% endif %}
<form class="form" method="post" novalidate>{{ form.render }}</form></main>{% endblock %}"""


def run(cases: Sequence[Case], sample: int = SAMPLE) -> Result:
    """Open every form of the sample."""
    mixed = sorted(cases, key=lambda case: hashlib.sha256(case.name.encode()).digest())
    usable = [case for case in mixed if not check_schema(case.schema)][:sample]
    found = [finding for share in spread(_opened, shares(usable)) for finding in share]
    return Result(len(usable), found)


def _opened(cases: list[Case]) -> list[Finding]:
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        found = [finding for case in cases for finding in looked_at(browser, case)]
        browser.close()
    return found


def looked_at(browser: Browser, case: Case) -> Iterator[Finding]:
    """Yield what is wrong with a form, as it is first shown and when it is refused."""
    stored = case.data if case.has_data else None
    shown = SchemaForm(case.schema, case.ui_schema, stored=stored)
    blank = {name: [""] for name in Reader(shown.render()).post}
    refused = SchemaForm(case.schema, case.ui_schema, stored=stored, post=blank)
    for told, form in (("shown", shown), ("refused", refused)):
        problem = _problem(browser, page_of(case.name, form))
        if problem:
            yield Finding(case.name, f"{told}: {problem}")
            return


def page_of(name: str, form: SchemaForm) -> str:
    """Give a whole page of the site with nothing on it but the form."""
    return Template(PAGE).render(Context({"name": name, "form": form}))


def _problem(browser: Browser, html: str) -> str:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            said.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(str(error)))
    try:
        serve(page, html)
        check_accessibility(page)
    except AssertionError as error:
        said.append(str(error))
    finally:
        page.close()
    return said[0] if said else ""


def serve(page: Page, html: str) -> None:
    """Open a page that no server gives, with the site's own styles, scripts and policy."""

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        found: Any = finders.find(path.removeprefix(STATIC)) if path.startswith(STATIC) else None
        if path == "/":
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers)
        elif found:
            route.fulfill(path=found, content_type=mimetypes.guess_type(path)[0] or "text/plain")
        else:
            route.fulfill(status=404)

    page.route("**/*", answer)
    page.goto(ADDRESS)
