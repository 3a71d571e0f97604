"""What is wrong with data: messages per JSON Pointer, for the person who has to mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from django.utils.translation import gettext as _
from jsonschema.exceptions import ValidationError

from workflows.schemas import limits, pointers
from workflows.schemas.messages import message_of, more_than_one
from workflows.schemas.validators import (
    MAX_REFERENCES,
    TooMuchWork,
    document,
    references_left,
    validator_of,
)

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
        schema: what the data should fit.
        data: what somebody has sent.
        chosen: which alternative of an `anyOf` or `oneOf` a person meant, so that nothing is told
            about the others.

    Raises UnusableSchema for a schema that `check_schema` would refuse.
    """
    usable = document(schema)
    wrong = list(islice(limits.faults(data), MAX_ERRORS))
    if wrong:
        return {pointer: [str(message)] for pointer, message in wrong}
    token = references_left.set(MAX_REFERENCES)
    try:
        errors = list(islice(validator_of(usable).iter_errors(data), MAX_ERRORS))
    except (RecursionError, TooMuchWork):
        return {"": [_("This is too complex to be checked.")]}
    finally:
        references_left.reset(token)
    return _by_place(fault for error in errors for fault in _faults(error, chosen or {}))


def _faults(
    error: ValidationError, chosen: Chosen, above: tuple[str | int, ...] = ()
) -> Iterator[Fault]:
    """Yield what an error says, at the place that has to be mended."""
    way = (*above, *error.relative_path)
    if error.validator in {"anyOf", "oneOf"}:
        yield from _of_alternatives(error, chosen, way)
    else:
        yield from _of_rule(error, way)


def _of_rule(error: ValidationError, way: tuple[str | int, ...]) -> Iterator[Fault]:
    keyword = str(error.validator) if error.validator else None
    missing = _missing(keyword, error)
    message = message_of(keyword, error.validator_value, error.instance, error.schema)
    if missing:
        for name in missing:
            yield Fault(pointers.join((*way, name)), 0, _own(error, name) or message)
    else:
        yield Fault(pointers.join(way), RANKS.get(keyword or "", len(RANKS)), message)


def _of_alternatives(
    error: ValidationError, chosen: Chosen, way: tuple[str | int, ...]
) -> Iterator[Fault]:
    """Yield what is wrong with the alternative that was meant, or else that none fits."""
    alternatives: Any = error.validator_value
    failing = {part.relative_schema_path[0] for part in error.context or ()}
    meant = _chosen(alternatives, chosen.get(pointers.join(way), ()))
    if meant is None:
        meant = _only(alternatives)
    if meant in failing:
        for part in error.context or ():
            if part.relative_schema_path[0] == meant:
                yield from _faults(part, chosen, way)
    elif len(failing) < len(alternatives):
        own = message_of("oneOf", None, None, error.schema, more_than_one())
        yield Fault(pointers.join(way), len(RANKS), own)
    else:
        yield from _of_rule(error, way)


def _chosen(alternatives: Any, choices: Sequence[tuple[Any, int]]) -> int | None:
    return next((number for met, number in choices if met == alternatives), None)


def _only(alternatives: Any) -> int | None:
    """Give the number of the one alternative that is not just for nothing, if there is one."""
    kinds = [
        number
        for number, part in enumerate(alternatives)
        if not (isinstance(part, dict) and part.get("type") == "null")
    ]
    return kinds[0] if len(kinds) == 1 else None


def _missing(keyword: str | None, error: ValidationError) -> list[str]:
    """Give the names that should be there and are not."""
    rule: Any = error.validator_value
    present: Any = error.instance
    if keyword == "required":
        wanted = list(rule)
    elif keyword in {"dependentRequired", "dependencies"}:
        wanted = [name for key, names in rule.items() if key in present for name in _listed(names)]
    else:
        wanted = []
    return [name for name in wanted if name not in present]


def _listed(names: Any) -> list[str]:
    return names if isinstance(names, list) else []


def _own(error: ValidationError, name: str) -> str:
    """Give the text that the author of a missing field's schema wants to be said."""
    schema = error.schema if isinstance(error.schema, dict) else {}
    part = schema.get("properties", {}).get(name)
    own = part.get("x-error") if isinstance(part, dict) else None
    text = own.get("required") if isinstance(own, dict) else None
    return text if isinstance(text, str) else ""


def _by_place(faults: Iterator[Fault]) -> dict[str, list[str]]:
    found: dict[str, list[Fault]] = {}
    for fault in faults:
        found.setdefault(fault.pointer, []).append(fault)
    return {pointer: _messages(group) for pointer, group in found.items()}


def _messages(group: list[Fault]) -> list[str]:
    first = min(fault.rank for fault in group)
    return list(dict.fromkeys(fault.message for fault in group if fault.rank == first))
