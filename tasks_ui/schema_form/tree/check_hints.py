"""What is wrong with the hints of a form: unknown ones, and those that protect nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any, Final

from tasks_ui.schema_form.schema.hints import HINTS
from tasks_ui.schema_form.schema.parts import anatomy_of
from tasks_ui.schema_form.schema.protected import ELSEWHERE
from tasks_ui.schema_form.tree.control_for import LOOKS
from workflows.schemas import Place, Spoken, UnusableSchema, document
from workflows.schemas.hints.protection import (
    PROTECTING,
    PROTECTING_LOOKS,
    look_of,
    protection_anywhere,
    protection_by,
    protection_of,
)
from workflows.schemas.own_words import KEYWORDS as OF_MESSAGES
from workflows.schemas.pointers import child
from workflows.schemas.walking import parts_of

HINT, WIDGET, NAME = "W001", "W002", "W003"
PROTECTS_NOTHING: Final = "E001"
ALIKE: Final = 0.75
"""How alike two names are of which one may be the other, misspelt."""
VERY_ALIKE: Final = 0.85
"""How alike they are where other programs have names of their own."""


@dataclass(frozen=True)
class Remark:
    """One thing to say: at which place of the schema or of its hints, and what was meant."""

    code: str
    pointer: str
    text: str
    meant: str = ""
    is_beside: bool = False
    """Whether it is about the hints beside the schema."""

    @property
    def protects_nothing(self) -> bool:
        """Whether a value that should be protected is not."""
        return self.code == PROTECTS_NOTHING


def check_hints(schema: Any, ui_schema: Any) -> list[Remark]:
    """Give what is wrong with the hints in a schema and beside it; of a refused schema, nothing."""
    try:
        loaded = document(schema)
    except UnusableSchema:
        return []
    inside = _in_schema(loaded.root)
    beside = _in_ui_schema(Spoken.of([loaded.root], None), ui_schema, "")
    return [
        *(replace(one, pointer=loaded.upgraded.origin(one.pointer)) for one in inside),
        *(replace(one, is_beside=True) for one in beside),
    ]


def _in_schema(root: Place) -> Iterator[Remark]:
    """Yield what is wrong with hints among the keywords of schemas."""
    seen, waiting = set(), [("", root, True)]
    while waiting:
        pointer, place, is_heard = waiting.pop()
        if id(place.schema) in seen:
            continue
        seen.add(id(place.schema))
        if is_heard:
            said = {name: one for name, one in place.keywords.items() if name not in OF_MESSAGES}
            yield from _said(said, pointer, _names(Spoken.of([place], None)))
        elif protection_of(place.keywords):
            text = "What is protected here is no field of the form."
            yield Remark(PROTECTS_NOTHING, pointer, text)
        for way, part in parts_of(place.keywords):
            where = pointer
            for step in way:
                where = child(where, step)
            waiting.append((where, place.inside(part), is_heard and way[0] not in ELSEWHERE - DEFS))


DEFS: Final = frozenset({"$defs", "definitions"})


def _in_ui_schema(of: Spoken, ui_schema: Any, pointer: str) -> Iterator[Remark]:
    if not isinstance(ui_schema, dict):
        return
    names = _names(of)
    yield from _said(ui_schema, pointer, names)
    for name in ("disabled", "hidden"):
        if ui_schema.get(name) is True and name not in names:
            text = "This is no hint."
            yield Remark(PROTECTS_NOTHING, child(pointer, name), text, f"ui:{name}")
    for key, inner in ui_schema.items():
        at = child(pointer, key)
        if key.startswith("ui:") or (key not in names and not isinstance(inner, dict | list)):
            continue
        parts = _parts(of, names, key, inner)
        if parts is None:
            yield _unknown(key, inner, at, names)
            continue
        for step, part, said in parts:
            where = at if step is None else child(at, step)
            if part is not None:
                yield from _in_ui_schema(part, said, where)
            elif said:
                yield _unknown(str(step), said, where, frozenset())


Parts = list[tuple[str | int | None, Spoken | None, Any]]


def _parts(of: Spoken, names: frozenset[str], key: str, inner: Any) -> Parts | None:
    """Give what of the value each of these hints speaks of; None where there is no such thing."""
    if key in names or (_takes_any(of) and isinstance(inner, dict) and key not in MANY):
        return [(None, of.of_name(key), inner)]
    first = max((len(p.keywords.get("prefixItems", ())) for p in of.places), default=0)
    has_rest = any(p.keywords.get("items") not in (None, False) for p in of.places)
    found: Parts | None = None
    match key:
        case "oneOf" | "anyOf" if isinstance(inner, list):
            listed = _alternatives(of, key)
            found = [(at, listed.get(at), said) for at, said in enumerate(inner)]
        case "items" | "prefixItems" if isinstance(inner, list) and (first or has_rest):
            there = (at < first or has_rest for at in range(len(inner)))
            known = [of.of_item(at) if is_there else None for at, is_there in enumerate(there)]
            found = list(zip(range(len(inner)), known, inner, strict=True))
        case "items" if first or has_rest:
            every = [p for at in range(first + has_rest) for p in of.of_item(at).given]
            found = [(None, Spoken.of(every, None), inner)]
        case "additionalItems" if first and has_rest:
            found = [(None, of.of_item(first), inner)]
        case "additionalProperties" if _takes_any(of):
            found = [(None, of.of_name(""), inner)]
        case "patternProperties" if isinstance(inner, dict):
            listed = {name: part for p in of.places for name, part in _patterns(p).items()}
            found = [(name, listed.get(name), said) for name, said in inner.items()]
    return found


MANY: Final = frozenset(
    {
        *("oneOf", "anyOf", "items", "prefixItems", "additionalItems"),
        *("additionalProperties", "patternProperties"),
    }
)
"""Where hints for the parts of a value stand that have no name of their own."""


def _alternatives(of: Spoken, keyword: str) -> dict[Any, Spoken]:
    """Give the alternatives that one can choose from, each with what holds whichever it is."""
    found: dict[Any, Spoken] = {}
    for place in of.places:
        offered = {union.keyword for union in place.once(anatomy_of).unions}
        parts = place.keywords.get(keyword)
        is_only = isinstance(parts, list) and {"type": "null"} in parts and len(parts) == 2
        if keyword in offered or is_only:
            for at, part in enumerate(place.parts_in_place(keyword)):
                found[at] = Spoken.of([part, *of.places], None)
    return found


def _patterns(place: Place) -> dict[str, Spoken]:
    patterns = place.keywords.get("patternProperties", {})
    return {name: Spoken.of([place.inside(part)], None) for name, part in patterns.items()}


def _takes_any(of: Spoken) -> bool:
    return any(
        p.keywords.get("additionalProperties") not in (None, False)
        or p.keywords.get("patternProperties")
        for p in of.places
    )


def _names(of: Spoken) -> frozenset[str]:
    listed = frozenset(name for place in of.places for name in place.properties)
    needed = (p.keywords.get("required", ()) for p in of.places)
    return listed.union(*needed)


def _unknown(key: str, inner: Any, pointer: str, names: Iterable[str]) -> Remark:
    text = f"The schema has no {key!r} here."
    code = PROTECTS_NOTHING if protection_anywhere(inner) else NAME
    return Remark(code, pointer, text, _near(key, names))


def _said(source: dict[str, Any], pointer: str, names: frozenset[str]) -> Iterator[Remark]:
    """Yield what is wrong with the hints that are said at one place of what is there."""
    options = source.get("ui:options")
    own = {key[3:]: value for key, value in source.items() if key.startswith("ui:")}
    own.pop("options", None)
    for name, value in own.items():
        at = child(pointer, f"ui:{name}")
        yield from _hint(name, value, at) or _value(name, value, at, names)
    for name, value in options.items() if isinstance(options, dict) else ():
        at = child(child(pointer, "ui:options"), name)
        if name in HINTS or _near(name, HINTS, VERY_ALIKE) or _protects(value):
            yield from _hint(name, value, at) or _value(name, value, at, names)


def _hint(name: str, value: Any, pointer: str) -> list[Remark]:
    if name in HINTS or name.lower() in PROTECTING:
        return []
    near = _near(name, HINTS)
    is_protecting = near in PROTECTING or _protects(value) or protection_by(near, value)
    code = PROTECTS_NOTHING if is_protecting else HINT
    return [Remark(code, pointer, f"There is no hint ui:{name}.", f"ui:{near}" if near else "")]


def _value(name: str, value: Any, pointer: str, names: frozenset[str]) -> list[Remark]:
    look = look_of(value)
    if name == "widget" and look and look not in LOOKS:
        near = _near(look, LOOKS)
        code = PROTECTS_NOTHING if near in PROTECTING_LOOKS else WIDGET
        return [Remark(code, pointer, f"There is no widget {value!r}.", near)]
    if name == "order" and isinstance(value, list):
        unknown = [one for one in value if isinstance(one, str) and one not in {"*", *names}]
        said = "The schema has no {!r} here."
        return [Remark(NAME, pointer, said.format(one), _near(one, names)) for one in unknown]
    if name.lower() in PROTECTING and not isinstance(value, bool | None):
        return [Remark(HINT, pointer, f"ui:{name} is true or false; this counts as true.")]
    return []


def _protects(value: Any) -> bool:
    return look_of(value) in PROTECTING_LOOKS


def _near(name: str, names: Iterable[str], alike: float = ALIKE) -> str:
    """Give the name that was probably meant; empty where there is none like it."""
    known = {one.lower(): one for one in names}
    found = get_close_matches(name.lower(), known, 1, alike)
    return known[found[0]] if found else ""
