"""Schemas made into functions that run over data: fast, within a budget, and fetching nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from workflows.schemas.documents import Document
from workflows.schemas.patterns import Pattern, compile_pattern
from workflows.schemas.references import Place
from workflows.schemas.walking import schemas_in

MAX_WORK: Final = 250_000
"""How often values may be held against schemas: with references, few schemas make endless work."""
CHARACTERS: Final = 200
"""How many characters of text are as much work as one schema."""
NAMES: Final = 20
"""How many names that are looked up are as much work as one schema."""

Way = tuple[str | int, ...]
"""The keys that lead to a value."""

ANY: Final = ""
KINDS: Final[dict[type, str]] = {
    dict: "object",
    list: "array",
    str: "string",
    bool: "boolean",
    int: "number",
    float: "number",
    Decimal: "number",
    type(None): "null",
}


class TooMuchWork(RuntimeError):
    """The check of some data would take too long."""


class EnoughTold(Exception):
    """More faults than anybody will read, or all that somebody wants to know."""


@dataclass(slots=True)
class Broken:
    """One rule that a value breaks."""

    keyword: str
    limit: Any
    value: Any
    schema: Any
    way: Way
    """Where it has to be mended, which is inside the value for what is missing there."""
    told: list[list[Broken]] = field(default_factory=list)
    """Of each alternative, what is wrong with it."""
    names: list[str] = field(default_factory=list)
    """The fields that do not belong there."""


Rule = Callable[[Any, Way, "Run"], None]


class Run:
    """One check of one piece of data."""

    def __init__(self, most: int) -> None:
        self.broken: list[Broken] = []
        self.scope: tuple[int, ...] = ()
        self._left = MAX_WORK
        self._most = most
        self._trials = 0
        self._is_quick = False

    def spend(self, work: int = 1) -> None:
        """Take work from what is left; raises TooMuchWork when there is none."""
        self._left -= work
        if self._left < 0:
            raise TooMuchWork

    def tell(self, broken: Broken) -> None:
        """Note a rule that is broken; raises EnoughTold when that is enough."""
        self.spend()
        self.broken.append(broken)
        if self._is_quick or (not self._trials and len(self.broken) >= self._most):
            raise EnoughTold

    def faults(self, node: Node, value: Any, way: Way) -> list[Broken]:
        """Give what would be wrong if the value had to fit the schema."""
        outer, self.broken = self.broken, []
        scope = self.scope
        self._trials += 1
        try:
            node.check(value, way, self)
            return self.broken
        except EnoughTold:
            # One fault is all that is asked for: the scope is where the check has stopped.
            self.scope = scope
            return self.broken
        finally:
            self.broken = outer
            self._trials -= 1

    def fits(self, node: Node, value: Any) -> bool:
        """Whether the value fits the schema."""
        before, self._is_quick = self._is_quick, True
        try:
            return not self.faults(node, value, ())
        finally:
            self._is_quick = before


class Node:
    """One schema of a program."""

    def __init__(self, place: Place, program: Program) -> None:
        self.place = place
        self.schema = place.schema
        self.keywords = place.keywords
        self.program = program
        self.resource = id(place.resource)

    def check(self, value: Any, way: Way, run: Run) -> None:
        """Tell the run which rules the value breaks."""
        run.spend()
        rules = self._rules[KINDS.get(type(value)) or kind_of(value)]
        if self.program.is_dynamic:
            before = run.scope
            run.scope = (*before, self.resource)
            for rule in rules:
                rule(value, way, run)
            run.scope = before
        else:
            for rule in rules:
                rule(value, way, run)

    @cached_property
    def _rules(self) -> dict[str, tuple[Rule, ...]]:
        made = list(self.program.rules_of(self))
        return {
            kind: tuple(rule for wanted, rule in made if wanted in {ANY, kind})
            for kind in set(KINDS.values())
        }

    @cached_property
    def patterns(self) -> list[Pattern]:
        """The patterns of names that this schema speaks of."""
        return [compile_pattern(text) for text in self.keywords.get("patternProperties", ())]

    def inner(self, part: Any) -> Node:
        """Give the schema that stands somewhere inside this one."""
        return self.program.node(part, self.place)

    def inner_list(self, keyword: str) -> list[Node]:
        """Give the schemas in the list under a keyword, which may be missing."""
        return [self.inner(part) for part in self.keywords.get(keyword, ())]

    def inner_map(self, keyword: str) -> dict[str, Node]:
        """Give the schemas by name under a keyword, which may be missing."""
        return {name: self.inner(part) for name, part in self.keywords.get(keyword, {}).items()}

    def broken(self, keyword: str, value: Any, way: Way, names: list[str] | None = None) -> Broken:
        """Give the breach of one of this schema's rules."""
        limit = self.keywords.get(keyword)
        return Broken(keyword, limit, value, self.schema, way, names=names or [])


Maker = Callable[[Node, Any], Rule]
"""Makes the rule of a keyword from the schema that it stands in, and from what it says there."""


class Program:
    """A whole document, ready to run."""

    def __init__(self, document: Document, makers: dict[str, tuple[str, Maker]]) -> None:
        self._makers = makers
        self._nodes = {
            id(place.schema): Node(place, self)
            for _pointer, place in schemas_in(document.root)
            if isinstance(place.schema, dict)
        }
        names = {name for node in self._nodes.values() for name in node.keywords}
        self.is_dynamic = "$dynamicRef" in names
        # The nodes know their schemas by identity, which therefore have to stay.
        self._document = document
        self.root = self.node(document.schema, document.root)

    def node(self, schema: Any, near: Place) -> Node:
        """Give the node of a schema of the document."""
        return self._nodes.get(id(schema)) or Node(near.inside(schema), self)

    def dynamic(self, name: str, scope: tuple[int, ...]) -> Node | None:
        """Give the schema that the outermost resource of those entered calls by this name."""
        found = {
            node.resource: node
            for node in self._nodes.values()
            if node.keywords.get("$dynamicAnchor") == name
        }
        return next((found[resource] for resource in scope if resource in found), None)

    def rules_of(self, node: Node) -> Iterator[tuple[str, Rule]]:
        """Yield the rules of one schema, each with the kind of value that it is about."""
        if node.schema is False:
            yield ANY, lambda value, way, run: run.tell(node.broken("", value, way))
        for keyword, limit in node.keywords.items():
            if keyword in self._makers:
                kind, maker = self._makers[keyword]
                yield kind, maker(node, limit)


def kind_of(value: Any) -> str:
    """Give the kind of a value whose class is made from one of JSON's."""
    return next(kind for known, kind in KINDS.items() if isinstance(value, known))
