"""Schemas in older drafts, or with habits from them, as the newest draft writes the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from workflows.schemas import pointers
from workflows.schemas.upgrade.drafts import draft_of
from workflows.schemas.upgrade.habits import HABITS, Rewriting
from workflows.schemas.upgrade.nullable import nullable
from workflows.schemas.upgrade.strays import part_at, upgrade_strays
from workflows.schemas.walking import local_target, parts_of


@dataclass(frozen=True)
class Upgraded:
    """A schema in the newest draft, and which of its parts stood elsewhere before."""

    schema: Any
    moved: dict[str, str] = field(default_factory=dict)
    """Where a part stood, by where it stands now."""

    def origin(self, pointer: str) -> str:
        """Give the place in the schema as it was written."""
        return _renamed(pointer, self.moved)


@dataclass(frozen=True)
class Stand:
    """Where in a document the upgrading is."""

    pointer: str = ""
    draft: int | None = None
    """The draft that is named here or further up."""
    is_dynamic: bool = False
    """Whether the resource around lets others extend its recursion."""


def upgrade(schema: Any) -> Upgraded:
    """Give the schema in the newest draft; the one that is given stays as it is.

    Rules beside a `$ref` hold in every draft. What is not clear is left alone, for `check_schema`
    to refuse. What comes out names no draft, unless it is an unknown one.
    """
    moved: dict[str, str] = {}
    changed = _upgraded(schema, Stand(), moved)
    draft = draft_of(schema.get("$schema")) if isinstance(schema, dict) else None
    strays = upgrade_strays(
        changed,
        lambda part, pointer: _upgraded(part, Stand(pointer, draft), moved),
        lambda pointer: _renamed(pointer, _later(moved)),
    )
    if moved:
        starts = [changed, *(part_at(changed, pointer) for pointer in strays)]
        _lead_references(starts, _later(moved))
    return Upgraded(changed, moved)


def _upgraded(schema: Any, stand: Stand, moved: dict[str, str]) -> Any:
    if not isinstance(schema, dict):
        return schema
    named = draft_of(schema.get("$schema"))
    is_resource = not stand.pointer or "$id" in schema
    is_dynamic = schema.get("$recursiveAnchor") is True if is_resource else stand.is_dynamic
    now = Rewriting(dict(schema), named or stand.draft, is_dynamic)
    if named:
        del now.keywords["$schema"]
    # First of all: what it puts inside of another schema is rewritten there.
    for habit in (nullable, *HABITS):
        habit(now)
    origin = _renamed(stand.pointer, moved)
    for way, earlier in now.moved.items():
        moved[stand.pointer + pointers.join(way)] = origin + pointers.join(earlier)
    return _with_parts(now, stand.pointer, moved)


def _with_parts(now: Rewriting, pointer: str, moved: dict[str, str]) -> dict[str, Any]:
    """Upgrade the schemas inside this one, whose own keywords are new already."""
    result = now.keywords
    parts = list(parts_of(result))
    for keyword in {way[0] for way, _part in parts if len(way) > 1}:
        result[str(keyword)] = result[str(keyword)].copy()
    for way, part in parts:
        stand = Stand(pointer + pointers.join(way), now.draft, now.is_dynamic)
        container: Any = result
        for key in way[:-1]:
            container = container[key]
        container[way[-1]] = _upgraded(part, stand, moved)
    return result


def _later(moved: dict[str, str]) -> dict[str, str]:
    return {before: now for now, before in moved.items()}


def _lead_references(starts: list[Any], names: dict[str, str]) -> None:
    """Let references lead to where their targets stand now."""
    waiting = starts
    while waiting:
        part = waiting.pop()
        if not isinstance(part, dict):
            continue
        before = local_target(part.get("$ref"))
        after = _renamed(before, names) if before else before
        if after and after != before:
            part["$ref"] = "#" + quote(after, safe="/~!$&'()*+,;=:@?")
        waiting += [inner for _way, inner in parts_of(part)]


def _renamed(pointer: str, names: dict[str, str]) -> str:
    """Replace the longest start of a pointer that has another name."""
    start = next((start for start in _starts(pointer) if start in names), None)
    return pointer if start is None else names[start] + pointer[len(start) :]


def _starts(pointer: str) -> Iterator[str]:
    while pointer:
        yield pointer
        pointer = pointers.parent(pointer)
