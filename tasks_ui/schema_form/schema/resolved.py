"""What a schema looks like as a form: its references and parts put together, for showing only.

Data is always checked by the schema as it was written; here it only matters what to ask for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from tasks_ui.schema_form.posted.absent import ABSENT
from tasks_ui.schema_form.schema.alternatives import is_constant, number_of_only
from tasks_ui.schema_form.schema.conditions import Judge
from tasks_ui.schema_form.schema.parts import Anatomy, Union, anatomy_of, defaults_in
from workflows.schemas import Place, names_in
from workflows.schemas.hints.protection import Protection

# What names a type when it is referred to, and a field when it stands with the field itself.
NAMING: Final = frozenset({"title", "ui:title", "ui:options"})
LARGEST: Final = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems"})
SMALLEST: Final = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems"})
# Which kind of value a keyword speaks about, where nobody says the type.
TELLING: Final = {
    "object": ("properties", "patternProperties", "additionalProperties"),
    "array": ("items", "prefixItems", "minItems", "maxItems", "uniqueItems"),
    "string": ("pattern", "minLength", "maxLength", "format", "contentEncoding"),
    "number": ("minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"),
}


class Outlook:
    """A schema with everything that its references and parts add to it.

    Attributes:
        keywords: what holds for the value; the schema itself goes before what it refers to.
        where: the schema that each keyword comes from, to find what the keyword holds.
        of_type: keywords that name only the type that the schema refers to.
        properties: the schemas of each property of an object, and where they stand.
        required: names of properties that must be there.
        revealed: names of properties that are there because of what was filled in.
        inactive: names of properties that were, if something else had been filled in.
        unions: alternatives that nobody has chosen from yet.
        needs: of which properties some have to be filled in, whichever they are.
        decided: alternatives that another answer decides, and which one it is.
        chosen: alternatives that were taken in: under which keyword, and which one.
        of_chosen: names of properties that the chosen alternatives speak of.
        nullable: whether null will do instead of a value.
        protection: what any of the schemas says of who may see or change the value.
        origins: identities of the schemas it was put together from, to notice recursion.
        is_live: whether what is asked for depends on what is filled in.
    """

    def __init__(
        self, place: Place, value: Any = ABSENT, judge: Judge | None = None, way: str = ""
    ) -> None:
        self.place = place
        self.keywords: dict[str, Any] = {}
        self.where: dict[str, Place] = {}
        self.of_type: set[str] = set()
        self.properties: dict[str, list[Place]] = {}
        self.required: set[str] = set()
        self.revealed: set[str] = set()
        self._with_default: set[str] = set()
        self._told: Counter[str] = Counter()
        self.inactive: set[str] = set()
        self.unions: list[Union] = []
        self.needs: list[tuple[tuple[str, ...], ...]] = []
        self.of_chosen: set[str] = set()
        self.decided: list[tuple[Any, int]] = []
        self.chosen: list[tuple[str, int]] = []
        self.protection = Protection.NONE
        self.nullable = self.is_live = False
        self.origins: set[int] = set()
        self._value, self._judge, self._way = value, judge, way
        self._is_choosing = False
        self._names: list[str] = []
        self._take(place)

    @property
    def kind(self) -> str:
        """Give the type of value to ask for: empty where it could be of several."""
        named = self.keywords.get("type")
        if isinstance(named, str):
            return named
        if isinstance(named, list):
            return self.kinds[0] if len(self.kinds) == 1 else ""
        if self.properties:
            return "object"
        telling = (
            kind for kind, names in TELLING.items() if any(name in self.keywords for name in names)
        )
        return next(telling, "")

    @property
    def kinds(self) -> list[str]:
        """Give the types that are listed, without null."""
        named = self.keywords.get("type")
        return [kind for kind in named if kind != "null"] if isinstance(named, list) else []

    @property
    def names(self) -> list[str]:
        """Give the names of properties in their order, also of those that are not asked for."""
        return [*dict.fromkeys((*self._names, *self.properties))]

    @property
    def is_union(self) -> bool:
        """Whether the value may be of one of several forms, and nobody has chosen yet."""
        return bool(self.unions)

    @property
    def is_settled(self) -> bool:
        """Whether it is the same whatever is filled in."""
        return not (self.is_live or self.unions or len(self.kinds) > 1)

    def choose(self, union: Union, number: int | None) -> None:
        """Take in one of the alternatives, or none; that may bring further ones to choose from."""
        self.unions.remove(union)
        if union.needs:
            self._choose_needs(union, number)
        elif number is not None and union.listed is self.keywords.get("type"):
            self.keywords["type"] = union.parts[number].keywords["type"]
            # Null is one of the types to choose, and no way to leave another one empty.
            self.nullable = self.keywords["type"] == "null"
        else:
            self._count(union.parts)
            if number is not None:
                self.chosen.append((union.keyword, union.listed_number(number)))
                without = {union.decider} if union.left else ()
                self._take_chosen(union.parts[number], without)
            self._leave_out(part for at, part in enumerate(union.parts) if at != number)

    def _choose_needs(self, union: Union, number: int | None) -> None:
        """Ask for what one alternative needs, and no more for what only others do."""
        wanted = set(union.needs[number]) if number is not None else set()
        others = {name for names in union.needs for name in names} - wanted - self.required
        self.required |= wanted
        self.inactive |= others
        self._names = self.names
        for name in others:
            self.properties.pop(name, None)

    def _take_chosen(self, part: Place, without: Iterable[str]) -> None:
        before, self._is_choosing = self._is_choosing, True
        self._take(part, is_revealed=True, without=without)
        self._is_choosing = before

    def describe_required(self) -> None:
        """Let names that must be there and that nobody describes stand for any value."""
        if self.keywords.get("additionalProperties") is not False:
            for name in sorted(self.required - self.properties.keys()):
                self.properties[name] = [self.place.beside({})]

    def is_contested(self, name: str) -> bool:
        """Whether another answer may bring another default for a property."""
        return name in self._with_default and self._told[name] > 1

    def default_of(self, name: str) -> Any:
        """Give the default that an answer brings for a property, over its own; ABSENT for none."""
        if not self.is_contested(name):
            return ABSENT
        said = (place.keywords for place in reversed(self.properties[name]))
        return next((words["default"] for words in said if "default" in words), ABSENT)

    def inside(self, keyword: str, schema: Any) -> Place:
        """Give a schema that stands under a keyword."""
        return self.where[keyword].inside(schema)

    def _take(
        self,
        place: Place,
        *,
        is_revealed: bool = False,
        without: Iterable[str] = (),
        is_type: bool = False,
    ) -> None:
        anatomy = place.once(anatomy_of)
        self.origins.add(id(place.schema))
        for name, schema in anatomy.properties:
            self._take_property(name, schema, is_revealed, without)
        self._merge(place, anatomy, is_type)
        if (only := number_of_only(place)) is not None:
            self.chosen.append(only)
        for part in anatomy.parts:
            is_target = is_type or part is place.target()
            self._take(part, is_revealed=is_revealed, without=without, is_type=is_target)
        if self._judge is not None:
            self._ask(place, self._judge)
        self.needs += anatomy.needs
        for union in anatomy.unions:
            self._gather(union)

    def _take_property(
        self, name: str, place: Place, is_revealed: bool, without: Iterable[str]
    ) -> None:
        if name in self.properties:
            if name in without and is_constant(place.schema):
                return  # It only says of an answer that it was given.
        elif is_revealed:
            self.revealed.add(name)
        if self._is_choosing:
            self.of_chosen.add(name)
        if not is_revealed:
            self._told[name] += 1
        self.properties.setdefault(name, []).append(place)
        self.inactive.discard(name)

    def _merge(self, place: Place, anatomy: Anatomy, is_type: bool) -> None:
        self.required.update(anatomy.required)
        self.nullable |= anatomy.nullable
        self.protection |= anatomy.protection
        for name, value in anatomy.keywords:
            known = self.keywords.get(name)
            is_nearer = name in self.of_type and not is_type
            if name not in self.keywords or is_nearer:
                self.keywords[name] = value
                self.where[name] = place
                self.of_type.discard(name)
                self.of_type |= {name} & NAMING if is_type else set()
            elif name in LARGEST:
                self.keywords[name] = max(known, value)
            elif name in SMALLEST:
                self.keywords[name] = min(known, value)
            elif name == "patternProperties" and isinstance(known, dict):
                self.keywords[name] = {**value, **known}
            elif name == "enum" and isinstance(known, list):
                self.keywords[name] = [option for option in known if option in value]

    def _ask(self, place: Place, judge: Judge) -> None:
        """Take in what follows from what was filled in."""
        keywords = place.keywords
        if "if" in keywords:
            self.is_live = True
            condition = place.inside(keywords["if"])
            names: tuple[str, ...] = ("then", "else")
            branches = {name: place.inside(keywords[name]) for name in names if name in keywords}
            applies = judge.branch(self._way, condition, branches, self._value)
            self._reveal(branches, applies, condition.properties)
        there = self._value if isinstance(self._value, dict) else {}
        for name, needed in keywords.get("dependentRequired", {}).items():
            self.is_live = True
            self.required.update(needed if name in there else ())
        for name, schema in keywords.get("dependentSchemas", {}).items():
            self.is_live = True
            self._reveal({name: place.inside(schema)}, name if name in there else "", {name})

    def _reveal(self, branches: dict[str, Place], applies: str, without: Iterable[str]) -> None:
        self._count(branches.values())
        for name, branch in branches.items():
            if name == applies:
                self._take(branch, is_revealed=True, without=without)
            else:
                self._leave_out([branch])

    def _count(self, parts: Iterable[Place]) -> None:
        for part in parts:
            self._told.update(part.once(names_in))
            self._with_default |= part.once(defaults_in)

    def _leave_out(self, parts: Iterable[Place]) -> None:
        for part in parts:
            self.inactive |= part.once(names_in) - self.properties.keys()

    def _gather(self, union: Union) -> None:
        judge, decider = self._judge, union.decider
        if not decider or decider not in self.properties or judge is None:
            self.unions.append(union)
            return
        self.is_live = True
        given = self._value.get(decider, ABSENT) if isinstance(self._value, dict) else ABSENT
        # An alternative is taken in if the answer to another question is what it is for.
        meant = tuple(at for at, asked in enumerate(union.asked) if judge.holds(asked, given))
        if len(meant) < 2:
            self._count(union.parts)
        if len(meant) == 1:
            self.chosen.append((union.keyword, meant[0]))
            self._take_chosen(union.parts[meant[0]], {decider})
            self.decided.append((union.listed, meant[0]))
        elif meant:
            self.unions.append(union.reduced_to(meant))
        self._leave_out(part for at, part in enumerate(union.parts) if at not in meant)
