"""The values that a field offers, in every way that authors write them down."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tasks_ui.schema_form.posted.absent import ABSENT
from tasks_ui.schema_form.schema.hints import Hints
from workflows.schemas import same

NOT_IN_A_LINE: Final = ("\n", "\r", "\x00")


@dataclass(frozen=True)
class Option:
    """One value to choose: what it is, what it is called, and how it is posted."""

    value: Any
    label: str
    wire: str
    is_disabled: bool = False
    """Whether nobody may choose it (any more), although data may have it."""


class Options(list[Option]):
    """All options of a field, found by their values and by what is posted."""

    def of_value(self, value: Any) -> Option | None:
        """Give the option for a value; None when it is not offered."""
        return None if value is ABSENT else self._by_value.get(same(value))

    def of_wire(self, wire: str) -> Option | None:
        """Give the option that is posted like this."""
        return self._by_wire.get(wire)

    def text_of(self, option: Option) -> str:
        """Give what stands for an option in a field of text: its label, if that is its alone."""
        is_alone = self.of_text(option.label) is option
        return option.label if is_alone else f"{option.label} ({option.wire})"

    def of_text(self, text: str) -> Option | None:
        """Give the option that somebody means who wrote this, as it is called or as it is posted.

        Small and capital letters are the same where no two options differ by them.
        """
        found = self._by_wire.get(text) or self._by_text.get(text)
        if found is None and text.endswith(")"):
            found = self._by_wire.get(text[text.rfind("(") + 1 : -1])
            found = found if found and self.text_of(found) == text else None
        return found or self._by_folded.get(text.strip().casefold())

    def find(self, text: str, most: int) -> tuple[list[Option], int]:
        """Give the first options with all these words in their labels, and how many there are."""
        words = text.casefold().split()
        found = [
            option
            for option, label in zip(self, self._folded, strict=True)
            if not option.is_disabled and all(word in label for word in words)
        ]
        start = words[0] if words else ""
        found.sort(key=lambda option: not option.label.casefold().startswith(start))
        return found[:most], len(found)

    @cached_property
    def _folded(self) -> list[str]:
        return [option.label.casefold() for option in self]

    @cached_property
    def _by_text(self) -> dict[str, Option]:
        return _only_once((option.label, option) for option in self)

    @cached_property
    def _by_folded(self) -> dict[str, Option]:
        return _only_once(zip(self._folded, self, strict=True))

    @cached_property
    def _by_value(self) -> dict[Hashable, Option]:
        # Of equal values the first counts, so it comes last.
        return {same(option.value): option for option in reversed(self)}

    @cached_property
    def _by_wire(self) -> dict[str, Option]:
        return {option.wire: option for option in reversed(self)}


@dataclass(frozen=True, eq=False)
class Listed:
    """What an author lists; the same only as itself, for comparing it would take longer."""

    enum: Any
    alternatives: tuple[Any, ...]
    names: Any
    disabled: Any
    order: Any

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Listed) and self._ids == other._ids

    def __hash__(self) -> int:
        return hash(self._ids)

    @property
    def _ids(self) -> tuple[int, ...]:
        lists = (self.enum, *self.alternatives, self.names, self.disabled, self.order)
        return tuple(map(id, lists))


def options_of(keywords: Mapping[str, Any], hints: Hints) -> Options | None:
    """Give the options of a schema; None when it is not a choice.

    It reads `enum` with `enumNames` or `ui:enumNames`, and `oneOf` or `anyOf` of constants with
    titles; `ui:enumOrder` and `ui:enumDisabled` say which come first, and which not at all.
    """
    enum, alternatives = keywords.get("enum"), (keywords.get("oneOf"), keywords.get("anyOf"))
    if not any(isinstance(values, list) for values in (enum, *alternatives)):
        return None
    listed = Listed(
        enum,
        alternatives,
        hints.get("enumNames", keywords.get("enumNames")),
        hints.get("enumDisabled"),
        hints.get("enumOrder"),
    )
    return _options(listed, get_language()) or None


@lru_cache(maxsize=500)
def _options(listed: Listed, _language: str | None) -> Options:
    """Give the options; those of a schema that is known are not made again."""
    if isinstance(listed.enum, list):
        named = list(_named(listed.enum, listed.names))
    else:
        named = _constants(listed.alternatives)
    is_plain = all(_is_plain(value) for value, _label in named)
    disabled = _identities(listed.disabled)
    options = [
        Option(value, label, value if is_plain else wire_text(value), same(value) in disabled)
        for value, label in named
    ]
    return Options(_in_order(_told_apart(options), listed.order))


def _told_apart(options: list[Option]) -> list[Option]:
    """Let options that are called alike say how they are posted: 1 and "1" are not the same."""
    values: dict[str, set[Hashable]] = {}
    for option in options:
        values.setdefault(option.label, set()).add(same(option.value))
    return [
        replace(option, label=f"{option.label} ({option.wire})")
        if len(values[option.label]) > 1
        else option
        for option in options
    ]


def wire_text(value: Any) -> str:
    """Give a value as it is posted where not all options are texts."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def label_of(value: Any) -> str:
    """Give what a value is called that nobody has given a name."""
    match value:
        case str():
            label = value or _("(empty)")
        case bool():
            label = _("Yes") if value else _("No")
        case None:
            label = _("None")
        case dict():
            titles = (value.get(name) for name in ("title", "label", "name"))
            label = next((text for text in titles if isinstance(text, str)), wire_text(value))
        case _:
            label = wire_text(value)
    return label


