"""What nobody may see again: values that a schema, or its hints, say are only ever written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final

from workflows.schemas.declared import speaking
from workflows.schemas.documents import Document
from workflows.schemas.hints.inside import alternatives_in, hints_of_item, hints_of_name
from workflows.schemas.hints.protection import Protection, protection_anywhere, protection_of
from workflows.schemas.patterns import found_in
from workflows.schemas.problems import UnusableSchema
from workflows.schemas.programs import document
from workflows.schemas.references import Place
from workflows.schemas.walking import schemas_in

SECRET: Final = {"$secret": True}
"""Stands where a value was that is kept from readers."""
NOTHING: Final = (None, "")


@dataclass(frozen=True)
class Spoken:
    """All that is said of one value, by schemas and by the hints beside them.

    Every part that may speak of it counts, also an alternative that the value does not fit.

    Attributes:
        given: the schemas, without their parts.
        looks: the UI schemas.
        is_inside: whether it is part of a secret.
    """

    given: Sequence[Place]
    looks: Sequence[dict[str, Any]] = ()
    is_inside: bool = False

    @classmethod
    def of(cls, places: Sequence[Place], ui_schema: Any, *, is_inside: bool = False) -> Spoken:
        """Give what is said by schemas, and by a UI schema."""
        looks = [ui_schema, *alternatives_in(ui_schema)] if isinstance(ui_schema, dict) else []
        return cls(places, looks, is_inside)

    @cached_property
    def is_secret(self) -> bool:
        """Whether nobody may see the value again."""
        said = (*(place.keywords for place in self.places), *self.looks)
        return self.is_inside or any(map(is_secret, said))

    def of_name(self, name: str) -> Spoken:
        """Give what is said of the value under a name."""
        is_listed = any(name in place.properties for place in self.places)
        looks = (hints_of_name(look, name, is_listed=is_listed) for look in self.looks)
        return self._inside(_of_name(self.places, name), looks)

    def of_item(self, at: int) -> Spoken:
        """Give what is said of an item."""
        places = max((len(p.keywords.get("prefixItems", ())) for p in self.places), default=0)
        looks = (hints_of_item(look, at, places) for look in self.looks)
        return self._inside(_of_item(self.places, at), looks)

    def concealed(self, value: Any, instead: Any = SECRET) -> Any:
        """Give a value without what nobody may see again."""
        if self.is_secret and value not in NOTHING:
            return instead
        if isinstance(value, dict):
            parts = value.items()
            return {name: self.of_name(name).concealed(part, instead) for name, part in parts}
        if isinstance(value, list):
            return [self.of_item(at).concealed(part, instead) for at, part in enumerate(value)]
        return value

    @cached_property
    def places(self) -> list[Place]:
        """Give the schemas, with all their parts that may speak of the value."""
        return speaking(self.given)

    def _inside(self, places: Iterator[Place], looks: Iterator[dict[str, Any]]) -> Spoken:
        every = [one for look in looks if look for one in (look, *alternatives_in(look))]
        return Spoken([*places], every, self.is_secret)


def spoken(known: Document, ui_schema: Any) -> Spoken:
    """Give what is said of all the data of a form; nothing where it has no secrets."""
    hides = Protection.SECRET in protection_anywhere(ui_schema)
    return Spoken.of([known.root], ui_schema) if hides or _has_secrets(known) else Spoken(())


def conceal(schema: Any, data: Any, ui_schema: Any = None) -> Any:
    """Give data without what nobody may see again: `writeOnly`, and passwords.

    Of a schema that is refused nothing is known, and the data stay as they are.
    """
    try:
        known = document(schema)
    except UnusableSchema:
        return data
    said = spoken(known, ui_schema)
    return said.concealed(data) if said.given else data


@lru_cache(maxsize=1_000)
def _has_secrets(known: Document) -> bool:
    return any(is_secret(place.keywords) for _pointer, place in schemas_in(known.root))


def is_secret(said: Mapping[str, Any]) -> bool:
    """Whether a schema, or a UI schema, says that its value is only ever written."""
    return Protection.SECRET in protection_of(said)


def _of_name(known: Sequence[Place], name: str) -> Iterator[Place]:
    for place in known:
        if name in place.properties:
            yield place.inside(place.properties[name])
        else:
            yield from place.parts_in_place("additionalProperties")
        for pattern, schema in place.keywords.get("patternProperties", {}).items():
            if found_in(pattern, name):
                yield place.inside(schema)


def _of_item(known: Sequence[Place], at: int) -> Iterator[Place]:
    for place in known:
        first = place.keywords.get("prefixItems", ())
        if at < len(first):
            yield place.inside(first[at])
        else:
            yield from place.parts_in_place("items")
