"""What would take too long is given up, and what cannot be stored or compared is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from workflows.schemas import check_schema, validate

TOO_COMPLEX = {"": ["This is too complex to be checked."]}
PATTERNS: dict[str, Any] = {f"^(a+)+{n}$": {} for n in range(50)}
ITEMS = list(range(200))


def nested(levels: int) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for _level in range(levels):
        data = {"a": data}
    return data


@pytest.mark.parametrize(
    ("schema", "data"),
    [
        ({"items": {"allOf": [{"minimum": 0}] * 150}}, ITEMS),
        ({"items": {"anyOf": [*([{"type": "string"}] * 150), {}]}}, ITEMS),
        ({"allOf": [{"contains": {"const": -1}}] * 150}, ITEMS),
        ({"allOf": [{"uniqueItems": True}] * 150}, ITEMS),
        ({"items": {"not": {"required": [str(n) for n in range(3_000)]}}}, [{"0": 1}] * 200),
        ({"patternProperties": PATTERNS}, {"a" * 150 + str(n): 1 for n in range(1_000)}),
        (
            {"additionalProperties": False, "patternProperties": PATTERNS},
            {f"b{n}": 1 for n in range(150)},
        ),
        ({"allOf": [{"pattern": f"^(a+)+{n}$"} for n in range(100)]}, "a" * 60_000),
        ({"allOf": [{"format": "uri"}, {"format": "iri"}] * 50}, "a" * 60_000),
        (
            {
                "oneOf": [
                    {"properties": {"a": {"$ref": "#"}}},
                    {"properties": {"a": {"$ref": "#"}}, "required": ["never"]},
                ]
            },
            nested(30),
        ),
        (
            {
                "properties": {"a": {"$ref": "#/$defs/0"}},
                "$defs": {
                    **{str(n): {"allOf": [{"$ref": f"#/$defs/{n + 1}"}]} for n in range(25)},
                    "25": {"$ref": "#"},
                },
            },
            nested(60),
        ),
    ],
)
def test_little_that_makes_much_work_is_given_up(
    schema: Any, data: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workflows.schemas.evaluation.MAX_WORK", 20_000)

    assert check_schema(schema) == []
    assert validate(schema, data) == TOO_COMPLEX


def test_much_that_is_plain_is_checked() -> None:
    row = {"properties": {"n": {"$ref": "#/$defs/n"}}, "required": ["n"], "$defs": {}}
    schema = {"items": row, "$defs": {"n": {"type": "integer", "minimum": 0}}}

    assert validate(schema, [{"n": n} for n in range(20_000)]) == {}


@pytest.mark.parametrize(
    "number", [Decimal("1e9999999"), Decimal("1e-9999999"), Decimal("1" * 500)]
)
def test_no_number_is_longer_than_people_write(number: Decimal) -> None:
    assert validate({"multipleOf": 0.01}, number) == {"": ["The number is too large."]}


@pytest.mark.parametrize(
    ("schema", "number", "fits"),
    [
        ({"type": "integer"}, Decimal("1e300"), True),
        ({"type": "integer"}, Decimal("1e-3"), False),
        ({"minimum": 0.1}, Decimal("0.1"), True),
        ({"exclusiveMaximum": 0.1}, Decimal("0.1"), False),
        ({"maximum": 10**30}, Decimal(10**30 + 1), False),
        ({"enum": [0.1]}, Decimal("0.10"), True),
        ({"multipleOf": 0.1}, Decimal("0.35"), False),
    ],
)
def test_exact_numbers_are_compared_exactly(schema: Any, number: Decimal, fits: bool) -> None:
    assert (validate(schema, number) == {}) is fits


def test_numbers_of_a_schema_may_be_exact_too() -> None:
    assert validate({"minimum": Decimal("0.1"), "multipleOf": Decimal(2)}, 4) == {}


def test_the_nearest_multiples_are_told_while_they_can_be_read() -> None:
    assert validate({"multipleOf": 3}, 10**100)[""] == [
        "Ensure this value is a multiple of step size 3."
    ]
    assert "-0.3 and -0.2" in validate({"multipleOf": 0.1}, -0.25)[""][0]
