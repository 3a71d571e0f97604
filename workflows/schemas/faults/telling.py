"""What is to be said of a broken rule, and at which place that has to be mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from workflows.schemas import pointers
from workflows.schemas.declared import title_at
from workflows.schemas.evaluation import Broken
from workflows.schemas.faults.needs import needs_of, only_one_to_fill_in, which_to_fill_in
from workflows.schemas.messages import forbidden_together, message_of, more_than_one
from workflows.schemas.references import Place

Chosen = Mapping[str, Sequence[tuple[Any, int | str]]]
"""Per pointer, the lists of alternatives met there, each with the number of the one chosen.

Where nobody has chosen it is what is to be said, in the place of a number.
"""
Called = Callable[[str], str]
"""Gives what the value at a pointer is called; empty where it is not known by another name."""

# Of several faults at one place only the first kind is told: the others follow from it.
RANKS: Final = {
    name: rank
    for rank, names in enumerate(
        (("required", "dependentRequired"), ("type",), ("const", "enum"), ("format",), ("pattern",))
    )
    for name in names
}


@dataclass(frozen=True)
class Fault:
    """One broken rule, at one place."""

    pointer: str
    rank: int
    message: str


@dataclass(frozen=True)
class Telling:
    """What is known beyond data and schema when the faults are put into words."""

    root: Place
    chosen: Chosen
    called: Called | None

    def names(self, broken: Broken, names: Sequence[str]) -> list[str]:
        """Give what properties are called: as whoever asks says, or by their titles."""
        return [self._name((*broken.way, name)) or name for name in names]

    def _name(self, way: tuple[str | int, ...]) -> str:
        return (self.called and self.called(pointers.join(way))) or title_at(self.root, way)


def faults_of(broken: Broken, telling: Telling) -> Iterator[Fault]:
    """Yield what is to be said of a broken rule, at the place that has to be mended."""
    if broken.keyword in {"anyOf", "oneOf"}:
        yield from _of_alternatives(broken, telling)
    else:
        yield _of_rule(broken, telling)


def _of_rule(broken: Broken, telling: Telling) -> Fault:
    rank = RANKS.get(broken.keyword, len(RANKS))
    words = ""
    if broken.keyword == "not" and isinstance(broken.limit, dict) and len(broken.limit) == 1:
        words = forbidden_together(telling.names(broken, broken.limit.get("required", ())))
    return Fault(pointers.join(broken.way), rank, message_of(broken, words))


def _of_alternatives(broken: Broken, telling: Telling) -> Iterator[Fault]:
    """Yield what is wrong with the alternative that was meant, or else that none fits."""
    pointer = pointers.join(broken.way)
    chosen = _chosen(broken.limit, telling.chosen.get(pointer, ()))
    needs = _needs(broken, telling)
    meant = chosen if isinstance(chosen, int) else None
    if chosen is None and not needs:
        meant = _meant(broken)
    if meant is not None and broken.told[meant]:
        for inner in broken.told[meant]:
            yield from faults_of(inner, telling)
    elif isinstance(chosen, str) or needs:
        words = chosen if isinstance(chosen, str) else needs
        yield Fault(pointer, len(RANKS), message_of(broken, words))
    elif not all(broken.told):
        yield Fault(pointer, len(RANKS), message_of(broken, more_than_one()))
    else:
        yield _of_rule(broken, telling)


def _needs(broken: Broken, telling: Telling) -> str:
    """Say which properties have to be there, where the alternatives ask for nothing else."""
    needs = needs_of(broken.limit)
    if not needs:
        return ""
    called = [telling.names(broken, names) for names in needs]
    given = broken.value if isinstance(broken.value, dict) else {}
    there = [names for names in needs if names and given.keys() >= {*names}]
    if len(there) > 1:
        return only_one_to_fill_in(called)
    return which_to_fill_in(called, only_one=broken.keyword == "oneOf")


def _chosen(alternatives: Any, choices: Sequence[tuple[Any, int | str]]) -> int | str | None:
    return next((number for met, number in choices if met == alternatives), None)


def _meant(broken: Broken) -> int | None:
    """Give the number of the one alternative that can have been meant, if there is one.

    One of several can where all others are of another type, or carry another mark: a constant
    among their own properties.
    """
    if not all(broken.told):
        return None
    close = [
        number
        for number, told in enumerate(broken.told)
        if not any(_is_mark(inner, broken.way) for inner in told)
    ]
    if not close:
        kinds = [
            number
            for number, part in enumerate(broken.limit)
            if not (isinstance(part, dict) and part.get("type") == "null")
        ]
        close = kinds
    return close[0] if len(close) == 1 else None


def _is_mark(broken: Broken, way: tuple[str | int, ...]) -> bool:
    depth = len(broken.way) - len(way)
    return (broken.keyword == "type" and not depth) or (
        broken.keyword in {"const", "enum"} and depth <= 1
    )
