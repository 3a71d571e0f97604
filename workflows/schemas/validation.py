"""What is wrong with data: messages per JSON Pointer, for the person who has to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, Final

from django.utils.translation import gettext as _

from workflows.schemas import limits
from workflows.schemas.documents import Document
from workflows.schemas.evaluation import EnoughTold, Run, TooMuchWork, Way
from workflows.schemas.faults.telling import Called, Chosen, Fault, Telling, faults_of
from workflows.schemas.programs import document, program_of
from workflows.schemas.references import Place

MAX_ERRORS: Final = 500


Meant = Sequence[tuple[Way, Place, Any]]
"""Where a value stands, a schema that it has to fit as well, and the value."""


def validate(
    schema: Any,
    data: Any,
    chosen: Chosen | None = None,
    called: Called | None = None,
    meant: Meant = (),
) -> dict[str, list[str]]:
    """Give the messages about the data per JSON Pointer (the whole is ""); empty when it fits.

    Args:
        schema: what the data should fit, or the document made of it.
        data: what somebody has sent.
        chosen: which alternative of an `anyOf` or `oneOf` a person meant, so that nothing is told
            about the others.
        called: what values are called where messages name them.
        meant: the alternatives that a person has chosen, which the data have to fit even where
            they fit another one.

    Raises UnusableSchema for a schema that `check_schema` would refuse.
    """
    loaded = schema if isinstance(schema, Document) else document(schema)
    program = program_of(loaded)
    wrong = list(islice(limits.faults(data), MAX_ERRORS))
    if wrong:
        return {pointer: [str(message)] for pointer, message in wrong}
    run = Run(MAX_ERRORS)
    try:
        program.root.check(data, (), run)
        for way, place, value in meant:
            program.node(place.schema, place).check(value, way, run)
    except EnoughTold:
        pass  # What was told before is what there is to say.
    except (RecursionError, TooMuchWork):
        return {"": [_("This is too complex to be checked.")]}
    telling = Telling(loaded.root, chosen or {}, called)
    return _by_place(fault for broken in run.broken for fault in faults_of(broken, telling))


def _by_place(faults: Iterable[Fault]) -> dict[str, list[str]]:
    found: dict[str, list[Fault]] = {}
    for fault in faults:
        found.setdefault(fault.pointer, []).append(fault)
    return {pointer: _messages(group) for pointer, group in found.items()}


def _messages(group: list[Fault]) -> list[str]:
    first = min(fault.rank for fault in group)
    return list(dict.fromkeys(fault.message for fault in group if fault.rank == first))
