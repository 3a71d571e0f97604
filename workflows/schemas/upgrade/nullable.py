"""`nullable`, by which OpenAPI 3.0 says that null will do: JSON Schema itself never knew it."""

from __future__ import annotations

from typing import Any, Final

from workflows.schemas.upgrade.habits import Rewriting

ABOUT_NULL: Final = frozenset(
    {
        *("enum", "const", "not", "allOf", "anyOf", "oneOf", "if", "extends", "disallow"),
        *("$ref", "$dynamicRef", "$recursiveRef"),
    }
)
"""Keywords that null, too, would have to fit."""
REMARKS: Final = frozenset(
    {
        *("$schema", "$id", "id", "$anchor", "$comment", "$defs", "definitions", "title"),
        *("description", "default", "examples", "deprecated", "readOnly", "writeOnly"),
        *("enumNames", "nullable"),
    }
)
"""Keywords that say something of the value whichever it is."""


def nullable(now: Rewriting) -> None:
    """Let null do where the author says so, although other keywords would not have it.

    A list of values need not have it either: most who write both mean that null will do.
    """
    keywords = now.keywords
    if keywords.get("nullable") is not True:
        return
    if not keywords.keys() & ABOUT_NULL:
        named = keywords.get("type", [])
        kinds = named if isinstance(named, list) else [named]
        # Without a type null is allowed already: only the form has to know.
        if kinds and "null" not in kinds:
            keywords["type"] = [*kinds, "null"]
        return
    rules = {name: value for name, value in keywords.items() if not _is_remark(name)}
    for name in rules:
        del keywords[name]
        now.moved["anyOf", 0, name] = (name,)
    keywords["anyOf"] = [_without_null(rules, keywords), {"type": "null"}]
    del keywords["nullable"]


def _is_remark(name: str) -> bool:
    return name in REMARKS or name.startswith(("ui:", "x-"))


def _without_null(rules: dict[str, Any], keywords: dict[str, Any]) -> dict[str, Any]:
    """Give the rules for other values, of which null is none in a list either."""
    listed, names = rules.get("enum"), keywords.get("enumNames")
    if not isinstance(listed, list) or all(value is None for value in listed):
        return rules
    kept = [at for at, value in enumerate(listed) if value is not None]
    if isinstance(names, list):
        keywords["enumNames"] = [names[at] for at in kept if at < len(names)]
    return rules | {"enum": [listed[at] for at in kept]}
