"""Where a `$ref` leads: always somewhere else in the same document, never to a file or address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from referencing import Registry, Specification
from referencing.exceptions import Unresolvable

from workflows.schemas.problems import SchemaProblem

IN_PLACE_LISTS = ("allOf", "anyOf", "oneOf")
IN_PLACE_MAPS = ("dependentSchemas", "dependencies")


@dataclass(frozen=True)
class Place:
    """A schema, and what finds the references inside it."""

    schema: Any
    resolver: Any
    specification: Specification

    @classmethod
    def of_document(cls, schema: Any, specification: Specification) -> Place:
        """Give the root of a document; its registry holds nothing else and fetches nothing."""
        root = specification.create_resource(schema)
        return cls(schema, Registry().resolver_with_root(root), specification)

    @property
    def keywords(self) -> dict[str, Any]:
        """The schema's keywords; `true`, `false` and whatever is no schema have none."""
        return self.schema if isinstance(self.schema, dict) else {}

    def inside(self, schema: Any) -> Place:
        """Give a schema that is part of this one."""
        resource = self.specification.create_resource(schema)
        return Place(schema, self.resolver.in_subresource(resource), self.specification)

    def target(self, keyword: str = "$ref") -> Place | None:
        """Give what the reference leads to; None when there is no reference.

        Raises LookupError when it leads out of the document or nowhere.
        """
        reference = self.keywords.get(keyword)
        if not isinstance(reference, str):
            return None
        try:
            found = self.resolver.lookup(reference)
        except (Unresolvable, ValueError, TypeError, AttributeError):
            raise LookupError(reference) from None
        return Place(found.contents, found.resolver, self.specification)

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


def unresolved(pointer: str, reference: Any) -> SchemaProblem:
    """Say that a reference leads nowhere."""
    return SchemaProblem(
        pointer, f"The reference {reference!r} does not lead to a schema in this document."
    )
