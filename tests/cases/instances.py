"""Draws data that fit a schema, with everything in them that people and programs may write."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any, Final

from tests.cases import scalars
from tests.cases.sayings import about_item, about_property
from workflows.schemas import Place, document, validate
from workflows.schemas.patterns import any_found_in

MAX_DEPTH: Final = 5
"""From here on only what has to be there is drawn."""
MAX_RULES: Final = 200
MAX_TRIES: Final = 12
NAMES: Final = ("a", "b c", "x/y", "x~0", "ключ", "1", "__proto__", "d/x", "", "S_1", "abc", "x-1")
TELLING: Final = {
    "object": ("properties", "patternProperties", "required", "additionalProperties"),
    "array": ("items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"),
    "string": ("pattern", "minLength", "maxLength", "format"),
    "number": ("minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"),
}
EVERY_TYPE: Final = ("string", "integer", "boolean", "number", "null")


class NoInstance(Exception):
    """Nothing was found that fits."""


def instances(schema: Any, random: Random, count: int) -> Iterator[Any]:
    """Yield `count` data that fit; fewer where too many tries fail."""
    root = document(schema).root
    drawn = tries = 0
    while drawn < count and tries < MAX_TRIES * count:
        tries += 1
        try:
            data = Drawing(random).value([root], 0)
        except NoInstance:
            continue
        if not validate(schema, data):
            drawn += 1
            yield data


class Drawing:
    """Draws one instance; mostly it fits, and whoever asks checks that it does."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def value(self, places: list[Place], depth: int) -> Any:
        """Give a value for which all these schemas hold."""
        rules: list[Place] = []
        self._gather(places, rules)
        keywords = [rule.keywords for rule in rules]
        for rule in keywords:
            if "const" in rule:
                return rule["const"]
        offered = [rule["enum"] for rule in keywords if isinstance(rule.get("enum"), list)]
        if offered:
            return self._pick(value for value in offered[0] if all(value in o for o in offered))
        match self._pick(_types(keywords, nullable=self._random.random() < 0.2)):
            case "object":
                return self._object(rules, depth)
            case "array":
                return self._array(rules, depth)
            case kind:
                value = scalars.draw(self._random, str(kind), keywords)
                return self._retry() if value is scalars.NOTHING else value

    def _gather(self, places: list[Place], rules: list[Place]) -> None:
        """Put every schema that speaks about the value into `rules`: of alternatives, one."""
        for place in places:
            if place.schema is False or len(rules) > MAX_RULES:
                raise NoInstance
            rules.append(place)
            targets = (place.target(name) for name in ("$ref", "$dynamicRef", "$recursiveRef"))
            self._gather([target for target in targets if target], rules)
            self._gather([*place.parts_in_place("allOf")], rules)
            for name in ("anyOf", "oneOf"):
                parts = [*place.parts_in_place(name)]
                self._gather([self._random.choice(parts)] if parts else [], rules)
            branch = self._random.choice([("if", "then"), ("else",)])
            if "if" in place.keywords:
                self._gather([*place.parts_in_place(*branch)], rules)

    def _object(self, rules: list[Place], depth: int) -> dict[str, Any]:
        wanted = self._names(rules, depth)
        value: dict[str, Any] = {}
        for name in wanted:
            places = [
                rule.inside(schema)
                for rule in rules
                for schema in about_property(rule.keywords, name)
            ]
            try:
                value[name] = self.value(places, depth + 1)
            except NoInstance:
                if any(name in rule.keywords.get("required", ()) for rule in rules):
                    raise
        return value

    def _names(self, rules: list[Place], depth: int) -> list[str]:
        """Give the names that the object gets; their dependants are added to the rules."""
        share = self._random.choice([0.2, 0.6, 0.95]) if depth < MAX_DEPTH else 0
        drawn = set()
        for known in range(MAX_TRIES):
            for rule in rules if not known else []:
                offered = [*rule.keywords.get("properties", ())]
                drawn |= {name for name in offered if self._random.random() < share}
                drawn |= self._free_names(rule) if depth < MAX_DEPTH else set()
            before = len(drawn), len(rules)
            for rule in list(rules):
                drawn |= {*_listed(rule.keywords.get("required"))}
                drawn |= {name for name in _dependants(rule, drawn) if isinstance(name, str)}
                more = [place for place in _dependent_schemas(rule, drawn) if place not in rules]
                self._gather(more, rules)
            if before == (len(drawn), len(rules)):
                break
        order = [name for rule in rules for name in rule.keywords.get("properties", ())]
        return [*dict.fromkeys(name for name in order if name in drawn), *(drawn - {*order})]

    def _free_names(self, rule: Place) -> set[str]:
        """Give names that nobody has named, where the author says that they may be there."""
        more = rule.keywords.get("additionalProperties")
        patterns = rule.keywords.get("patternProperties", {})
        few = self._random.sample(NAMES, 3)
        allowed = few if more is True or isinstance(more, dict) else []
        return {*allowed, *(name for name in NAMES if patterns and any_found_in(patterns, name))}

    def _array(self, rules: list[Place], depth: int) -> list[Any]:
        least = max((_whole(rule.keywords.get("minItems"), 0) for rule in rules), default=0)
        most = min((_whole(rule.keywords.get("maxItems"), least + 3) for rule in rules), default=0)
        unique = any(rule.keywords.get("uniqueItems") is True for rule in rules)
        length = self._random.randint(least, max(least, most)) if depth < MAX_DEPTH else least
        items: list[Any] = []
        for _try in range(MAX_TRIES * length):
            if len(items) == length:
                break
            places = [
                rule.inside(schema)
                for rule in rules
                for schema in about_item(rule.keywords, len(items))
            ]
            try:
                item = self.value(places, depth + 1)
            except NoInstance:
                break
            if not (unique and item in items):
                items.append(item)
        return items

    def _pick(self, values: Any) -> Any:
        listed = list(values)
        return self._random.choice(listed) if listed else self._retry()

    def _retry(self) -> Any:
        raise NoInstance


def _types(rules: list[dict[str, Any]], *, nullable: bool) -> list[str]:
    """Give the types that all rules allow; null only now and then, where there is another."""
    named = [rule["type"] for rule in rules if "type" in rule]
    sets = [{name} if isinstance(name, str) else {*name} for name in named]
    # Whole numbers are numbers.
    sets = [kinds | ({"integer"} if "number" in kinds else set()) for kinds in sets]
    if sets:
        kinds = sorted(set.intersection(*sets))
    else:
        telling = (kind for kind, names in TELLING.items() for rule in rules if {*names} & {*rule})
        inferred = next(telling, None)
        kinds = [inferred] if inferred else [*EVERY_TYPE]
    others = [kind for kind in kinds if kind != "null"]
    return kinds if nullable or not others else others


def _dependants(rule: Place, present: set[str]) -> Iterator[Any]:
    for keyword in ("dependentRequired", "dependencies"):
        for name, names in rule.keywords.get(keyword, {}).items():
            yield from _listed(names) if name in present else ()


def _dependent_schemas(rule: Place, present: set[str]) -> Iterator[Place]:
    for keyword in ("dependentSchemas", "dependencies"):
        for name, schema in rule.keywords.get(keyword, {}).items():
            if name in present and isinstance(schema, dict | bool):
                yield rule.inside(schema)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _whole(value: Any, otherwise: int) -> int:
    return int(value) if isinstance(value, int | float) else otherwise