def _only_once(named: Iterable[tuple[str, Option]]) -> dict[str, Option]:
    """Give the options by their names, without those that share one."""
    found: dict[str, Option] = {}
    shared = set()
    for name, option in named:
        if found.setdefault(name, option) is not option:
            shared.add(name)
    return {name: option for name, option in found.items() if name not in shared}


def _is_plain(value: Any) -> bool:
    """Whether a value can be posted as it is; nothing is posted where nothing is chosen."""
    return isinstance(value, str) and bool(value) and not any(c in value for c in NOT_IN_A_LINE)


def _named(values: list[Any], given: Any) -> Iterator[tuple[Any, str]]:
    for at, value in enumerate(values):
        name = None
        if isinstance(given, list):
            name = given[at] if at < len(given) else None
        elif isinstance(given, dict):
            name = given.get(value if isinstance(value, str) else wire_text(value))
        yield value, label_of(value) if name is None else str(name)


def _constants(alternatives: Iterable[Any]) -> list[tuple[Any, str]]:
    for parts in alternatives:
        if isinstance(parts, list) and parts:
            found = [list(_constants_of(part)) for part in parts]
            if all(found):
                return [pair for pairs in found for pair in pairs]
    return []


def _constants_of(part: Any) -> Iterator[tuple[Any, str]]:
    """Yield the constants of an alternative; nothing when it has none."""
    if not isinstance(part, dict):
        return
    if "const" in part:
        yield part["const"], str(part.get("title") or label_of(part["const"]))
    elif isinstance(part.get("enum"), list):
        title = part.get("title") if len(part["enum"]) == 1 else None
        names = [title] if title else part.get("enumNames")
        yield from _named(part["enum"], names)


def _identities(values: Any) -> frozenset[Hashable]:
    return frozenset(map(same, values)) if isinstance(values, list) else frozenset()


def _in_order(options: Iterable[Option], wanted: Any) -> Iterable[Option]:
    """Give the options in the author's order; `*` stands for those that are not named."""
    if not isinstance(wanted, list):
        return options
    places = {same(value): at for at, value in enumerate(wanted)}
    rest = places.get("*", len(places))
    return sorted(options, key=lambda option: places.get(same(option.value), rest))
