"""Draws schemas as authors might write them: groups, defaults, conditions, rows, alternatives."""

from __future__ import annotations

from random import Random
from typing import Any, Final

from tests.cases.reading import Case

Schema = dict[str, Any]

NAMES: Final = ("a", "b", "amount", "billing", "contact", "kind", "mode", "note", "rows", "why")
SPEEDS: Final = ["fast", "slow", "never"]
DEPTH: Final = 3
OFTEN: Final = 0.5


def drawn_cases(count: int, seed: int) -> list[Case]:
    """Give cases of drawn schemas, the same for the same seed."""
    cases = []
    for number in range(count):
        schema = drawn_schema(Random(f"{seed} schema {number}"))  # noqa: S311
        cases.append(Case(f"drawn/{seed}/{number}", schema, {}, {"schema": schema}))
    return cases


def drawn_schema(random: Random) -> Schema:
    """Give the schema of an object."""
    return _object(random, 0)


def _object(random: Random, depth: int) -> Schema:
    names = random.sample(NAMES, random.randint(1, 4 if depth < 2 else 2))
    schema: Schema = {"type": "object", "properties": {n: _any(random, depth + 1) for n in names}}
    required = [name for name in names if random.random() < OFTEN / 2]
    if required:
        schema["required"] = required
    if random.random() < OFTEN / 2:
        random.choice(RULES)(random, schema, depth)
    if random.random() < OFTEN / 6:
        schema["additionalProperties"] = _scalar(random)
    if random.random() < OFTEN / 10:
        schema["default"] = {names[0]: _default(random, schema["properties"][names[0]])}
    return schema


def _any(random: Random, depth: int) -> Schema:
    kinds = [_scalar] * 6
    if depth < DEPTH:
        deep = (_object, _object, _object, _array, _array, _alternatives)
        if random.random() < OFTEN:
            return random.choice(deep)(random, depth)
    return random.choice(kinds)(random)


def _scalar(random: Random) -> Schema:
    schema: Schema = dict(random.choice(SCALARS))
    if random.random() < OFTEN and "const" not in schema:
        schema["default"] = _default(random, schema)
    if random.random() < OFTEN / 10:
        schema["readOnly"] = True
    return schema


SCALARS: Final[tuple[Schema, ...]] = (
    *({"type": "boolean"} for _often in range(4)),
    {"type": "string"},
    {"type": "string"},
    {"type": "string", "maxLength": 500},
    {"type": "string", "format": "date"},
    {"type": "string", "enum": SPEEDS},
    {"type": "string", "enum": SPEEDS},
    {"enum": [1, 2, None]},
    {"oneOf": [{"const": "x", "title": "The x"}, {"const": "y", "title": "The y"}]},
    {"type": "integer", "minimum": 0},
    {"type": "number", "multipleOf": 0.01},
    {"type": ["string", "null"]},
    {"type": ["boolean", "null"]},
    {"anyOf": [{"type": "integer"}, {"type": "null"}]},
    {"const": "fixed"},
    {"const": True},
    {},
)


ITEMS: Final[tuple[Schema, ...]] = (
    {"enum": SPEEDS},
    {"type": "string"},
    {"type": "boolean", "default": True},
    {},
)


def _default(random: Random, schema: Schema) -> Any:
    if "enum" in schema:
        return random.choice(schema["enum"])
    if "oneOf" in schema:
        return random.choice(schema["oneOf"]).get("const")
    kind = schema.get("type", "integer")
    kind = kind[0] if isinstance(kind, list) else kind
    given = {"boolean": random.random() < OFTEN, "integer": 5, "number": 2.5, "array": []}
    text = "2026-03-01" if schema.get("format") == "date" else "as a rule"
    return {} if kind == "object" else given.get(kind, text)


def _array(random: Random, depth: int) -> Schema:
    plain: Schema = random.choice(ITEMS)
    items = plain or _object(random, depth + 1)
    schema: Schema = {"type": "array", "items": items}
    if random.random() < OFTEN:
        schema["uniqueItems"] = True
    if random.random() < OFTEN / 2:
        schema["minItems"] = 1
    if "enum" in items and random.random() < OFTEN:
        schema["default"] = random.sample(SPEEDS, 2)
    return schema


def _alternatives(random: Random, depth: int) -> Schema:
    tag = random.choice([None, "kind", "type"])
    parts: list[Schema] = []
    for word in random.sample(["card", "cash", "bank"], random.randint(2, 3)):
        part = _object(random, depth + 1)
        if tag:
            part["properties"] = {tag: {"const": word}, **part["properties"]}
            part["required"] = list({tag, *part.get("required", [])})
        part["title"] = word.title()
        parts.append(part)
    if random.random() < OFTEN / 2:
        parts.append({"type": random.choice(["string", "integer", "boolean"])})
    return {random.choice(["oneOf", "anyOf"]): parts}


def _condition(random: Random, schema: Schema, depth: int) -> None:
    name = random.choice([*schema["properties"]])
    part = schema["properties"][name]
    value = True if part.get("type") == "boolean" else _default(random, part)
    schema["if"] = {"properties": {name: {"const": value}}, "required": [name]}
    more = {"reason": {"type": "string"}, "sure": {"type": "boolean", "default": True}}
    schema["then"] = {"properties": more, "required": random.choice([[], ["reason"]])}
    if random.random() < OFTEN:
        other = {"type": "string", "default": "as ever"}
        schema["else"] = {"properties": {"reason": other, "extra": _any(random, depth + 1)}}


def _dependents(random: Random, schema: Schema, depth: int) -> None:
    name = random.choice([*schema["properties"]])
    more = {"properties": {"then": _any(random, depth + 1)}}
    schema["dependentSchemas"] = {name: more}


RULES: Final = (_condition, _condition, _dependents)
