"""Parts that only a reference makes schemas of: they stand where no keyword looks for any."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from workflows.schemas.pointers import split
from workflows.schemas.walking import local_target, parts_of

MAX_STRAYS: Final = 300
"""What is more is not upgraded, though checked."""


def upgrade_strays(
    schema: Any, upgraded: Callable[[Any, str], Any], renamed: Callable[[str], str]
) -> list[str]:
    """Upgrade, in place, whatever a reference leads to and no keyword does; give where that is.

    Args:
        schema: a schema whose other parts are upgraded, and our own copies.
        upgraded: gives a part at a pointer in the newest draft.
        renamed: gives the pointer by which a part is found now.
    """
    strays: dict[str, Any] = {}
    while len(strays) < MAX_STRAYS and (pointer := _stray(schema, strays, renamed)) is not None:
        container, key = _own_container(schema, pointer)
        container[key] = strays[pointer] = upgraded(container[key], pointer)
    return list(strays)


def _stray(schema: Any, strays: Mapping[str, Any], renamed: Callable[[str], str]) -> str | None:
    """Give the pointer to a stray that nobody has upgraded yet."""
    known: set[int] = set()
    targets: list[str] = []
    waiting = [schema, *strays.values()]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            known.add(id(part))
            target = local_target(part.get("$ref"))
            targets += [target] if target else []
            waiting += [inner for _way, inner in parts_of(part)]
    for pointer in map(renamed, dict.fromkeys(targets)):
        found = part_at(schema, pointer)
        if pointer not in strays and isinstance(found, dict) and id(found) not in known:
            return pointer
    return None


def part_at(document: Any, pointer: str) -> Any:
    """Give what is at a pointer of the document; None where nothing is."""
    found = document
    for key in split(pointer):
        if isinstance(found, dict):
            found = found.get(key)
        elif isinstance(found, list) and key.isdecimal() and int(key) < len(found):
            found = found[int(key)]
        else:
            return None
    return found


def _own_container(document: Any, pointer: str) -> tuple[Any, Any]:
    """Give what contains the part, in our own copy, and its key there."""
    *way, last = split(pointer)
    container = document
    for key in way:
        at = int(key) if isinstance(container, list) else key
        container[at] = container[at].copy()
        container = container[at]
    return container, int(last) if isinstance(container, list) else last
