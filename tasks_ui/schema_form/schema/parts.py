"""What a schema consists of as far as its form is concerned: worked out once for each schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from tasks_ui.schema_form.schema.alternatives import (
    deciding_property,
    is_constant,
    is_optional,
    only_alternative,
    says_what_it_is,
    with_targets,
)
from workflows.schemas import Place
from workflows.schemas.hints.protection import Protection, protection_of

GATHERED: Final = frozenset(
    {
        *("$ref", "properties", "required", "allOf", "if", "then", "else"),
        *("dependentRequired", "dependentSchemas"),
    }
)


@dataclass(frozen=True)
class Union:
    """Alternatives of which one holds.

    Attributes:
        listed: how the schema lists them.
        parts: the alternatives.
        discriminator: the property that OpenAPI tells them apart by; empty without one.
        decider: the property that each has its own constants for; empty without one.
        asked: what each asks of that property.
        keyword: the keyword that lists them; empty for types of values.
    """

    listed: Any
    parts: tuple[Place, ...]
    discriminator: str = ""
    decider: str = ""
    asked: tuple[Place, ...] = ()
    keyword: str = ""


@dataclass(frozen=True)
class Anatomy:
    """One schema, without what its parts consist of.

    Attributes:
        keywords: what it says of the value by itself, with what is said.
        required: names of properties that must be there.
        properties: the schemas of properties, by name.
        parts: schemas that hold for the value as well: what it refers to, and of `allOf`.
        unions: the alternatives that it names.
        nullable: whether it says that null will do instead of a value.
        protection: what it says of who may see or change the value.
    """

    keywords: tuple[tuple[str, Any], ...]
    required: tuple[str, ...]
    properties: tuple[tuple[str, Place], ...]
    parts: tuple[Place, ...]
    unions: tuple[Union, ...]
    nullable: bool
    protection: Protection


def anatomy_of(place: Place) -> Anatomy:
    """Take a schema apart."""
    keywords = place.keywords
    required, named = keywords.get("required"), keywords.get("type")
    target, alternative = place.target(), only_alternative(place)
    return Anatomy(
        keywords=tuple(
            (name, value)
            for name, value in keywords.items()
            if name not in GATHERED and not is_optional(name, value)
        ),
        required=tuple(required) if isinstance(required, list) else (),
        properties=tuple((name, place.inside(schema)) for name, schema in place.properties.items()),
        parts=(
            *(part for part in (target, alternative) if part is not None),
            *place.parts_in_place("allOf"),
        ),
        unions=tuple(_unions(place)),
        nullable=alternative is not None
        or keywords.get("nullable") is True
        or named == "null"
        or (isinstance(named, list) and "null" in named),
        protection=protection_of(keywords),
    )


def _unions(place: Place) -> Iterator[Union]:
    for keyword in ("oneOf", "anyOf"):
        listed = place.keywords.get(keyword)
        if not isinstance(listed, list) or is_optional(keyword, listed):
            continue
        if all(is_constant(part) for part in listed) or not any(map(says_what_it_is, listed)):
            continue
        parts = tuple(place.parts_in_place(keyword))
        discriminator = place.keywords.get("discriminator")
        named = discriminator.get("propertyName") if isinstance(discriminator, dict) else ""
        decider = deciding_property(parts)
        asked = tuple(_asked(part, decider) for part in parts) if decider else ()
        named = named if isinstance(named, str) else ""
        yield Union(listed, parts, named, decider, asked, keyword)


def _asked(part: Place, decider: str) -> Place:
    """Give what an alternative, or what it refers to, asks of the property that decides."""
    rule = next(found for found in with_targets(part) if decider in found.properties)
    return rule.inside(rule.properties[decider])
