"""Which alternative of a schema is shown: the one that was chosen, or the one that the data fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from tasks_ui.schema_form.posted import field_names
from tasks_ui.schema_form.posted.absent import ABSENT
from tasks_ui.schema_form.schema.alternatives import constants
from tasks_ui.schema_form.schema.conditions import Judge
from tasks_ui.schema_form.schema.hints import Hints
from tasks_ui.schema_form.schema.options import label_of, options_of
from tasks_ui.schema_form.schema.parts import Union
from tasks_ui.schema_form.schema.resolved import Outlook
from tasks_ui.schema_form.tree.inputs import Spot
from tasks_ui.schema_form.tree.unions import Alternatives, Chooser
from workflows.schemas import Place

if TYPE_CHECKING:
    from tasks_ui.schema_form.tree.build import Builder

MAX_CHOICES: Final = 8
"""How many choices may lead from one to the next at one place."""
KINDS: Final = {
    str: {"string"},
    bool: {"boolean"},
    int: {"integer", "number"},
    float: {"number"},
    list: {"array"},
    dict: {"object"},
    type(None): {"null"},
}


def choose(builder: Builder, outlook: Outlook, hints: Hints, spot: Spot) -> list[Chooser]:
    """Take the chosen alternatives into the outlook, one after the other; give the choices."""
    choosers: list[Chooser] = []
    while not outlook.is_settled and len(choosers) < MAX_CHOICES:
        union = next_union(outlook, hints)
        if union is None:
            break
        level = "" if not choosers else str(len(choosers) + 1)
        name = f"{field_names.VARIANT}{level}{spot.way}"
        number = _posted(builder, name, union)
        if number == -1:
            number = _fitting(builder, union, spot)
        labels = [_label(part, at) for at, part in enumerate(union.parts)]
        told = {*constants(union.parts[number])} if number is not None else set()
        telling = frozenset({*told, union.discriminator} - {""})
        choosers.append(Chooser(name, union, labels, number, telling))
        if number is None:
            break
        outlook.choose(union, number)
        _name_by_discriminator(outlook, union, number)
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
    """Give what is to be chosen next; a list of values is a field, and no choice of forms."""
    if "const" in outlook.keywords or options_of(outlook.keywords, hints) is not None:
        return None
    if outlook.unions:
        return outlook.unions[0]
    if len(outlook.kinds) > 1:
        listed = outlook.keywords["type"]
        parts = tuple(outlook.place.beside({"type": kind}) for kind in listed)
        outlook.unions.append(Union(listed, parts))
        return outlook.unions[0]
    return None


def _posted(builder: Builder, name: str, union: Union) -> int | None:
    """Give the posted choice, None for none; -1 where nothing usable was posted."""
    text = builder.reading.variant(name) if builder.reading else None
    if text == "":
        return None
    is_number = text is not None and text.isascii() and text.isdigit() and len(text) < 5
    number = int(text) if is_number and text is not None else -1
    return number if number < len(union.parts) else -1


def _fitting(builder: Builder, union: Union, spot: Spot) -> int | None:
    """Give the alternative that what is there belongs to, the first one where it must be one."""
    value = spot.value if spot.value is not ABSENT else spot.default
    if value is ABSENT:
        return 0 if spot.required else None
    return best_fitting(builder.judge, union, value)


def best_fitting(judge: Judge, union: Union, value: Any) -> int:
    """Give the alternative that a value fits, or is most like; the first of equals."""
    scores = [(judge.holds(part, value), *_likeness(part, value)) for part in union.parts]
    return scores.index(max(scores))


def _likeness(part: Place, value: Any) -> tuple[bool, bool, int]:
    """Say how well a value goes with an alternative, whether or not it fits."""
    seen = Outlook(part)
    of_kind = seen.kind in KINDS.get(type(value), set())
    if not isinstance(value, dict):
        return False, of_kind, 0
    told = constants(part)
    same = bool(told) and all(value.get(name) == constant for name, constant in told.items())
    return same, of_kind, len(value.keys() & seen.properties.keys())


def _label(part: Place, at: int) -> str:
    """Give what an alternative is called: by its author, its constants, its name or its kind."""
    seen = Outlook(part)
    title = seen.keywords.get("title")
    reference = part.keywords.get("$ref")
    told = [value for value in constants(part).values() if isinstance(value, str)]
    if isinstance(title, str) and title:
        label = title
    elif told:
        label = told[0]
    elif isinstance(reference, str) and "/" in reference:
        label = reference.rpartition("/")[2]
    elif "const" in seen.keywords:
        label = label_of(seen.keywords["const"])
    else:
        label = _kind(seen.kind) or _("Option %(number)s") % {"number": at + 1}
    return label


def _kind(kind: str) -> str:
    words = {
        "string": _("Text"),
        "integer": _("Whole number"),
        "number": _("Number"),
        "boolean": _("Yes or no"),
        "array": _("List"),
        "null": _("Nothing"),
    }
    return words.get(kind, "")


def _name_by_discriminator(outlook: Outlook, union: Union, number: int) -> None:
    """Let the property that OpenAPI tells alternatives apart by say which one it is."""
    name = union.discriminator
    part = union.parts[number]
    if not name or name in constants(part):
        return
    reference = str(part.keywords.get("$ref", ""))
    chosen = reference.rpartition("/")[2]
    if chosen:
        outlook.properties[name] = [part.beside({"const": chosen})]
        outlook.required.add(name)
