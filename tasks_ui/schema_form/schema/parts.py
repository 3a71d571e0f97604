"""What a schema consists of as far as its form is concerned: worked out once for each schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from tasks_ui.schema_form.schema.alternatives import (
    asked_of,
    deciding_property,
    is_constant,
    is_optional,
    only_alternative,
    says_what_it_is,
)
from tasks_ui.schema_form.schema.signs import number_of, signs_of
from workflows.schemas import Place, bars, needs_of, speaking
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
        names: what that property says of each; empty where it says a constant of their own.
        decider: the property that each has its own constants for; empty without one.
        asked: what each asks of that property.
        keyword: the keyword that lists them; empty for types of values.
        needs: what each needs to be filled in, where none says more than that.
        left: the numbers of those that the answer to the property that decides has left open;
            empty as long as no answer does.
    """

    listed: Any
    parts: tuple[Place, ...]
    discriminator: str = ""
    names: tuple[str, ...] = ()
    decider: str = ""
    asked: tuple[Place, ...] = ()
    keyword: str = ""
    needs: tuple[tuple[str, ...], ...] = ()
    left: tuple[int, ...] = ()

    @property
    def is_question(self) -> bool:
        """Whether it is asked among the fields that it is about, and not above all of them."""
        return bool(self.needs or self.left)

    @cached_property
    def signs(self) -> tuple[str, ...]:
        """What stands for each when it is chosen, wherever it is listed."""
        return signs_of(self.parts)

    def number_of(self, sign: str) -> int | None:
        """Give which one a sign stands for; None where it stands for none of them."""
        return number_of(self.signs, sign)

    def reduced_to(self, left: tuple[int, ...]) -> Union:
        """Give the choice between those that another answer has left."""
        parts = tuple(self.parts[at] for at in left)
        names = tuple(self.names[at] for at in left) if self.names else ()
        return replace(self, parts=parts, names=names, left=left)

    def listed_number(self, number: int) -> int:
        """Give where one of the alternatives stands in the schema's own list."""
        return self.left[number] if self.left else number


@dataclass(frozen=True)
class Anatomy:
    """One schema, without what its parts consist of.

    Attributes:
        keywords: what it says of the value by itself, with what is said.
        required: names of properties that must be there.
        properties: the schemas of properties, by name.
        parts: schemas that hold for the value as well: what it refers to, and of `allOf`.
        unions: the alternatives that it names.
        needs: of which properties it asks that some be filled in, whichever they are.
        nullable: whether it says that null will do instead of a value.
        protection: what it says of who may see or change the value.
    """

    keywords: tuple[tuple[str, Any], ...]
    required: tuple[str, ...]
    properties: tuple[tuple[str, Place], ...]
    parts: tuple[Place, ...]
    unions: tuple[Union, ...]
    needs: tuple[tuple[tuple[str, ...], ...], ...]
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
        needs=tuple(_choices_of_needs(place)),
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
        parts = tuple(place.parts_in_place(keyword))
        needs = needs_of(listed)
        if needs and (keyword == "oneOf" or bars(listed)):
            yield Union(listed, parts, needs=needs)
            continue
        if all(is_constant(part) for part in listed) or not any(map(says_what_it_is, listed)):
            continue
        discriminator = place.keywords.get("discriminator")
        named = discriminator.get("propertyName") if isinstance(discriminator, dict) else ""
        decider = deciding_property(parts)
        yield Union(
            listed,
            parts,
            discriminator=named if isinstance(named, str) else "",
            names=tuple(_name_of(part, discriminator) for part in parts) if named else (),
            decider=decider,
            asked=tuple(asked_of(part, decider) for part in parts) if decider else (),
            keyword=keyword,
        )


def _name_of(part: Place, discriminator: Any) -> str:
    """Give how OpenAPI names an alternative: as its mapping says, or as its reference ends."""
    reference = part.keywords.get("$ref")
    if not isinstance(reference, str):
        return ""
    last, mapping = reference.rpartition("/")[2], discriminator.get("mapping")
    mapped = mapping.items() if isinstance(mapping, dict) else ()
    return next((name for name, goal in mapped if goal in {reference, last}), last)


def _choices_of_needs(place: Place) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Yield what may be filled in together as well, so that there is nothing to choose first."""
    listed = place.keywords.get("anyOf")
    needs = needs_of(listed)
    if needs and not bars(listed):
        yield needs


def defaults_in(root: Place) -> frozenset[str]:
    """Give the names of the properties for which a schema or its parts have a default."""
    return frozenset(
        name
        for place in speaking([root])
        for name, schema in place.properties.items()
        if isinstance(schema, dict) and "default" in schema
    )
