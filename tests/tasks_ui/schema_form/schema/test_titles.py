"""What the parts of a form are called, where authors say it and where they do not."""

from __future__ import annotations

from typing import Any

import pytest

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.elements import Page

CARD = {"title": "Card", "properties": {"how": {"const": "card"}, "no": {"title": "Number"}}}
BANK = {"title": "Bank", "properties": {"how": {"const": "bank"}, "no": {"title": "IBAN"}}}
TEXT = {"type": "string"}
LINE = {"title": "Line", "type": "object", "properties": {"what": TEXT}, "required": ["what"]}


def called(schema: dict[str, Any], stored: Any = None) -> list[str]:
    """Give what everything in the form is called, from top to bottom."""
    page = Page(SchemaForm(schema, stored=stored).render())
    return [each.text.replace("optional", "").strip() for each in page.root.find("label", "legend")]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("cost_center", "Cost center"),
        ("costCenter", "Cost Center"),
        ("SKU-12", "SKU-12"),
        ("__", "__"),
        (" ", "Value"),
    ],
)
def test_without_a_title_it_is_the_name_in_words(name: str, words: str) -> None:
    assert called({"properties": {name: TEXT}}) == [words]


def test_an_alternative_is_what_was_chosen_and_not_what_is_asked_for() -> None:
    schema = {"properties": {"pay": {"oneOf": [CARD, BANK]}}}

    assert called(schema, {"pay": {"how": "bank"}}) == ["Pay", "Kind", "Bank", "IBAN"]


def test_places_and_rows_are_numbered_together_and_after_their_schema() -> None:
    stop = {"prefixItems": [TEXT, {**TEXT, "title": "Via"}], "items": TEXT}
    rows = {"items": {"$ref": "#/$defs/line"}}
    schema = {"properties": {"stop": stop, "rows": rows}, "$defs": {"line": LINE}}

    assert called(schema, {"stop": ["a", "b", "c"], "rows": [{"what": "d"}]}) == [
        *("Stop", "Stop 1", "Via", "Stop 3"),
        *("Rows", "Line 1", "What"),
    ]
