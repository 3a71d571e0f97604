"""What a schema looks like as a form: its references and parts put together, for showing only.

Data is always checked by the schema as it was written; here it only matters what to ask for.
"""

from __future__ import annotations

from typing import Any, Final

from workflows.schemas import Place

ALWAYS: Final = ("allOf",)
SOMETIMES: Final = ("then", "else", "dependentSchemas", "dependencies")
LARGEST: Final = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems"})
SMALLEST: Final = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems"})
GATHERED: Final = frozenset({"$ref", "properties", "required", *ALWAYS, *SOMETIMES, "if"})
NULL: Final = {"type": "null"}

# Which kind of value a keyword speaks about, where nobody says the type.
TELLING: Final = {
    "object": ("properties", "patternProperties", "additionalProperties"),
    "array": ("items", "prefixItems", "minItems", "maxItems", "uniqueItems"),
    "string": ("pattern", "minLength", "maxLength", "format"),
    "number": ("minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"),
}


class Outlook:
    """A schema with everything that its references and parts add to it.

    Attributes:
        keywords: what holds for the value; the schema itself goes before what it refers to.
        properties: the schemas of each property of an object, and where they stand.
        required: names of properties that must be there.
        nullable: whether null will do instead of a value.
        origins: identities of the schemas it was put together from, to notice recursion.
    """

    def __init__(self, place: Place) -> None:
        self.place = place
        self.keywords: dict[str, Any] = {}
        self.properties: dict[str, list[Place]] = {}
        self.required: set[str] = set()
        self.nullable = False
        self.origins: set[int] = set()
        self._take(place, always=True)

    @property
    def kind(self) -> str:
        """Give the type of value to ask for: empty where it could be of several."""
        named = self.keywords.get("type")
        if isinstance(named, str):
            return named
        if isinstance(named, list):
            kinds = [kind for kind in named if kind != "null"]
            return kinds[0] if len(kinds) == 1 else ""
        if self.properties:
            return "object"
        telling = (
            kind for kind, names in TELLING.items() if any(name in self.keywords for name in names)
        )
        return next(telling, "")

    @property
    def is_union(self) -> bool:
        """Whether the value may be of one of several forms."""
        return any(
            isinstance(self.keywords.get(name), list)
            and any(_says_what_it_is(part) for part in self.keywords[name])
            for name in ("oneOf", "anyOf")
        )

    def _take(self, place: Place, *, always: bool) -> None:
        keywords = place.keywords
        self.origins.add(id(place.schema))
        properties = keywords.get("properties")
        for name, schema in properties.items() if isinstance(properties, dict) else ():
            self.properties.setdefault(name, []).append(place.inside(schema))
        if always:
            self._merge(keywords)
        target = place.target()
        if target is not None:
            self._take(target, always=always)
        alternative = _only_alternative(place) if always else None
        if alternative is not None:
            self.nullable = True
            self._take(alternative, always=True)
        for part in place.parts_in_place(*ALWAYS):
            self._take(part, always=always)
        for part in place.parts_in_place(*SOMETIMES):
            self._take(part, always=False)

    def _merge(self, keywords: dict[str, Any]) -> None:
        required = keywords.get("required")
        self.required.update(required if isinstance(required, list) else ())
        named = keywords.get("type")
        self.nullable |= named == "null" or (isinstance(named, list) and "null" in named)
        for name, value in keywords.items():
            if name in GATHERED or _is_optional(name, value):
                continue
            known = self.keywords.get(name)
            if name not in self.keywords:
                self.keywords[name] = value
            elif name in LARGEST:
                self.keywords[name] = max(known, value)
            elif name in SMALLEST:
                self.keywords[name] = min(known, value)
            elif name == "enum" and isinstance(known, list):
                self.keywords[name] = [option for option in known if option in value]


def _is_optional(name: str, value: Any) -> bool:
    """Whether the keyword says no more than "this, or null"."""
    return name in {"anyOf", "oneOf"} and len(value) == 2 and NULL in value


def _only_alternative(place: Place) -> Place | None:
    """Give X of `anyOf: [X, null]`."""
    for name in ("anyOf", "oneOf"):
        parts = place.keywords.get(name)
        if isinstance(parts, list) and _is_optional(name, parts):
            return next((p for p in place.parts_in_place(name) if p.schema != NULL), None)
    return None


def _says_what_it_is(part: Any) -> bool:
    """Whether an alternative is more than a condition on the same fields."""
    return isinstance(part, dict) and bool(
        part.keys()
        & {"type", "properties", "items", "$ref", "const", "enum", "allOf", "additionalProperties"}
    )
