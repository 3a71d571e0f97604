"""Where a `$ref` leads: always somewhere else in the same document, never to a file or address."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar

from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from workflows.schemas.problems import SchemaProblem

IN_PLACE_LISTS: Final = ("allOf", "anyOf", "oneOf")
IN_PLACE_MAPS: Final = ("dependentSchemas",)
MAX_QUOTED: Final = 100

Found = TypeVar("Found")


@dataclass(frozen=True)
class Place:
    """A schema, and what finds the references inside it."""

    schema: Any
    resolver: Any
    resource: Any = None
    """The schema around, or this one itself, that has an identity of its own."""
    _targets: dict[int, Place] = field(default_factory=dict, compare=False, repr=False)
    """What references lead to, by the identity of the schema; all places of a document share it."""
    _parts: dict[int | str, Place] = field(default_factory=dict, compare=False, repr=False)
    """What leads on from here, by the identity of a part or the keyword of a reference."""
    _found: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """What functions have found here, by the function."""

    @classmethod
    def of_document(cls, schema: Any) -> Place:
        """Give the root of a document; its registry holds nothing else and fetches nothing."""
        root = DRAFT202012.create_resource(schema if _is_named_well(schema) else {})
        return cls(schema, Registry().resolver_with_root(root), schema)

    @property
    def keywords(self) -> dict[str, Any]:
        """The schema's keywords; `true`, `false` and whatever is no schema have none."""
        return self.schema if isinstance(self.schema, dict) else {}

    @property
    def properties(self) -> dict[str, Any]:
        """The schemas of its properties, as they are written."""
        properties = self.keywords.get("properties")
        return properties if isinstance(properties, dict) else {}

    def inside(self, schema: Any) -> Place:
        """Give a schema that is part of this one: the same place each time."""
        kept = self._parts.get(id(schema))
        if kept is None:
            kept = self._parts[id(schema)] = self.beside(schema)
        return kept

    def beside(self, schema: Any) -> Place:
        """Give a schema that somebody has made up to stand where this one does."""
        if not _is_named_well(schema):
            return Place(schema, self.resolver, self.resource, self._targets)
        resolver = self.resolver.in_subresource(DRAFT202012.create_resource(schema))
        is_resource = isinstance(schema, dict) and "$id" in schema
        return Place(schema, resolver, schema if is_resource else self.resource, self._targets)

    @classmethod
    def together(cls, places: Sequence[Place]) -> Place:
        """Give one schema for a value that all of these speak of."""
        if len(places) == 1:
            return places[0]
        made = places[0].beside({"allOf": [place.schema for place in places]})
        return replace(made, _parts={id(place.schema): place for place in places})

    def target(self, keyword: str = "$ref") -> Place | None:
        """Give what the reference leads to; None when there is no reference.

        Raises LookupError when it leads out of the document or nowhere.
        """
        reference = self.keywords.get(keyword)
        if not isinstance(reference, str):
            return None
        kept = self._parts.get(keyword)
        if kept is None:
            kept = self._parts[keyword] = self._lookup(reference)
        return kept

    def once(self, asked: Callable[[Place], Found]) -> Found:
        """Give what a function finds here; it is asked the first time only."""
        if asked not in self._found:
            self._found[asked] = asked(self)
        found: Found = self._found[asked]
        return found

    def _lookup(self, reference: str) -> Place:
        try:
            found = self.resolver.lookup(reference)
        except (Unresolvable, ValueError, TypeError, AttributeError):
            raise LookupError(reference) from None
        made = Place(found.contents, found.resolver, found.contents, self._targets)
        return self._targets.setdefault(id(found.contents), made)

    def parts_in_place(self, *keywords: str) -> Iterator[Place]:
        """Yield the schemas under these keywords that speak of the same value as this one."""
        for keyword in keywords:
            value = self.keywords.get(keyword)
            if keyword in IN_PLACE_LISTS and isinstance(value, list):
                parts = value
            elif keyword in IN_PLACE_MAPS and isinstance(value, dict):
                parts = list(value.values())
            else:
                parts = [value]
            yield from (self.inside(part) for part in parts if isinstance(part, dict | bool))


def _is_named_well(schema: Any) -> bool:
    """Whether the name of a schema, if it has one, is a text: until it is checked it may be not."""
    return not isinstance(schema, dict) or isinstance(schema.get("$id", ""), str)


def unresolved(pointer: str, reference: Any) -> SchemaProblem:
    """Say that a reference leads nowhere."""
    text = str(reference)
    quoted = text if len(text) <= MAX_QUOTED else f"{text[:MAX_QUOTED]}…"
    return SchemaProblem(
        pointer, f"The reference “{quoted}” does not lead to a schema in this document."
    )
