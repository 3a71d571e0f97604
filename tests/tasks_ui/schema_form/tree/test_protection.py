"""What an author protects is protected wherever they say it: in the schema, or in its hints."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
from django.http import QueryDict

from tasks_ui.display.values import Fact, facts
from tasks_ui.schema_form import SchemaForm
from tasks_ui.submissions.typed import typed_in
from tests.tasks_ui.schema_form.browser import Browser
from tests.tasks_ui.schema_form.places import IN_HINTS, IN_SCHEMA, Json, Laid
from workflows.schemas import SECRET, conceal

FIXED: Final[list[Json]] = [
    {"ui:readonly": True},
    {"ui:disabled": True},
    {"ui:options": {"readonly": True}},
    {"ui:options": {"disabled": True}},
    {"ui:readOnly": True},
    {"ui:disabled": "yes"},
]
SECRETS: Final[list[Json]] = [
    {"ui:widget": "password"},
    {"ui:widget": "PasswordWidget"},
    {"ui:options": {"widget": "password"}},
    {"ui:options": {"inputType": "password"}},
]
HIDDEN: Final[list[Json]] = [
    {"ui:widget": "hidden"},
    {"ui:widget": "HiddenWidget"},
    {"ui:options": {"widget": "hidden"}},
    {"ui:hidden": True},
]


def laid(said: list[Json], *in_schemas: Json) -> list[Any]:
    """Give each place with one way to say it, and one place with each way."""
    named = [
        *((f"schema: {name}", place, in_schemas[0]) for name, place in IN_SCHEMA.items()),
        *((f"schema: {name}", place, said[0]) for name, place in IN_SCHEMA.items()),
        *((f"hints: {name}", place, said[0]) for name, place in IN_HINTS.items()),
        *(("schema: an alternative", IN_SCHEMA["an alternative"], one) for one in in_schemas[1:]),
        *(("schema: an alternative", IN_SCHEMA["an alternative"], one) for one in said[1:]),
        *(("hints: an alternative", IN_HINTS["an alternative"], one) for one in said[1:]),
    ]
    cases = {f"{name}: {json.dumps(one)}": place(one) for name, place, one in named}
    return [pytest.param(case, id=name) for name, case in cases.items()]


def attacked(form: SchemaForm, way: str) -> Json:
    """Give a post that changes all that the page lets one change, and the place itself."""
    return Browser(form.render()).post | {f"d{way}": "changed", f"s{way}": "changed"}


@pytest.mark.parametrize("case", laid(FIXED, {"readOnly": True}))
def test_what_is_read_only_or_disabled_is_shown_and_stays(case: Laid) -> None:
    schema, ui_schema, data, way = case
    stored = data("as it was")
    form = SchemaForm(schema, ui_schema, stored=stored)

    assert "as it was" in form.render()
    assert not any(name.endswith(way) for name in Browser(form.render()).post if name[0] in "ds")
    after = SchemaForm(schema, ui_schema, stored=stored, post=attacked(form, way))
    assert after.data == stored
    assert "as it was" in after.render()


@pytest.mark.parametrize("case", laid(SECRETS, {"writeOnly": True}, {"format": "password"}))
def test_a_secret_is_never_shown_again(case: Laid) -> None:
    schema, ui_schema, data, way = case
    stored = data("sesame")
    form = SchemaForm(schema, ui_schema, stored=stored)

    assert "sesame" not in form.render()
    post = Browser(form.render()).post
    assert SchemaForm(schema, ui_schema, stored=stored, post=post).data == stored
    after = SchemaForm(schema, ui_schema, stored=stored, post={**post, f"s{way}": "changed"})
    assert after.data == data("changed")
    assert "changed" not in after.render()
    assert "changed" not in str(kept_of({**post, f"s{way}": "changed"}))
    assert texts(facts(stored, schema, ui_schema)) & {"sesame", "Not shown"} == {"Not shown"}
    assert "sesame" not in json.dumps(conceal(schema, stored, ui_schema))
    assert json.dumps(SECRET) in json.dumps(conceal(schema, stored, ui_schema))


@pytest.mark.parametrize("case", laid(HIDDEN, HIDDEN[0]))
def test_what_is_hidden_is_not_in_the_form_and_stays(case: Laid) -> None:
    schema, ui_schema, data, way = case
    stored = data("as it was")
    form = SchemaForm(schema, ui_schema, stored=stored)

    assert "as it was" not in form.render()
    after = SchemaForm(schema, ui_schema, stored=stored, post=attacked(form, way))
    assert after.data == stored
    assert "as it was" not in after.render()


def kept_of(post: Json) -> Json:
    """Give what a draft keeps of a post."""
    query = QueryDict(mutable=True)
    for name, texts_ in post.items():
        query.setlist(name, texts_ if isinstance(texts_, list) else [texts_])
    return typed_in(query)


def texts(shown: list[Fact]) -> set[str]:
    """Give the texts of facts, and of those inside them."""
    return {one.text for one in shown}.union(*(texts(list(one.items)) for one in shown))


@pytest.mark.parametrize(
    ("part", "stored"),
    [
        ({"type": "integer"}, 4711),
        ({"type": "number"}, 4711.5),
        ({"type": "string", "format": "date"}, "2027-03-04"),
        ({"enum": ["4711", "4712"]}, "4711"),
        ({"type": "array", "uniqueItems": True, "items": {"enum": ["4711", "4712"]}}, ["4711"]),
        ({"type": "array", "items": {"type": "string"}}, ["4711"]),
        ({"type": "object"}, {"a": "4711"}),
        ({}, {"a": "4711"}),
    ],
)
def test_a_value_of_any_kind_can_be_a_password(part: Json, stored: Any) -> None:
    schema, said = {"properties": {"x": part}}, {"x": {"ui:widget": "password"}}
    shown = SchemaForm(schema, said, stored={"x": stored})
    post = Browser(shown.render()).post

    assert SchemaForm(schema, said, stored={"x": stored}, post=post).data == {"x": stored}
    for secret in ("4711", "2027-03-04"):
        assert f'value="{secret}" selected' not in shown.render()
        assert f'value="{secret}" checked' not in shown.render()
        assert secret not in str(post)
    assert not [name for name in post if name.startswith("d/")]


def test_what_is_typed_into_a_password_of_one_line_is_not_to_be_read() -> None:
    for part in ({"type": "integer"}, {"type": "string", "format": "date"}, {"type": "string"}):
        page = SchemaForm({"properties": {"x": part}}, {"x": {"ui:widget": "password"}}).render()

        assert [one.get("type") for one in Browser(page).root.find("input")] == ["password"]


def test_a_secret_that_cannot_be_changed_is_not_shown() -> None:
    part = {"type": "string", "readOnly": True, "writeOnly": True}
    within = {"type": "array", "readOnly": True, "items": {"properties": {"pin": PIN}}}
    schema = {"properties": {"x": part, "rows": within}}
    html = SchemaForm(schema, stored={"x": "4711", "rows": [{"pin": "4711", "of": "Ana"}]}).render()

    assert "4711" not in html
    assert html.count("Not shown") == 2
    assert "Ana" in html


PIN: Final = {"type": "string", "ui:widget": "password"}


@pytest.mark.parametrize("part", [PIN, {"type": "string", "readOnly": True}])
def test_rows_beyond_what_a_form_holds_are_protected_as_well(part: Json) -> None:
    rows = {"type": "array", "items": {"properties": {"a": part, "b": {"type": "string"}}}}
    schema, stored = {"properties": {"x": rows}}, {"x": [{"a": "4711", "b": "b"}] * 501}
    form = SchemaForm(schema, stored=stored)

    assert ("4711" in form.render()) is (part is not PIN)
    post = Browser(form.render()).post | {"d/x": "[]"}
    assert SchemaForm(schema, stored=stored, post=post).data == stored


def test_a_group_that_cannot_be_changed_is_shown_field_by_field_with_what_it_begins_with() -> None:
    schema = {
        "properties": {
            "city": {"type": "string", "default": "Porto"},
            "when": {"type": "string", "format": "date", "title": "Day", "default": "2027-03-04"},
        }
    }
    page = SchemaForm(schema, {"ui:readonly": True})

    assert Browser(page.render()).post == {}
    assert "Day" in page.render()
    assert "March 4, 2027" in page.render()
    sent = SchemaForm(schema, {"ui:readonly": True}, post={"d/city": "Faro"})
    assert sent.data == {"city": "Porto", "when": "2027-03-04"}
    assert "Porto" in sent.render()


def test_a_box_that_must_be_ticked_and_cannot_be_is_no_box() -> None:
    schema = {"properties": {"x": {"const": True, "readOnly": True}}}

    assert Browser(SchemaForm(schema).render()).post == {}
    assert SchemaForm(schema, post={"d/x": "true"}).data == {}


def test_the_choice_itself_cannot_take_away_what_cannot_be_changed() -> None:
    part = {"oneOf": [{"type": "string"}, {"type": "integer"}], "readOnly": True}
    schema, stored = {"properties": {"x": part}}, {"x": "as it was"}

    assert SchemaForm(schema, stored=stored, post={"v/x": ""}).data == stored


def test_the_title_of_the_whole_is_shown_where_its_look_asks_for_it() -> None:
    schema = {"title": "Expense", "properties": {"x": {"type": "string"}}}

    assert "Expense" not in SchemaForm(schema).render()
    shown = Browser(SchemaForm(schema, {"ui:title": "Your <expense>"}).render())
    assert shown.problems == []
    group = next(one for one in shown.root.walk() if one.get("role") == "group")
    title = next(one for one in shown.root.walk() if one.get("id") == group.get("aria-labelledby"))
    assert title.text == "Your <expense>"
