"""What is wrong with data: messages per JSON Pointer, for the person who has to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from django.utils.translation import gettext as _
from jsonschema.exceptions import ValidationError

from workflows.schemas import limits, pointers
from workflows.schemas.messages import message_of
from workflows.schemas.validators import (
    MAX_REFERENCES,
    TooMuchWork,
    document,
    references_left,
    validator_of,
)

MAX_ERRORS: Final = 500

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


def validate(schema: Any, data: Any) -> dict[str, list[str]]:
    """Give the messages about the data per JSON Pointer (the whole is ""); empty when it fits.

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
    return _by_place(fault for error in errors for fault in _faults(error))


def _faults(error: ValidationError, above: tuple[str | int, ...] = ()) -> Iterator[Fault]:
    """Yield what an error says, at the place that has to be mended."""
    keyword = str(error.validator) if error.validator else None
    way = (*above, *error.relative_path)
    chosen = _only_alternative(error, keyword)
    if chosen:
        for part in chosen:
            yield from _faults(part, way)
        return
    missing = _missing(keyword, error)
    message = message_of(keyword, error.validator_value, error.instance, error.schema)
    if missing:
        for name in missing:
            yield Fault(pointers.join((*way, name)), 0, _own(error, name) or message)
    else:
        yield Fault(pointers.join(way), RANKS.get(keyword or "", len(RANKS)), message)


def _only_alternative(error: ValidationError, keyword: str | None) -> list[ValidationError]:
    """Give the errors of the one alternative that was meant: the other is for nothing."""
    if keyword not in {"anyOf", "oneOf"} or not error.context:
        return []
    alternatives: Any = error.validator_value
    kinds = [
        number
        for number, part in enumerate(alternatives)
        if not (isinstance(part, dict) and part.get("type") == "null")
    ]
    if len(kinds) != 1 or len(alternatives) < 2:
        return []
    return [part for part in error.context if part.relative_schema_path[0] == kinds[0]]


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
