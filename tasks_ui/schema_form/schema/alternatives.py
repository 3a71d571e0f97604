"""What the alternatives of a schema are about: null or not, constants, or forms of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tasks_ui.schema_form.posted.absent import ABSENT
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
        for name in _limited(part):
            found[name] = found.get(name, 0) + 1
    return next((name for name, count in found.items() if count == len(parts) > 1), "")


def constant_of(part: Any) -> Any:
    """Give the one value that a schema allows; ABSENT where it allows others too."""
    if not isinstance(part, dict):
        return ABSENT
    if "const" in part:
        return part["const"]
    listed = part.get("enum")
    only = listed[0] if isinstance(listed, list) and len(listed) == 1 else ABSENT
    return None if part == NULL else only


def constants(place: Place) -> dict[str, Any]:
    """Give the constants that an alternative has for its properties."""
    return place.once(_constants)


def _constants(place: Place) -> dict[str, Any]:
    found = {name: constant_of(schema) for name, schema in _limited(place).items()}
    return {name: value for name, value in found.items() if value is not ABSENT}


def _limited(place: Place) -> dict[str, Any]:
    """Give the schemas of properties that allow listed values only."""
    found: dict[str, Any] = {}
    for current in with_parts(place):
        for name, schema in current.properties.items():
            if is_constant(schema):
                found.setdefault(name, schema)
    return found


def asked_of(place: Place, name: str) -> Place:
    """Give what an alternative asks of a property that decides."""
    rules = [found for found in with_parts(place) if name in found.properties]
    rule = next((r for r in rules if is_constant(r.properties[name])), rules[0])
    return rule.inside(rule.properties[name])


def with_parts(place: Place) -> Iterator[Place]:
    """Yield a schema with all that holds for the same value as well: references and `allOf`."""
    waiting = [place]
    for _ in range(MAX_TARGETS):
        if not waiting:
            return
        current = waiting.pop(0)
        yield current
        target = current.target()
        waiting += [*([] if target is None else [target]), *current.parts_in_place("allOf")]


def with_targets(place: Place) -> Iterator[Place]:
    """Yield a schema, what it refers to, what that refers to, and so on."""
    current: Place | None = place
    for _ in range(MAX_TARGETS):
        if current is None:
            return
        yield current
        current = current.target()
