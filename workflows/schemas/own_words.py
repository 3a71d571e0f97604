"""What the author of a schema wants to be said, instead of our own messages."""

from __future__ import annotations

from typing import Any, Final

from workflows.schemas.evaluation import Broken

KEYWORDS: Final = ("x-error", "ui:errors", "errorMessage")
"""Where the words stand: one text for all, or a text per keyword; the first that says something."""
MISSING: Final = frozenset({"required", "dependentRequired"})


def own_words(broken: Broken) -> str:
    """Give the author's text for a broken rule; empty where there is none."""
    if broken.keyword in MISSING:
        name = str(broken.way[-1])
        part = _keywords(_keywords(broken.schema).get("properties")).get(name)
        found = _text(part, "required", name, for_all=False) or _text(
            broken.schema, broken.keyword, name, for_all=False
        )
    else:
        found = _text(broken.schema, broken.keyword)
    return found


def _text(schema: Any, rule: str, name: str = "", *, for_all: bool = True) -> str:
    for keyword in KEYWORDS:
        own = _keywords(schema).get(keyword)
        if isinstance(own, dict):
            own = own.get(rule)
            # Of several names that are required, each may have words of its own.
            own = own.get(name) if isinstance(own, dict) else own
        elif not for_all:
            own = None
        if isinstance(own, str) and own:
            return own
    return ""


def _keywords(schema: Any) -> dict[str, Any]:
    return schema if isinstance(schema, dict) else {}
