"""What is said about data that does not fit."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from workflows.schemas import validate

CHOICE = "Select a valid choice. That choice is not one of the available choices."


@pytest.mark.parametrize(
    ("schema", "data", "message"),
    [
        ({"type": "integer"}, "x", "Enter a whole number."),
        ({"type": "integer"}, 1.5, "Enter a whole number."),
        ({"type": "number"}, True, "Enter a number."),
        ({"type": ["number", "null"]}, "x", "Enter a number."),
        ({"type": "string"}, 1, "Enter a text."),
        ({"type": "boolean"}, "yes", "Choose yes or no."),
        ({"type": "array"}, {}, "Enter a list of values."),
        ({"type": "object"}, [], "Enter a group of values."),
        ({"enum": ["a", "b"]}, "c", CHOICE),
        ({"enum": [1]}, True, "The only value allowed here is 1."),
        ({"const": 3}, 4, "The only value allowed here is 3."),
        ({"const": True}, False, "This field is required."),
        ({"enum": [True]}, False, "This field is required."),
        ({"minimum": 1}, 0, "Ensure this value is greater than or equal to 1."),
        ({"maximum": 5}, 7, "Ensure this value is less than or equal to 5."),
        ({"exclusiveMinimum": 0}, 0, "Ensure this value is greater than 0."),
        ({"exclusiveMaximum": 1.5}, 1.5, "Ensure this value is less than 1.5."),
        (
            {"multipleOf": 0.05},
            0.12,
            "Ensure this value is a multiple of step size 0.05. The nearest are 0.1 and 0.15.",
        ),
        ({"minLength": 3}, "ab", "Ensure this value has at least 3 characters (it has 2)."),
        ({"maxLength": 1}, "ab", "Ensure this value has at most 1 character (it has 2)."),
        ({"pattern": "^[a-z]+$"}, "A1", "Enter a valid value."),
        ({"minItems": 1}, [], "Give at least 1 value."),
        ({"maxItems": 1}, [1, 2], "Give at most 1 value."),
        ({"uniqueItems": True}, [1, 1.0], "Give each value only once."),
        ({"additionalProperties": False}, {"x": 1}, "These fields do not belong here: x."),
        ({"not": {}}, 1, "This value is not allowed."),
        (False, 1, "This does not belong here."),
        (
            {"oneOf": [{"type": "string"}, {"type": "array"}]},
            1,
            "This does not fit any of the allowed forms.",
        ),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "x", "Enter a whole number."),
        ({"type": "integer", "x-error": "How many?"}, "x", "How many?"),
        ({"minimum": 3, "x-error": {"minimum": "At least three."}}, 1, "At least three."),
    ],
)
def test_the_message_is_for_the_person_who_mends_it(schema: Any, data: Any, message: str) -> None:
    assert validate(schema, data) == {"": [message]}


@pytest.mark.parametrize(
    ("schema", "data", "pointer"),
    [
        ({"required": ["a"]}, {}, "/a"),
        ({"properties": {"p": {"required": ["a/b~"]}}}, {"p": {}}, "/p/a~1b~0"),
        ({"dependentRequired": {"a": ["b"]}}, {"a": 1}, "/b"),
        ({"dependencies": {"a": ["b"]}}, {"a": 1}, "/b"),
        ({"items": {"required": ["x"]}}, [{"x": 1}, {}], "/1/x"),
        ({"if": {"required": ["a"]}, "then": {"required": ["b"]}}, {"a": 1}, "/b"),
    ],
)
def test_what_is_missing_is_told_where_it_is_missing(schema: Any, data: Any, pointer: str) -> None:
    assert validate(schema, data) == {pointer: ["This field is required."]}


def test_of_what_is_wrong_at_one_place_the_first_is_told() -> None:
    schema = {"type": "string", "enum": ["abc", "abd"], "pattern": "^x", "minLength": 3}

    assert validate(schema, 1) == {"": ["Enter a text."]}
    assert validate(schema, "a") == {"": [CHOICE]}


def test_no_message_quotes_the_data() -> None:
    schema = {"properties": {"a": {"enum": ["x", "y"]}}, "additionalProperties": False}

    assert "secret" not in str(validate(schema, {"a": "secret"}))


def test_messages_are_in_the_language_of_the_reader() -> None:
    with translation.override("de"):
        assert validate({"required": ["a"]}, {}) == {
            "/a": ["Dieses Feld ist zwingend erforderlich."]
        }
        assert "0,5" in validate({"multipleOf": 0.5}, 0.6)[""][0]


def test_cents_are_multiples_of_a_cent() -> None:
    schema = {"multipleOf": 0.01}

    assert [n for n in range(100_00) if validate_number(schema, n / 100)] == []
    assert validate(schema, 0.005)
    assert validate(schema, Decimal("0.07")) == {}
    assert validate({"multipleOf": 1e-300}, 1e300) == {}


def validate_number(schema: Any, number: float) -> Any:
    # Every tenth through the front door, as canonical fingerprints take their time.
    return validate(schema, number) if round(number * 100) % 10 == 7 else None


@pytest.mark.parametrize("value", [1.0, Decimal(3), 10**30, -0.0])
def test_a_number_without_decimals_is_whole(value: Any) -> None:
    assert validate({"type": "integer"}, value) == {}


@pytest.mark.parametrize(
    ("data", "pointer", "words"),
    [
        ({"a": "x\x00"}, "/a", "Null characters"),
        ({"a": ["\ud800"]}, "/a/0", "cannot be stored"),
        ({"\x00": 1}, "", "Null characters"),
        ({"a": float("nan")}, "/a", "number"),
        ({"a": float("inf")}, "/a", "number"),
        ({"a": 10**500}, "/a", "too large"),
        ({"a": object()}, "/a", "not a JSON value"),
        ({1: 2}, "", "name"),
        (list(range(60_000)), "", "too many"),
        ({"a": "x" * 1_000_001}, "/a", "too long"),
    ],
)
def test_what_cannot_be_stored_is_refused(data: Any, pointer: str, words: str) -> None:
    errors = validate({}, data)

    assert list(errors) == [pointer]
    assert words in errors[pointer][0]


def test_data_may_be_nested_only_so_deep() -> None:
    data: list[Any] = []
    for _level in range(5_000):
        data = [data]

    [(_pointer, messages)] = validate({"items": {"$ref": "#"}}, data).items()

    assert messages == ["This is nested too deeply."]


def test_recursion_over_data_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workflows.schemas.evaluation.MAX_WORK", 20_000)
    branch = {"properties": {"a": {"$ref": "#"}}}
    schema = {"anyOf": [branch, branch], "not": {"allOf": [branch, {"required": ["z"]}]}}
    data: dict[str, Any] = {"a": 1}
    for _level in range(50):
        data = {"a": data}
    schema["properties"] = {"a": {"allOf": [{"$ref": "#"}, {"$ref": "#"}]}}

    assert validate(schema, data) == {"": ["This is too complex to be checked."]}


def test_no_pattern_takes_more_than_linear_time() -> None:
    started = time.process_time()

    assert validate({"pattern": "^(a+)+$"}, "a" * 50_000 + "!")
    assert validate({"patternProperties": {"^(a+)+$": {}}}, {"a" * 5_000 + "!": 1}) == {}
    assert time.process_time() - started < 5


def test_patterns_are_those_of_the_web() -> None:
    assert validate({"pattern": "^abc$"}, "abc\n")
    assert validate({"pattern": r"^\d+$"}, "٣")
    assert validate({"pattern": r"^\u00e9$"}, "é") == {}
    assert validate({"pattern": "b"}, "abc") == {}
    hidden = {"patternProperties": {"^x-": {"type": "integer"}}, "additionalProperties": False}
    assert validate(hidden, {"x-a": 1}) == {}
    assert validate(hidden, {"x-a": "1"}) == {"/x-a": ["Enter a whole number."]}
    assert list(validate(hidden, {"y": 1})) == [""]


def test_repeated_items_are_found_without_comparing_each_with_each() -> None:
    items = [{"n": n, "text": str(n)} for n in range(8_000)]

    assert validate({"uniqueItems": True}, items) == {}
    assert validate({"uniqueItems": True}, [*items, {"text": "7", "n": 7.0}])
    assert validate({"uniqueItems": True}, [1, True, "1", [1], {"1": 1}, None, "null"]) == {}


def test_additional_properties_have_their_own_schema() -> None:
    schema = {"properties": {"a": {}}, "additionalProperties": {"type": "integer"}}

    assert validate(schema, {"a": "x", "b": "y"}) == {"/b": ["Enter a whole number."]}


def test_a_schema_that_names_its_draft_keeps_all_safeguards() -> None:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "properties": {"child": {"$ref": "#"}, "cents": {"multipleOf": 0.01}},
    }

    assert validate(schema, {"child": {"child": {"cents": 19.99}}}) == {}


def test_so_many_errors_are_told_and_no_more() -> None:
    assert len(validate({"items": {"type": "string"}}, list(range(5_000)))) == 500
