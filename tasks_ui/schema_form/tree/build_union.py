"""Which alternative of a schema is shown: the one that was chosen, or the one that the data fit."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import TYPE_CHECKING, Final

from tasks_ui.schema_form.nodes.unions import Alternatives, Chooser
from tasks_ui.schema_form.posted import field_names
from tasks_ui.schema_form.posted.absent import ABSENT
from tasks_ui.schema_form.schema.alternatives import constants
from tasks_ui.schema_form.schema.hints import Hints
from tasks_ui.schema_form.schema.options import options_of
from tasks_ui.schema_form.schema.parts import Union
from tasks_ui.schema_form.schema.resolved import Outlook
from tasks_ui.schema_form.schema.signs import sign_of
from tasks_ui.schema_form.tree.inputs import Spot
from tasks_ui.schema_form.tree.kinds import asked_for, labels_of
from tasks_ui.schema_form.tree.likeness import best_fitting

if TYPE_CHECKING:
    from tasks_ui.schema_form.tree.build import Builder

MAX_CHOICES: Final = 8
"""How many choices may lead from one to the next at one place."""


def choose(builder: Builder, outlook: Outlook, hints: Hints, spot: Spot) -> list[Chooser]:
    """Take the chosen alternatives into the outlook, one after the other; give the choices."""
    choosers: list[Chooser] = []
    while not outlook.is_settled and len(choosers) < MAX_CHOICES:
        union = next_union(outlook, hints)
        if union is None:
            break
        if not spot.way and builder.given.exclude & {n for names in union.needs for n in names}:
            outlook.unions.remove(union)
            continue
        chooser = _chooser(builder, outlook, hints, spot, union, choosers)
        choosers.append(chooser)
        if chooser.number is None and not union.is_question:
            break
        outlook.choose(union, chooser.number)
        if chooser.number is not None:
            _name_by_discriminator(outlook, union, chooser.number)
    return choosers


def own_words(above: Alternatives, hints: Hints) -> tuple[str, str]:
    """Give description and help of what was chosen, where they are not those of the choice."""
    made = ((one.union.parts, one.number) for one in reversed(above.choosers))
    seen = (Outlook(parts[number]) for parts, number in made if number is not None)
    texts = (hints.get("description"), *(one.keywords.get("description") for one in seen))
    own = (text for text in texts if isinstance(text, str) and text != above.description)
    told = hints.text("help")
    return next(own, ""), "" if told == above.help else told


def next_union(outlook: Outlook, hints: Hints) -> Union | None:
    """Give what is to be chosen next; a list of values is a field, and no choice of forms.

    What is only asked among the fields comes last, and where there are none, not at all.
    """
    if "const" in outlook.keywords or options_of(outlook.keywords, hints) is not None:
        return None
    above = next((union for union in outlook.unions if not union.is_question), None)
    if above is not None:
        return above
    if len(outlook.kinds) > 1:
        listed = outlook.keywords["type"]
        parts = tuple(outlook.place.beside({"type": kind}) for kind in listed)
        outlook.unions.append(Union(listed, parts))
        return outlook.unions[-1]
    if outlook.kind != "object":
        outlook.unions.clear()
    return outlook.unions[0] if outlook.unions else None


def _chooser(
    builder: Builder,
    outlook: Outlook,
    hints: Hints,
    spot: Spot,
    union: Union,
    above: Sequence[Chooser],
) -> Chooser:
    level = len([one for one in above if not one.union.is_question]) + 1
    name = _name(union, spot.way, level, {one.name for one in above})
    posted = builder.reading.variant(name) if builder.reading else None
    number = union.number_of(posted) if posted else None
    # Another answer may have put it into the place of the one that was posted.
    may_differ = bool(union.left) or level > 1
    is_late, is_lost = spot.is_revealed or may_differ, bool(posted) and number is None
    is_unasked = posted is None and builder.reading is not None
    if posted is None:
        typed = _typed(builder, union, spot)
        number = typed[0] if len(typed) == 1 else _fitting(builder, union, outlook, spot)
        # Whoever has filled in more than one has never been asked which of them it is.
        is_late |= len(typed) > 1
    return Chooser(
        name=name,
        union=union,
        label=asked_for(union),
        labels=labels_of(union, outlook, hints),
        number=number,
        constants=_telling(union, number),
        is_lost=is_lost and not may_differ,
        is_revealed=(is_lost and may_differ) or (is_unasked and is_late),
    )


def _name(union: Union, way: str, level: int, taken: Container[str]) -> str:
    """Give the name of a choice; one that stands among fields has a sign of its own in it."""
    if not union.is_question:
        return f"{field_names.VARIANT}{level if level > 1 else ''}{way}"
    signs = (sign_of(union.decider or union.listed), sign_of([union.decider, union.listed]))
    first, other = (f"{field_names.VARIANT}{sign}{way}" for sign in signs)
    return other if first in taken else first


def _fitting(builder: Builder, union: Union, outlook: Outlook, spot: Spot) -> int | None:
    """Give the alternative that what was there belongs to, the first one where it must be one.

    What the form itself has come to says nothing: it follows from what is shown.
    """
    value = spot.stored
    if builder.firsts.shows_default(spot, is_bound=builder.reading is not None):
        own = outlook.keywords.get("default", ABSENT)
        value = own if spot.default is ABSENT else spot.default
    if not spot.way and builder.given.decided:
        value = spot.value
    if value is ABSENT:
        must_be_one = (spot.required and not spot.may_be_left_out) or bool(union.needs)
        return 0 if must_be_one and not union.left else None
    return best_fitting(builder.judge, union, value)


def _typed(builder: Builder, union: Union, spot: Spot) -> list[int]:
    """Give the alternatives whose fields somebody has filled in who saw no choice between them."""
    reading = builder.reading
    if reading is None:
        return []
    return [
        at
        for at, names in enumerate(union.needs)
        if any(reading.is_typed(field_names.inside(spot.way, name)) for name in names)
    ]


def _telling(union: Union, number: int | None) -> frozenset[str]:
    """Give names of properties that say no more than which alternative was chosen."""
    if number is None:
        return frozenset()
    told = [constants(part).keys() for part in union.parts]
    return frozenset({*set(told[0]).intersection(*told[1:]), union.discriminator} - {""})


def _name_by_discriminator(outlook: Outlook, union: Union, number: int) -> None:
    """Let the property that OpenAPI tells alternatives apart by say which one it is."""
    name, part = union.discriminator, union.parts[number]
    if not name or name in constants(part):
        return
    chosen = union.names[number]
    if chosen:
        outlook.properties[name] = [part.beside({"const": chosen})]
        outlook.required.add(name)
