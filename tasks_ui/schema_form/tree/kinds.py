"""What a choice between alternatives is called, and each of them: no two by the same words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from tasks_ui.schema_form.schema.alternatives import asked_of, constants
from tasks_ui.schema_form.schema.hints import Hints
from tasks_ui.schema_form.schema.options import label_of as value_label
from tasks_ui.schema_form.schema.parts import Union
from tasks_ui.schema_form.schema.resolved import Outlook
from tasks_ui.schema_form.schema.titles import in_words, label_of, numbered
from workflows.schemas import Place, all_of, same


def asked_for(union: Union) -> str:
    """Give what is asked where one has to choose: the property that tells, or else the kind."""
    if union.needs:
        return _("What to fill in")
    name = _telling(union) if union.left else ""
    if not name:
        return _("Kind")
    outlook = Outlook(asked_of(union.parts[0], name))
    return label_of(name, outlook, Hints(None, outlook.keywords))


def labels_of(union: Union, outlook: Outlook, hints: Hints) -> list[str]:
    """Give what the alternatives are called: by their author, constants, name or kind."""
    words = [
        [*_words(union, at), *_fields(union, at, outlook, hints), *_kinds(part)]
        for at, part in enumerate(union.parts)
    ]
    labels = [
        found[0] if found else _("Option %(number)s") % {"number": at + 1}
        for at, found in enumerate(words)
    ]
    for at, label in _shared(labels):
        more = ", ".join(words[at][1:])
        labels[at] = f"{label} ({more})" if more else label
    for at, label in _shared(labels):
        labels[at] = numbered(label, at)
    return labels


def _shared(labels: list[str]) -> list[tuple[int, str]]:
    return [(at, label) for at, label in enumerate(labels) if labels.count(label) > 1]


def _telling(union: Union) -> str:
    """Give the property for which each has a constant that no other has; empty without one."""
    told = [constants(part) for part in union.parts]
    for name in told[0]:
        values = {same(one[name]) for one in told if name in one}
        if len(values) == len(union.parts):
            return name
    return ""


def _words(union: Union, at: int) -> Iterator[str]:
    """Yield what tells an alternative from the others, the best words first."""
    part = union.parts[at]
    title, reference = Outlook(part).keywords.get("title"), part.keywords.get("$ref")
    if isinstance(title, str) and title:
        yield title
    every = [constants(each) for each in union.parts]
    for name, value in every[at].items():
        others = sum(name not in one or same(one[name]) != same(value) for one in every)
        if others or len(every) < 2:
            yield _said(name, value)
    if isinstance(reference, str) and "/" in reference:
        yield reference.rpartition("/")[2]


def _said(name: str, value: Any) -> str:
    if isinstance(value, str):
        return value_label(value)
    return _("%(label)s: %(value)s") % {"label": in_words(name), "value": value_label(value)}


def _fields(union: Union, at: int, outlook: Outlook, hints: Hints) -> Iterator[str]:
    """Yield which fields it needs, by what they are called."""
    if union.needs:
        names = [named(outlook, hints, name) for name in union.needs[at]]
        yield all_of(names) if names else _("None of these")


def named(outlook: Outlook, hints: Hints, name: str) -> str:
    """Give what a property of an object is called."""
    places = outlook.properties.get(name)
    seen = Outlook(Place.together(places)) if places else Outlook(outlook.place.beside({}))
    return label_of(name, seen, Hints(hints.inside(name), seen.keywords))


def _kinds(part: Place) -> Iterator[str]:
    seen = Outlook(part)
    words = {
        "string": _("Text"),
        "integer": _("Whole number"),
        "number": _("Number"),
        "boolean": _("Yes or no"),
        "array": _("List"),
        "null": _("Nothing"),
    }
    if "const" in seen.keywords:
        yield value_label(seen.keywords["const"])
    elif seen.kind in words:
        yield words[seen.kind]
