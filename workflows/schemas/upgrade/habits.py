"""What older drafts write otherwise than the newest one, each rewritten on its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from workflows.schemas.upgrade.drafts import NEWEST

Way = tuple[str | int, ...]
RECURSIVE: Final = "recursiveAnchor"
"""The name by which the newest draft calls the one anchor for recursion that 2019-09 has."""
COUNTS: Final = (
    *("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
    *("minContains", "maxContains"),
)
SIZES: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")
_ANCHOR = re.compile(r"[A-Za-z_][-A-Za-z0-9._]*")


@dataclass
class Rewriting:
    """The keywords of one schema, while they are rewritten."""

    keywords: dict[str, Any]
    draft: int | None
    """The draft that the author names; None when none is named."""
    is_dynamic: bool = False
    """Whether the resource around lets others extend its recursion."""
    moved: dict[Way, Way] = field(default_factory=dict)
    """Where a part stood, by where it stands now."""

    @property
    def is_old(self) -> bool:
        """Whether words that only the oldest drafts know may be meant."""
        return self.draft is None or self.draft <= 4

    def also(self, part: Any, before: Way) -> None:
        """Require another schema, too."""
        parts = self.keywords.get("allOf")
        parts = [*parts, part] if isinstance(parts, list) else [part]
        self.keywords["allOf"] = parts
        self.moved["allOf", len(parts) - 1] = before


def _names(now: Rewriting) -> None:
    """`id` was `$id`, and both could name a spot, which is an anchor's work now."""
    keywords, draft = now.keywords, now.draft
    if draft is not None and draft <= 4 and isinstance(keywords.get("id"), str):
        keywords.setdefault("$id", keywords.pop("id"))
    if draft is not None and draft <= 7 and isinstance(keywords.get("$ref"), str):
        # Whatever stood beside a reference did not count. Rules do now; a name would mislead it.
        keywords.pop("$id", None)
    name = keywords.get("$id")
    base, hash_, spot = name.partition("#") if isinstance(name, str) else ("", "", "")
    if hash_ and (not spot or _ANCHOR.fullmatch(spot)):
        keywords["$id"] = base
        if spot:
            keywords["$anchor"] = spot
        if not base:
            del keywords["$id"]


def _recursion(now: Rewriting) -> None:
    keywords = now.keywords
    if now.draft == NEWEST:
        return
    if keywords.pop("$recursiveAnchor", None) is True:
        keywords["$dynamicAnchor"] = RECURSIVE
    if keywords.get("$recursiveRef") == "#":
        del keywords["$recursiveRef"]
        keyword, target = ("$dynamicRef", f"#{RECURSIVE}") if now.is_dynamic else ("$ref", "#")
        if keyword in keywords:
            now.also({keyword: target}, ("$recursiveRef",))
        else:
            keywords[keyword] = target


def _required(now: Rewriting) -> None:
    """Properties used to say themselves that they are required; elsewhere that says nothing."""
    keywords = now.keywords
    if isinstance(keywords.get("required"), bool):
        del keywords["required"]
    properties = keywords.get("properties")
    if not isinstance(properties, dict):
        return
    listed = keywords.get("required", [])
    own = [name for name, part in properties.items() if _flag(part) is True]
    if own and isinstance(listed, list):
        keywords["required"] = [*listed, *(name for name in own if name not in listed)]


def _flag(part: Any) -> Any:
    return part.get("required") if isinstance(part, dict) else None


def _numbers(now: Rewriting) -> None:
    """Numbers in quotation marks are numbers."""
    keywords = now.keywords
    for keyword in (*COUNTS, *SIZES):
        text = keywords.get(keyword)
        if isinstance(text, str) and _NUMBER.fullmatch(text):
            keywords[keyword] = float(text) if "." in text else int(text)


def _bounds(now: Rewriting) -> None:
    """Whether a limit itself is allowed used to be told beside it."""
    keywords = now.keywords
    for keyword, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(keywords.get(keyword), bool) and keywords.pop(keyword) and limit in keywords:
            keywords[keyword] = keywords.pop(limit)


