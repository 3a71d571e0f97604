"""What a schema says of data that is shown and cannot be changed: titles, choices, secrets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Self

from tasks_ui.schema_form.schema.children import (
    hints_of_item,
    hints_of_name,
    items_of,
    place_of_any,
    takes_any_name,
)
from tasks_ui.schema_form.schema.conditions import Judge
from tasks_ui.schema_form.schema.hints import Hints
from tasks_ui.schema_form.schema.options import label_of as plain_label
from tasks_ui.schema_form.schema.options import options_of
from tasks_ui.schema_form.schema.resolved import Outlook
from tasks_ui.schema_form.schema.titles import label_of
from tasks_ui.schema_form.tree.build_union import MAX_CHOICES, next_union
from tasks_ui.schema_form.tree.cache import Sketch, Sketches, sketches_of
from tasks_ui.schema_form.tree.likeness import best_fitting
from workflows.schemas import Place, Spoken, document, speaking, spoken


@dataclass(frozen=True)
class Meaning:
    """What is said of one value, in the same words as where it is asked for.

    A value of one of several forms is of the one that it fits, or is most like.

    Attributes:
        label: what the value is called.
    """

    label: str
    _sketch: Sketch
    _hints: Hints
    _sketches: Sketches
    _judge: Judge
    _spoken: Spoken

    @classmethod
    def of_form(cls, schema: Any, ui_schema: Any, data: Any) -> Self:
        """Give what a form says of all its data; raises UnusableSchema."""
        loaded = document(schema)
        sketches = sketches_of(loaded)
        judge = Judge(loaded, {}, is_strict=True)
        said = spoken(loaded, ui_schema)
        return cls._of(sketches, judge, said, sketches.root, ui_schema, data)

    @classmethod
    def _of(
        cls,
        sketches: Sketches,
        judge: Judge,
        said: Spoken,
        place: Place,
        ui_schema: Any,
        value: Any,
        name: str = "",
    ) -> Self:
        sketch = sketches.sketch(place, value, judge, "")
        hints = sketch.hints(ui_schema)
        hints = hints.chosen(sketch.outlook.chosen)
        # The alternative may have a title too, which is not what was asked for.
        label = label_of(name, sketch.outlook, hints)
        for _ in range(MAX_CHOICES):
            if sketch.outlook.is_settled or (union := next_union(sketch.outlook, hints)) is None:
                break
            known = len(sketch.outlook.chosen)
            sketch.outlook.choose(union, best_fitting(judge, union, value))
            made = sketch.outlook.chosen[known:]
            hints = Hints(hints.chosen(made).ui_schema, sketch.outlook.keywords)
        return cls(label, sketch, hints, sketches, judge, said)

    def name_of(self, value: Any) -> str:
        """Give what the value is called among the choices; empty where it is called as it is."""
        options = options_of(self._sketch.outlook.keywords, self._hints)
        option = options.of_value(value) if options else None
        if option is None:
            return ""
        is_itself = option.label == plain_label(value) and not isinstance(value, dict | list)
        return "" if is_itself else option.label

    @property
    def is_settled(self) -> bool:
        """Whether the same is said of every value that may stand here."""
        return self._sketch.outlook.is_settled

    @property
    def is_secret(self) -> bool:
        """Whether nobody may see the value again."""
        return self._spoken.is_secret

    @property
    def multiple_of(self) -> Any:
        """Give the number whose multiples the value has to be, if there is one."""
        return self._sketch.outlook.keywords.get("multipleOf")

    def order(self, names: Iterable[str]) -> list[str]:
        """Give names in the order in which the form has them, and then those that it has not."""
        given = dict.fromkeys(names)
        asked = self._hints.order([n for n in self._sketch.outlook.properties if n in given])
        return [*dict.fromkeys((*asked, *given))]

    def of_property(self, name: str, value: Any) -> Meaning:
        """Give what is said of the value under a name."""
        outlook = self._sketch.outlook
        inside = hints_of_name(self._hints, outlook, name)
        given = (self._sketches, self._judge, self._spoken.of_name(name))
        asked = outlook.properties.get(name) or _elsewhere(outlook, name)
        if asked:
            place = Place.together(asked)
            return self._of(*given, place, inside, value, name)
        found = self._of(*given, place_of_any(outlook, name), inside, value, name)
        return replace(found, label=name) if takes_any_name(outlook) and name.strip() else found

    def of_item(self, at: int, value: Any) -> Meaning:
        """Give what is said of an item of an array."""
        outlook = self._sketch.outlook
        first, rest = items_of(outlook)
        place = first[at] if at < len(first) else rest or outlook.place.beside({})
        inside = hints_of_item(self._hints, at, len(first))
        given = (self._sketches, self._judge, self._spoken.of_item(at))
        return self._of(*given, place, inside, value)


def _elsewhere(outlook: Outlook, name: str) -> list[Place]:
    """Give what is asked under a name where other answers were given: data may be of those."""
    others = (place for place in speaking([outlook.place]) if name in place.properties)
    return [place.inside(place.properties[name]) for place in others][:1]
