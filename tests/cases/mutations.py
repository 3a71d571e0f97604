"""Data that nearly fits: made from a schema, then changed at random, the same for the same seed."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from random import Random
from typing import Any, Final

STRANGE: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, 1, -1, 1.0, 0.5, 19.99, 1e300, 10**20, 7),
    *(
        "",
        "a",
        "x" * 60,
        "2026-02-28",
        "12:30:00Z",
        "ana@example.org",
        "#ff8800",
        "https://a.example/",
    ),
    *("0", "é\u0301", "\U0001f600", [], [None], [1, 1.0], {}, {"": 0}, {"a": {"b": []}}),
)
MAX_DEPTH: Final = 6


def skeleton(schema: Any, root: Any, depth: int = 0) -> Any:
    """Give data with a value for whatever the schema asks for, without a thought to its rules."""
    if not isinstance(schema, dict) or depth > MAX_DEPTH:
        return None
    for keyword in ("default", "const"):
        if keyword in schema:
            return copy.deepcopy(schema[keyword])
    if isinstance(schema.get("enum"), list) and schema["enum"]:
        return copy.deepcopy(schema["enum"][0])
    for keyword in ("oneOf", "anyOf", "allOf"):
        if "properties" not in schema and isinstance(schema.get(keyword), list) and schema[keyword]:
            return skeleton(schema[keyword][0], root, depth + 1)
    target = _target(schema.get("$ref"), root)
    return _of_type(schema if target is None else target, root, depth)


def _of_type(schema: Any, root: Any, depth: int) -> Any:
    if not isinstance(schema, dict):
        return None
    named = schema.get("type")
    kind = named[0] if isinstance(named, list) and named else named
    if kind == "object" or "properties" in schema:
        parts = schema.get("properties")
        return {
            name: skeleton(part, root, depth + 1)
            for name, part in (parts.items() if isinstance(parts, dict) else ())
        }
    if kind == "array" or "items" in schema:
        parts = schema.get("items")
        first = parts if isinstance(parts, list) else [parts]
        return [skeleton(part, root, depth + 1) for part in first]
    return {"integer": 3, "number": 1.5, "boolean": True, "string": "abc"}.get(str(kind))


def _target(reference: Any, root: Any) -> Any:
    found = root
    if not isinstance(reference, str) or not reference.startswith("#/"):
        return None
    for key in reference[2:].split("/"):
        if not isinstance(found, dict):
            return None
        found = found.get(key.replace("~1", "/").replace("~0", "~"))
    return found


def mutated(data: Any, random: Random) -> Any:
    """Give a copy of the data that differs at one to three places."""
    changed = {"": copy.deepcopy(data)}
    for _time in range(random.randint(1, 3)):
        container, key = random.choice(list(_places(changed)))
        _change(container, key, random)
    return changed[""]


def _places(container: Any) -> Iterator[tuple[Any, Any]]:
    keys = container if isinstance(container, dict) else range(len(container))
    for key in keys:
        yield container, key
        if isinstance(container[key], dict | list):
            yield from _places(container[key])


def _change(container: Any, key: Any, random: Random) -> None:
    """Change one value: by a strange one, a neighbour, one more or one less inside, or a bit."""
    value = container[key]
    kind = random.randrange(4)
    if kind == 0 and isinstance(value, dict | list) and value:
        _take_out(value, random)
    elif kind == 1 and isinstance(value, list):
        value.append(copy.deepcopy(random.choice([*value, *STRANGE])))
    elif kind == 1 and isinstance(value, dict):
        name = random.choice(["", "a", "name", "extra", "test1", *value])
        value[name] = copy.deepcopy(random.choice(STRANGE))
    elif kind == 2 and isinstance(value, str):
        container[key] = random.choice([value + "!", value[1:], value.upper(), value * 3])
    elif kind == 2 and isinstance(value, int | float) and not isinstance(value, bool):
        container[key] = random.choice([value + 1, value - 1, -value, value / 2, value * 10])
    else:
        container[key] = copy.deepcopy(random.choice(STRANGE))


def _take_out(value: Any, random: Random) -> None:
    if isinstance(value, dict):
        del value[random.choice(list(value))]
    else:
        del value[random.randrange(len(value))]