def _division(now: Rewriting) -> None:
    keywords = now.keywords
    if now.is_old and "divisibleBy" in keywords and "multipleOf" not in keywords:
        keywords["multipleOf"] = keywords.pop("divisibleBy")


def _types(now: Rewriting) -> None:
    """`any` is no type, and a list of types could hold schemas."""
    named = now.keywords.get("type")
    if named == "any" or (isinstance(named, list) and "any" in named):
        del now.keywords["type"]
    elif isinstance(named, list) and any(isinstance(one, dict) for one in named):
        del now.keywords["type"]
        plain = {number: {"type": one} for number, one in enumerate(named) if isinstance(one, str)}
        parts = [plain.get(number, one) for number, one in enumerate(named)]
        _alternatives(now, parts)


def _alternatives(now: Rewriting, parts: list[Any]) -> None:
    if "anyOf" in now.keywords:
        now.also({"anyOf": parts}, ("type",))
        way: Way = ("allOf", len(now.keywords["allOf"]) - 1, "anyOf")
    else:
        now.keywords["anyOf"] = parts
        way = ("anyOf",)
    now.moved[way] = ("type",)


def _refusals(now: Rewriting) -> None:
    """`disallow` names types, or schemas, that must not fit."""
    named = now.keywords.get("disallow")
    if not now.is_old or not isinstance(named, str | list):
        return
    del now.keywords["disallow"]
    for number, one in enumerate([named] if isinstance(named, str) else named):
        refused = one
        if isinstance(one, str):
            refused = True if one == "any" else {"type": one}
        now.also({"not": refused}, ("disallow", number))
        now.moved["allOf", len(now.keywords["allOf"]) - 1, "not"] = ("disallow", number)


def _extensions(now: Rewriting) -> None:
    named = now.keywords.get("extends")
    if not now.is_old or not isinstance(named, dict | list):
        return
    del now.keywords["extends"]
    if isinstance(named, dict):
        now.also(named, ("extends",))
    else:
        for number, part in enumerate(named):
            now.also(part, ("extends", number))


def _items(now: Rewriting) -> None:
    """`items` could be what `prefixItems` is now; `additionalItems` then was what comes after."""
    keywords = now.keywords
    if isinstance(keywords.get("items"), list) and "prefixItems" not in keywords:
        keywords["prefixItems"] = keywords.pop("items")
        now.moved["prefixItems",] = ("items",)
        if "additionalItems" in keywords:
            keywords["items"] = keywords.pop("additionalItems")
            now.moved["items",] = ("additionalItems",)
    if keywords.get("prefixItems") == []:
        del keywords["prefixItems"]


def _dependencies(now: Rewriting) -> None:
    """Names that are required with another one, and schemas that hold with it, were one keyword."""
    rules = now.keywords.get("dependencies")
    if not isinstance(rules, dict):
        return
    names = {key: _listed(rule) for key, rule in rules.items() if isinstance(rule, list | str)}
    schemas = {key: rule for key, rule in rules.items() if isinstance(rule, dict | bool)}
    if len(names) + len(schemas) < len(rules):
        return
    del now.keywords["dependencies"]
    written: dict[str, dict[str, Any]] = {"dependentRequired": names, "dependentSchemas": schemas}
    start: Way = ()
    if written.keys() & now.keywords.keys():
        now.also(written, ("dependencies",))
        start = ("allOf", len(now.keywords["allOf"]) - 1)
    else:
        now.keywords.update({keyword: part for keyword, part in written.items() if part})
    now.moved.update(
        {
            (*start, keyword, key): ("dependencies", key)
            for keyword, p in written.items()
            for key in p
        }
    )


def _listed(rule: list[Any] | str) -> list[Any]:
    return [rule] if isinstance(rule, str) else rule


HABITS: Final[tuple[Callable[[Rewriting], None], ...]] = (
    *(_names, _recursion, _required, _numbers, _bounds, _division, _types, _refusals),
    *(_extensions, _items, _dependencies),
)
