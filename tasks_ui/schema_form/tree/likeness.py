"""Which alternative some data belong to: the one that they fit, or else are most like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tasks_ui.schema_form.posted.absent import ABSENT
from tasks_ui.schema_form.schema.alternatives import constant_of, constants
from tasks_ui.schema_form.schema.conditions import Judge
from tasks_ui.schema_form.schema.parts import Union
from tasks_ui.schema_form.schema.resolved import Outlook
from workflows.schemas import Place, found_in, same, speaking

KINDS: Final = {
    str: {"string"},
    bool: {"boolean"},
    int: {"integer", "number"},
    float: {"number"},
    list: {"array"},
    dict: {"object"},
    type(None): {"null"},
}
DEEPEST: Final = 4
MOST_ITEMS: Final = 20

Score = tuple[bool, bool, bool, bool, int, bool]
"""Named by the data, fitting, of the same constants, of the same kind, how much of it known.

Last comes whether all its constants are there, for those that are not would be added.
"""


def best_fitting(judge: Judge, union: Union, value: Any) -> int | None:
    """Give the alternative that a value fits, or is most like; the first of equals.

    Of those that another answer has left open it is None where the value does not tell.
    """
    scores = [_score(judge, union, at, value) for at in range(len(union.parts))]
    best = max(scores)
    is_named, fits, is_same, *_likeness = best
    tells = is_named or is_same or (fits and scores.count(best) == 1)
    if union.left and not tells:
        return None
    return scores.index(best)


def _score(judge: Judge, union: Union, at: int, value: Any) -> Score:
    part, seen = union.parts[at], Outlook(union.parts[at])
    there = value if isinstance(value, dict) else {}
    decided = union.decider if union.left else ""
    told = {name: one for name, one in constants(part).items() if name != decided}
    named = told.get(union.discriminator, union.names[at] if union.names else "")
    said = there.get(union.discriminator, ABSENT) if union.discriminator else ABSENT
    return (
        said is not ABSENT and same(said) == same(named),
        judge.holds(part, value),
        _is(value, constant_of(seen.keywords))
        or (bool(told) and all(_is(there.get(name, ABSENT), one) for name, one in told.items())),
        seen.kind in KINDS.get(type(value), set()),
        _known(judge, part, value),
        told.keys() <= there.keys(),
    )


def _is(value: Any, constant: Any) -> bool:
    return ABSENT is not constant and value is not ABSENT and same(value) == same(constant)


def _known(judge: Judge, place: Place, value: Any, depth: int = 0) -> int:
    """Count what a schema knows of a value: the names, and what fits under them."""
    if depth > DEEPEST:
        return 0
    return sum(
        1 + max(judge.holds(p, inner) + _known(judge, p, inner, depth + 1) for p in about)
        for about, inner in _described(place, value)
    )


def _described(place: Place, value: Any) -> Iterator[tuple[list[Place], Any]]:
    """Yield the parts of a value that a schema speaks of, with what it says of each."""
    if not isinstance(value, dict | list):
        return
    speakers = speaking([place])
    if isinstance(value, dict):
        for name, inner in value.items():
            about = [p.inside(p.properties[name]) for p in speakers if name in p.properties]
            about = about or [found for p in speakers if (found := _of_any(p, name)) is not None]
            if about:
                yield about, inner
        return
    for at, inner in enumerate(value[:MOST_ITEMS]):
        about = [found for p in speakers if (found := _of_item(p, at)) is not None]
        if about:
            yield about, inner


def _of_any(place: Place, name: str) -> Place | None:
    patterns, rest = (place.keywords.get(f"{word}Properties") for word in ("pattern", "additional"))
    for pattern, schema in (patterns or {}).items():
        if found_in(pattern, name):
            return place.inside(schema)
    return place.inside(rest) if isinstance(rest, dict) else None


def _of_item(place: Place, at: int) -> Place | None:
    first, rest = place.keywords.get("prefixItems", ()), place.keywords.get("items")
    listed = first[at] if isinstance(first, list) and at < len(first) else rest
    return place.inside(listed) if isinstance(listed, dict) else None
