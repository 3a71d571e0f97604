"""What the parts of a form are called, where authors say it and where they do not."""

from __future__ import annotations

from typing import Any

import pytest

from tasks_ui.display.values import facts
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


ADDRESS = {"title": "Address", "type": "object", "properties": {"street": TEXT}}
STATE = {"title": "State of an order", "type": "string", "ui:title": "Its state"}
REFERRED: dict[str, Any] = {
    "billing": {"$ref": "#/$defs/address"},
    "shipping": {"$ref": "#/$defs/address"},
    "own": {"$ref": "#/$defs/address", "title": "My own"},
    "hinted": {"$ref": "#/$defs/address", "ui:title": "By a hint"},
    "wrapped": {"allOf": [{"$ref": "#/$defs/address"}]},
    "above": {"allOf": [{"$ref": "#/$defs/address"}], "title": "Above it"},
    "beside": {"allOf": [{"$ref": "#/$defs/address"}, {"title": "Beside it"}]},
    "perhaps": {"anyOf": [{"$ref": "#/$defs/address"}, {"type": "null"}]},
    "again": {"$ref": "#/$defs/same"},
    "state": {"$ref": "#/$defs/state"},
    "either": {"oneOf": [{"$ref": "#/$defs/address"}, {"$ref": "#/$defs/state"}]},
}
TYPES = {"address": ADDRESS, "same": {"$ref": "#/$defs/address"}, "state": STATE}
NAMES = [
    *("Billing", "Shipping", "My own", "By a hint", "Wrapped", "Above it", "Beside it"),
    *("Perhaps", "Again", "State", "Either"),
]


@pytest.mark.parametrize("draft", ["draft-07/schema#", "draft/2020-12/schema"])
def test_a_field_is_called_by_its_own_name_and_not_by_its_type(draft: str) -> None:
    scheme = "https" if "2020" in draft else "http"
    named = f"{scheme}://json-schema.org/{draft}"
    schema = {"$schema": named, "properties": REFERRED, "$defs": TYPES}
    data: dict[str, Any] = {name: {"street": "Elm"} for name in REFERRED} | {"state": "new"}
    form = SchemaForm(schema, stored=data)

    # In forms, in what is wrong with them, and where data are only shown: the same words.
    assert [name for name in called(schema, data) if name != "Street"] == [
        *NAMES,
        *("Kind", "Address"),
    ]
    form.add_errors({f"/{name}": ["Wrong."] for name in REFERRED})
    assert [label for label, _text, _id in form.error_summary] == NAMES
    assert [fact.label for fact in facts(data, schema)] == NAMES


def test_places_and_rows_have_no_name_and_are_numbered_where_they_would_be_called_alike() -> None:
    address = {"$ref": "#/$defs/address"}
    pair = {"prefixItems": [address, {**address, "title": "Last"}, {"$ref": "#/$defs/state"}]}
    both = {"prefixItems": [address, address]}
    schema = {
        "properties": {"pair": pair, "both": both, "rows": {"items": address}},
        "$defs": TYPES,
    }
    data = {"pair": [{}, {}, "new"], "both": [{}, {}], "rows": [{"street": "Elm"}]}

    assert [name for name in called(schema, data) if name != "Street"] == [
        *("Pair", "Address", "Last", "Its state"),
        *("Both", "Address 1", "Address 2"),
        *("Rows", "Address 1"),
    ]
