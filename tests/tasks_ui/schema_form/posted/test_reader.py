"""What was posted as typed JSON: empty, absent, null, doubled, unknown and hostile."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import Browser, untouched


def text(**keywords: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"t": {"type": "string", **keywords}}}


@pytest.mark.parametrize(
    ("part", "required", "stored", "posted", "data"),
    [
        ({"type": "string"}, False, None, "", {}),
        ({"type": "string"}, False, {"t": ""}, "", {"t": ""}),
        ({"type": "string"}, False, {"t": "x"}, "", {}),
        ({"type": "string"}, True, None, "", {}),
        ({"type": ["string", "null"]}, True, None, "", {"t": None}),
        ({"type": ["string", "null"]}, False, None, "", {}),
        ({"type": ["string", "null"]}, False, {"t": None}, "", {"t": None}),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, True, None, "", {"t": None}),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, True, None, "7", {"t": 7}),
        ({"type": "string", "ui:emptyValue": ""}, True, None, "", {"t": ""}),
        ({"type": "string"}, False, None, "  spaces ", {"t": "  spaces "}),
        ({"type": "string"}, False, None, "a\r\nb\rc", {"t": "a\nb\nc"}),
    ],
)
def test_an_empty_field_means_what_the_schema_and_the_past_say(
    part: dict[str, Any], required: bool, stored: Any, posted: str, data: Any
) -> None:
    schema = {"type": "object", "properties": {"t": part}, "required": ["t"] if required else []}

    assert SchemaForm(schema, stored=stored, post={"d/t": posted}).data == data


def test_a_field_that_must_be_filled_in_is_missing_and_not_too_short() -> None:
    schema = {**text(minLength=3), "required": ["t"]}

    assert SchemaForm(schema, post={"d/t": ""}).errors == {"/t": ["This field is required."]}


def test_what_is_not_in_the_form_stays_as_it_was() -> None:
    stored = {"t": "kept", "other": [1], "n": {"deep": True}}

    assert SchemaForm(text(), stored=stored, post={}).data == stored


def test_names_that_the_schema_does_not_ask_for_are_ignored() -> None:
    post = QueryDict("d/t=x&d/is_admin=1&t=y&d=z&d/t/u=1&__proto__=1&d/__class__=1")

    assert SchemaForm(text(), post=post).data == {"t": "x"}


def test_of_a_doubled_name_the_last_counts() -> None:
    assert SchemaForm(text(), post=QueryDict("d/t=first&d/t=last")).data == {"t": "last"}


@pytest.mark.parametrize(
    "name",
    ["", "/", "~", "a/b~c", "__proto__", "0", "a.b[c]", "ä ☃", "submit", "csrfmiddlewaretoken"],
)
def test_a_property_may_have_any_name(name: str) -> None:
    schema = {"type": "object", "properties": {name: {"type": "string"}}}
    post = untouched(SchemaForm(schema, stored={name: "value"}))

    assert SchemaForm(schema, post=post).data == {name: "value"}


@pytest.mark.parametrize(
    ("hostile", "words"),
    [("a\x00b", "Null characters"), ("\ud800", "cannot be stored"), ("x" * 300_000, "too long")],
)
def test_what_cannot_be_stored_is_refused_at_its_field(hostile: str, words: str) -> None:
    for kind in ("string", "integer", "number", "boolean", "array"):
        schema = {"type": "object", "properties": {"t": {"type": kind}}}
        form = SchemaForm(schema, post={"d/t": hostile})

        assert words in form.errors["/t"][0]
        assert form.render().encode()


def test_what_is_shown_and_never_asked_is_not_taken_from_a_post() -> None:
    schema = {
        "type": "object",
        "properties": {
            "kind": {"const": "refund"},
            "no": {"type": "string", "readOnly": True, "default": "47"},
            "nothing": {"type": "null"},
            "token": {"type": "string", "ui:widget": "hidden"},
        },
        "required": ["kind"],
    }
    post = {"d/kind": "x", "d/no": "x", "d/nothing": "x", "d/token": "x"}

    assert SchemaForm(schema, post=post).data == {"kind": "refund", "no": "47"}
    stored = {"no": "12", "token": "secret"}
    form = SchemaForm(schema, stored=stored, post=post)
    assert form.data == {"kind": "refund", **stored}
    assert "12" in form.render()
    assert "secret" not in form.render()


ADDRESS = {
    "type": "object",
    "properties": {
        "to": {
            "type": "object",
            "properties": {
                "street": {"type": "string"},
                "country": {"type": "string", "default": "DE"},
                "main": {"type": "boolean"},
            },
            "required": ["street"],
        }
    },
}


def test_an_optional_group_that_nobody_began_is_not_there() -> None:
    form = SchemaForm(ADDRESS, post=untouched(SchemaForm(ADDRESS)))

    assert (form.is_valid(), form.data) == (True, {})


def test_a_group_that_was_begun_has_to_be_finished() -> None:
    form = SchemaForm(ADDRESS, post={"d/to/country": "FR", "d/to/street": ""})

    assert form.errors == {"/to/street": ["This field is required."]}
    assert form.error_summary[0][:2] == ("To – Street", "This field is required.")


def test_a_required_group_is_there_even_when_it_is_empty() -> None:
    schema = {**ADDRESS, "required": ["to"]}

    assert SchemaForm(schema, post={"d/to/street": ""}).data == {"to": {}}
    assert SchemaForm(ADDRESS, stored={"to": {}}, post={"d/to/street": ""}).data == {"to": {}}


def test_what_may_be_anything_is_written_as_json() -> None:
    schema = {
        "type": "object",
        "properties": {"rows": {"type": "array"}},
    }

    assert SchemaForm(schema, post={"d/rows": " [1, 2] "}).data == {"rows": [1, 2]}
    assert SchemaForm(schema, post={"d/rows": "  "}).data == {}
    for broken in ("[1,", "NaN", "[" * 100_000, "9" * 5_000):
        form = SchemaForm(schema, post={"d/rows": broken})
        assert form.errors == {"/rows": ["Enter a valid JSON."]}
        assert Browser(form.render()).post == {"d/rows": [broken]}


def test_an_error_inside_a_value_is_told_at_its_field_with_the_way_to_it() -> None:
    form = SchemaForm({"properties": {"n": {"enum": [[1], [2]]}}}, post={"d/n": "[1]"})
    form.add_errors({"/n/0": ["Not this one."]})

    assert form.error_summary[0][:2] == ("N", "0: Not this one.")
    assert "0: Not this one." in form.render()


def test_a_password_is_never_shown_again() -> None:
    schema = text(format="password")
    form = SchemaForm(schema, stored={"t": "hunter2"}, post={"s/t": ""})

    assert form.data == {"t": "hunter2"}
    assert "hunter2" not in form.render()
    assert "hunter3" not in SchemaForm(schema, post={"s/t": "hunter3"}).render()
    assert SchemaForm(schema, stored={"t": "hunter2"}, post={"s/t": "hunter3"}).data == {
        "t": "hunter3"
    }


def test_errors_of_others_are_shown_at_their_fields_too() -> None:
    form = SchemaForm(text(title="Reason"), post={"d/t": "x"})
    form.add_errors({"/t": ["Say more."], "": ["Not today."], "/decision": ["Choose."]})

    assert not form.is_valid()
    assert form.error_summary == [
        ("", "Not today.", ""),
        ("", "decision: Choose.", ""),
        ("Reason", "Say more.", form.error_summary[2][2]),
    ]
    assert all(words in form.render() for words in ("Say more.", "Not today.", 'value="x"'))


def test_a_text_that_cannot_be_read_is_not_called_missing() -> None:
    schema = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}

    assert SchemaForm(schema, post={"d/n": "x"}).errors == {"/n": ["Enter a whole number."]}


def test_rules_that_depend_on_the_button_are_left_to_the_engine() -> None:
    schema = {
        "type": "object",
        "properties": {
            "decision": {"enum": ["yes", "no"]},
            "why": {"type": "string", "minLength": 3},
        },
        "required": ["decision"],
        "if": {"properties": {"decision": {"const": "no"}}},
        "then": {"required": ["why"]},
    }
    exclude = frozenset({"decision"})

    assert SchemaForm(schema, post={"d/why": ""}, exclude=exclude).is_valid()
    assert list(SchemaForm(schema, post={"d/why": "x"}, exclude=exclude).errors) == ["/why"]


def test_a_form_that_nobody_sent_is_not_valid_and_has_no_errors() -> None:
    form = SchemaForm({**text(), "required": ["t"]})

    assert (form.is_valid(), form.errors, form.error_summary) == (False, {}, [])
    assert form.data == {}


def test_a_schema_that_is_no_object_is_one_field() -> None:
    assert SchemaForm({"type": "integer"}, post={"d": "5"}).data == 5
    assert SchemaForm(True, post={"d": '{"a": 1}'}).data == {"a": 1}


def test_a_whole_of_any_form_is_an_object() -> None:
    schema = {"oneOf": [{"required": [name]} for name in "ab"]}

    assert SchemaForm(schema, post={"d": '{"a": 1}'}).is_valid()
    assert SchemaForm(schema, post={"d": '{"a": 1}'}).data == {"a": 1}
    assert SchemaForm(schema, post={"d": ""}).data == {}
    assert not SchemaForm(schema, post={"d": ""}).is_valid()
    for typed in ("[1]", "5", "null"):
        assert SchemaForm(schema, post={"d": typed}).errors == {"": ["Enter a group of values."]}
