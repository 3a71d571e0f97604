"""What the alternatives of a schema are about: null or not, constants, or forms of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from workflows.schemas import Place

NULL: Final = {"type": "null"}
OWN: Final = frozenset(
    {"type", "properties", "items", "$ref", "const", "enum", "allOf", "additionalProperties"}
)
MAX_TARGETS: Final = 20


def is_optional(name: str, value: Any) -> bool:
    """Whether the keyword says no more than "this, or null"."""
    return name in {"anyOf", "oneOf"} and len(value) == 2 and NULL in value


def only_alternative(place: Place) -> Place | None:
    """Give X of `anyOf: [X, null]`."""
    for name in ("anyOf", "oneOf"):
        parts = place.keywords.get(name)
        if isinstance(parts, list) and is_optional(name, parts):
            return next((p for p in place.parts_in_place(name) if p.schema != NULL), None)
    return None


def number_of_only(place: Place) -> tuple[str, int] | None:
    """Give where X of `anyOf: [X, null]` stands."""
    for name in ("anyOf", "oneOf"):
        parts = place.keywords.get(name)
        if isinstance(parts, list) and is_optional(name, parts):
            return name, 1 - parts.index(NULL)
    return None


def says_what_it_is(part: Any) -> bool:
    """Whether an alternative is more than a condition on the same fields."""
    return isinstance(part, dict) and bool(part.keys() & OWN)


def is_constant(part: Any) -> bool:
    """Whether a schema allows one value, or only listed ones."""
    return isinstance(part, dict) and ("const" in part or "enum" in part or part == NULL)


def deciding_property(parts: tuple[Place, ...]) -> str:
    """Give the property that every alternative has its own constants for; empty without one."""
    found: dict[str, int] = {}
    for part in parts:
        for name in _constants(part):
            found[name] = found.get(name, 0) + 1
    return next((name for name, count in found.items() if count == len(parts) > 1), "")


def constants(place: Place) -> dict[str, Any]:
    """Give the constants that an alternative has for its properties."""
    return {
        name: schema.get("const", (schema.get("enum") or [None])[0])
        for name, schema in _constants(place).items()
    }


def _constants(place: Place) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for current in with_targets(place):
        for name, schema in current.properties.items():
            if is_constant(schema):
                found.setdefault(name, schema)
    return found


def with_targets(place: Place) -> Iterator[Place]:
    """Yield a schema, what it refers to, what that refers to, and so on."""
    current: Place | None = place
    for _ in range(MAX_TARGETS):
        if current is None:
            return
        yield current
        current = current.target()
