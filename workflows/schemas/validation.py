"""What is wrong with data: messages per JSON Pointer, for the person who has to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from django.utils.translation import gettext as _

from workflows.schemas import limits, pointers
from workflows.schemas.documents import Document
from workflows.schemas.evaluation import Broken, EnoughTold, Run, TooMuchWork
from workflows.schemas.messages import message_of, more_than_one
from workflows.schemas.programs import document, program_of

MAX_ERRORS: Final = 500

Chosen = Mapping[str, Sequence[tuple[Any, int]]]
"""Per pointer, the lists of alternatives met there, each with the number of the one chosen."""

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


def validate(schema: Any, data: Any, chosen: Chosen | None = None) -> dict[str, list[str]]:
    """Give the messages about the data per JSON Pointer (the whole is ""); empty when it fits.

    Args:
        schema: what the data should fit, or the document made of it.
        data: what somebody has sent.
        chosen: which alternative of an `anyOf` or `oneOf` a person meant, so that nothing is told
            about the others.

    Raises UnusableSchema for a schema that `check_schema` would refuse.
    """
    program = program_of(schema if isinstance(schema, Document) else document(schema))
    wrong = list(islice(limits.faults(data), MAX_ERRORS))
    if wrong:
        return {pointer: [str(message)] for pointer, message in wrong}
    run = Run(MAX_ERRORS)
    try:
        program.root.check(data, (), run)
    except EnoughTold:
        pass  # What was told before is what there is to say.
    except (RecursionError, TooMuchWork):
        return {"": [_("This is too complex to be checked.")]}
    return _by_place(fault for broken in run.broken for fault in _faults(broken, chosen or {}))


def _faults(broken: Broken, chosen: Chosen) -> Iterator[Fault]:
    """Yield what is to be said of a broken rule, at the place that has to be mended."""
    if broken.keyword in {"anyOf", "oneOf"}:
        yield from _of_alternatives(broken, chosen)
    else:
        yield _of_rule(broken)


def _of_rule(broken: Broken) -> Fault:
    rank = RANKS.get(broken.keyword, len(RANKS))
    return Fault(pointers.join(broken.way), rank, message_of(broken))


def _of_alternatives(broken: Broken, chosen: Chosen) -> Iterator[Fault]:
    """Yield what is wrong with the alternative that was meant, or else that none fits."""
    pointer = pointers.join(broken.way)
    meant = _chosen(broken.limit, chosen.get(pointer, ()))
    if meant is None:
        meant = _meant(broken)
    if meant is not None and broken.told[meant]:
        for inner in broken.told[meant]:
            yield from _faults(inner, chosen)
    elif not all(broken.told):
        yield Fault(pointer, len(RANKS), message_of(broken, more_than_one()))
    else:
        yield _of_rule(broken)


def _chosen(alternatives: Any, choices: Sequence[tuple[Any, int]]) -> int | None:
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


def _by_place(faults: Iterable[Fault]) -> dict[str, list[str]]:
    found: dict[str, list[Fault]] = {}
    for fault in faults:
        found.setdefault(fault.pointer, []).append(fault)
    return {pointer: _messages(group) for pointer, group in found.items()}


def _messages(group: list[Fault]) -> list[str]:
    first = min(fault.rank for fault in group)
    return list(dict.fromkeys(fault.message for fault in group if fault.rank == first))
