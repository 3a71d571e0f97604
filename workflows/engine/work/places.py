"""Which item a run is for, and which of how many: in groups that repeat, one inside another too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils import translation
from django.utils.translation import gettext as _

from workflows.engine.work.item_labels import label_of, shortened
from workflows.models.step_executions import StepExecution
from workflows.models.tasks import HumanTask
from workflows.schemas import UnusableSchema, conceal, declared_properties

REPEATS: Final = "ForEachGroup"
LONGEST_TITLE: Final = 200
LONGEST_SUMMARY: Final = 500
LONGEST_SUFFIX: Final = 130
ALL_LABELS: Final = 100
"""Characters for the labels of all levels in a title."""

Content = Mapping[str, Any]
"""A definition as plain data, as it is stored with its version."""


@dataclass(frozen=True)
class Place:
    """One level: the number of the item from 1, how many there are, and what it is called.

    Attributes:
        label: empty where the item has nothing to be called by.
        item: without what nobody may see again.
        source: the name of the data that the items are; empty where they come from elsewhere.
    """

    number: int
    count: int
    label: str
    item: Any = None
    source: str = ""

    @property
    def of_all(self) -> str:
        """Say which of how many."""
        return _("%(number)d of %(count)d") % {"number": self.number, "count": self.count}

    @property
    def words(self) -> str:
        """Say what it is and which of how many."""
        return f"{self.label} ({self.of_all})" if self.label else self.of_all


Places = Sequence[Place]
"""The levels from the outermost group to the innermost; empty outside of groups that repeat."""


class _Row(NamedTuple):
    pk: int
    path: str
    scope: int
    position: int | None
    item: Any
    all: int | None


def places_of(contents: Mapping[int, Content]) -> dict[int, Places]:
    """Give the places of executions, each with its workflow, by their ids.

    One statement for those that have an item themselves; one more for each group up to the
    outermost that repeats.
    """
    around: dict[int, list[Mapping[str, Any]]] = {}
    found: dict[int, list[Place]] = {number: [] for number in contents}
    climbing = {number: number for number in contents}
    while climbing:
        rows = _read(climbing.values())
        for number, at in list(climbing.items()):
            row, levels, content = rows.get(at), found[number], contents[number]
            if row is not None:
                groups = around.setdefault(number, groups_around(row.path, content))
                if row.position is not None and len(levels) < len(groups):
                    levels.append(_place(row, groups[len(levels)], content))
            if row is None or not row.scope or len(levels) == len(around[number]):
                del climbing[number]
            else:
                climbing[number] = row.scope
    return {number: tuple(levels[::-1]) for number, levels in found.items()}


def groups_around(path: str, content: Content) -> list[Mapping[str, Any]]:
    """Give the groups that repeat around a step, the innermost first."""
    nodes = {node["path"]: node for node in content["nodes"]}
    path, found = path.partition("#")[0], []
    while path in nodes and (path := nodes[path]["parent"] or ""):
        if nodes[path]["group"] == REPEATS:
            found.append(nodes[path])
    return found


def title_with(title: str, places: Places) -> str:
    """Give a title that says the item and its number: "Review (2 of 3): Porto"."""
    if not places:
        return title[:LONGEST_TITLE]
    longest = max(ALL_LABELS // len(places), 12)
    labels = ", ".join(shortened(place.label, longest) for place in places if place.label)
    numbers = ", ".join(place.of_all for place in places)
    said = shortened(f"({numbers}): {labels}" if labels else f"({numbers})", LONGEST_SUFFIX)
    return f"{shortened(title, LONGEST_TITLE - len(said) - 1)} {said}"


def summary_with(summary: str, places: Places, *, is_own: bool = False) -> str:
    """Give a summary that begins with the item and its number.

    One of the task's own (`is_own`) may speak of the item by itself: then only the number is
    missing. That of the whole request may speak of all items.
    """
    says_it = [is_own and mentions(summary, [place]) for place in places]
    pairs = zip(places, says_it, strict=True)
    said = [place.of_all if is_said else place.words for place, is_said in pairs]
    return ": ".join(filter(None, (", ".join(said), summary)))[:LONGEST_SUMMARY]


def mentions(text: str, places: Places) -> bool:
    """Whether a text speaks of the items of all levels by their labels, as words of their own."""
    return bool(places) and all(
        place.label and re.search(rf"(?<!\w){re.escape(place.label)}(?!\w)", text, re.IGNORECASE)
        for place in places
    )


def name_items(tasks: Mapping[HumanTask, Content]) -> None:
    """Let tasks of items that do not say so do it, here and unsaved.

    Older releases have stored such tasks. Nothing is read where there are none.
    """
    with translation.override(settings.LANGUAGE_CODE):
        unnamed = [task for task, content in tasks.items() if _lacks_place(task, content)]
        found = places_of({task.execution_id: tasks[task] for task in unnamed})
        for task in unnamed:
            places = found[task.execution_id]
            if not mentions(task.title, places):
                task.title = title_with(task.title, places)
            about = task.summary or task.instance.summary or task.instance.reference
            task.summary = summary_with(about, places)


def _lacks_place(task: HumanTask, content: Content) -> bool:
    """Whether a task of an item does not say so: the summary of one that does has its number."""
    if not groups_around(task.step, content):
        return False
    number = re.escape(Place(0, 0, "").of_all).replace("0", r"\d+")
    return re.search(number, task.summary) is None


def _read(ids: Iterable[int]) -> dict[int, _Row]:
    groups = StepExecution.objects.filter(pk=OuterRef("scope")).order_by().values("needed")
    rows = StepExecution.objects.filter(pk__in=set(ids)).annotate(all=Subquery(groups[:1]))
    names = ("pk", "path", "scope", "position", "item", "all")
    return {row[0]: _Row(*row) for row in rows.order_by().values_list(*names)}


def _place(row: _Row, group: Mapping[str, Any], content: Content) -> Place:
    number, source = (row.position or 0) + 1, group.get("items", "")
    item, order = row.item, list[str]()
    for schema in _schemas_of(source, content) if source else ():
        item = conceal(schema, {source: [item]})[source][0]
        order += _order_of_items(schema, source)
    label = label_of(item, group.get("item_label", ""), order)
    return Place(number, max(row.all or 0, number), label, item, source)


def _schemas_of(name: str, content: Content) -> list[Any]:
    """Give the schemas of the forms that ask for some data: the start form's, those of steps."""
    asked = [content.get("start_schema"), *(node.get("form_schema") for node in content["nodes"])]
    return [schema for schema in asked if schema and name in _declared(schema)]


def _declared(schema: Any) -> frozenset[str]:
    try:
        return declared_properties(schema)
    except UnusableSchema:
        return frozenset()


def _order_of_items(schema: Any, name: str) -> Sequence[str]:
    """Give the names of an item's properties in their order, where the schema says them plainly."""
    found = schema
    for step in ("properties", name, "items", "properties"):
        found = found.get(step) if isinstance(found, dict) else None
    return tuple(found) if isinstance(found, dict) else ()
