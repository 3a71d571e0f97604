"""What each rule says when it is broken: in the author's words, in Django's, or in ours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils import translation

from workflows.schemas import validate
from workflows.schemas.formats import CHECKS
from workflows.schemas.keywords import MAKERS

VAGUE = "Enter a valid value."
ONE = {"const": 1}

BREACHES: dict[str, tuple[Any, Any, str]] = {
    "type": (
        {"type": ["string", "integer", "null"]},
        [],
        "Enter one of these: a text, a whole number.",
    ),
    "enum": (
        {"enum": [1, 2]},
        3,
        "Select a valid choice. That choice is not one of the available choices.",
    ),
    "const": ({"const": "yes"}, "no", "The only value allowed here is yes."),
    "minimum": ({"minimum": 1}, 0, "Ensure this value is greater than or equal to 1."),
    "maximum": ({"maximum": 1}, 2, "Ensure this value is less than or equal to 1."),
    "exclusiveMinimum": ({"exclusiveMinimum": 1}, 1, "Ensure this value is greater than 1."),
    "exclusiveMaximum": ({"exclusiveMaximum": 1}, 1, "Ensure this value is less than 1."),
    "multipleOf": (
        {"multipleOf": 0.25},
        19.99,
        "Ensure this value is a multiple of step size 0.25. The nearest are 19.75 and 20.",
    ),
    "minLength": (
        {"minLength": 2},
        "a",
        "Ensure this value has at least 2 characters (it has 1).",
    ),
    "maxLength": ({"maxLength": 1}, "ab", "Ensure this value has at most 1 character (it has 2)."),
    "format": ({"format": "uuid"}, "a", "Enter a valid UUID."),
    "items": ({"prefixItems": [{}], "items": False}, [1, 2], "Give at most 1 value."),
    "contains": ({"contains": ONE}, [], "None of these values is as at least one has to be."),
    "minContains": (
        {"contains": ONE, "minContains": 2},
        [1],
        "At least 2 of these values have to be as asked for, and fewer are.",
    ),
    "maxContains": (
        {"contains": ONE, "maxContains": 1},
        [1, 1],
        "At most 1 of these values may be as asked for, and more are.",
    ),
    "minItems": ({"minItems": 2}, [], "Give at least 2 values."),
    "maxItems": ({"maxItems": 0}, [1], "Give at most 0 values."),
    "uniqueItems": ({"uniqueItems": True}, [1, 1], "Give each value only once."),
    "additionalProperties": (
        {"additionalProperties": False},
        {"a": 1, "b": 1, "c": 1, "d": 1},
        "These fields do not belong here: a, b, c, ….",
    ),
    "unevaluatedProperties": (
        {"unevaluatedProperties": False},
        {"n" * 99: 1},
        f"These fields do not belong here: {'n' * 60}.",
    ),
    "unevaluatedItems": (
        {"unevaluatedItems": False},
        [1],
        "There are more values than belong here.",
    ),
    "minProperties": ({"minProperties": 1}, {}, "Give at least 1 value."),
    "maxProperties": ({"maxProperties": 0}, {"a": 1}, "Give at most 0 values."),
    "anyOf": (
        {"anyOf": [{"type": "string"}, {"type": "null"}, {"type": "array"}]},
        1,
        "This does not fit any of the allowed forms.",
    ),
    "oneOf": ({"oneOf": [{}, {}]}, 1, "This fits more than one of the allowed forms."),
    "not": (
        {"not": {"required": ["a", "b"]}},
        {"a": 1, "b": 1},
        "These must not be filled in together: a, b.",
    ),
}
# Those that only put other rules to work, say what these say.
BY_OTHERS = {
    *("$ref", "$dynamicRef", "allOf", "if", "dependentSchemas", "properties", "patternProperties"),
    *("prefixItems", "required", "dependentRequired", "propertyNames", "pattern"),
}


@pytest.mark.parametrize("keyword", sorted(BREACHES))
def test_every_rule_says_what_to_do(keyword: str) -> None:
    schema, data, message = BREACHES[keyword]

    assert validate(schema, data) == {"": [message]}


def test_there_is_no_keyword_without_a_message_here() -> None:
    assert BREACHES.keys() - {"minContains", "maxContains"} == MAKERS.keys() - BY_OTHERS


def test_a_name_that_does_not_fit_is_told_at_its_value_with_the_reason() -> None:
    assert validate({"propertyNames": {"maxLength": 1}}, {"abc": 1}) == {
        "/abc": [
            "This name does not fit here. Ensure this value has at most 1 character (it has 3)."
        ]
    }


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_a_format_says_more_than_that_it_is_wrong(name: str) -> None:
    [message] = validate({"format": name}, "~(\x7f")[""]

    assert message != VAGUE or name.endswith(("pointer", "template", "reference"))


@pytest.mark.parametrize("keyword", ["x-error", "ui:errors", "errorMessage"])
def test_authors_have_the_first_word(keyword: str) -> None:
    said = {keyword: {"maximum": "Too much.", "required": {"b": "Say b."}}}
    schema = {
        "required": ["a", "b", "c"],
        "properties": {"a": {keyword: {"required": "Say a."}}, "n": {"maximum": 1, **said}},
        **said,
    }

    assert validate(schema, {"n": 2}) == {
        "/n": ["Too much."],
        "/a": ["Say a."],
        "/b": ["Say b."],
        "/c": ["This field is required."],
    }
    assert validate({"minimum": 5, keyword: "Be bold."}, 1) == {"": ["Be bold."]}
    assert validate({"minimum": 5, keyword: {"maximum": "No."}}, 1)[""][0].startswith("Ensure")


# What Django's own catalogues say, in four languages.
LANGUAGES = {
    "de": (
        "Dieses Feld ist zwingend erforderlich.",
        "Bitte eine ganze Zahl eingeben.",
        "2,5",
    ),
    "fr": (
        "Ce champ est obligatoire.",
        "Saisissez un nombre entier.",
        "2,5",
    ),
    "ja": (
        "このフィールドは必須です。",
        "整数を入力してください。",
        "2.5",
    ),
    "pt-br": (
        "Este campo é obrigatório.",
        "Informe um número inteiro.",
        "2,5",
    ),
}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_django_speaks_the_language_of_the_reader(language: str) -> None:
    required, whole, number = LANGUAGES[language]
    schema = {
        "required": ["a"],
        "properties": {
            "n": {"type": "integer"},
            "d": {"format": "date"},
            "s": {"multipleOf": 2.5},
            "m": {"maximum": 2.5},
            "l": {"maxLength": 1},
            "e": {"enum": [1, 2]},
            "p": {"pattern": "^a"},
            "u": {"format": "uri"},
            "k": {"type": "array"},
        },
    }
    data = {"n": "x", "d": "x", "s": 3, "m": 4, "l": "xyz", "e": 3, "p": "b", "u": "x", "k": 1}
    in_english = validate(schema, data)

    with translation.override(language):
        found = validate(schema, data)

    assert found.keys() == in_english.keys()
    assert found["/a"] == [required]
    assert found["/n"] == [whole]
    assert number in found["/m"][0]
    assert number in found["/s"][0]
    assert [key for key in found if found[key] == in_english[key]] == []


@pytest.mark.parametrize("keyword", sorted(BREACHES))
def test_no_message_shows_what_python_makes_of_the_data(keyword: str) -> None:
    schema, _data, _message = BREACHES[keyword]
    secret = {"secret": [None, True, "hidden", {"deep": 1.0}]}

    for data in (secret, [secret], json.dumps(secret), None, 123456789):
        texts = " ".join(text for texts in validate(schema, data).values() for text in texts)
        assert "True" not in texts
        assert "hidden" not in texts
        assert "{" not in texts
