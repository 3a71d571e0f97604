"""The active executions of one instance as `advance` sees and moves them, without a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from workflows.definition.graph import Graph

READY, JOINING, WAITING, RUNNING, HELD = "ready", "joining", "waiting", "running", "held"
FAILED, CANCELED = "failed", "canceled"
SUCCEEDED, HANDLED, SKIPPED = "succeeded", "handled", "skipped"
ENTER, LEAVE = "enter", "leave"


class Token(NamedTuple):
    """One active execution; `id` is negative while it has not been stored."""

    id: int
    path: str
    scope: int = 0
    visit: int = 1
    status: str = READY
    phase: str = ENTER
    pending: int = 0
    arrived: frozenset[int] = frozenset()
    previous: int | None = None
    error: str = ""
    position: int | None = None
    item: Any = None


@dataclass
class Board:
    """All active tokens of an instance (failed ones among them), and what was changed.

    Of a group of very many children only some may be here: `elsewhere` are statuses of the others,
    `failing` the groups with failed children among those.
    """

    graph: Graph
    tokens: dict[int, Token]
    visits: dict[str, int]
    inserted: list[int] = field(default_factory=list)
    altered: set[int] = field(default_factory=set)
    canceled: list[int] = field(default_factory=list)
    elsewhere: frozenset[str] = frozenset()
    failing: frozenset[int] = frozenset()

    @classmethod
    def of(cls, graph: Graph, tokens: Iterable[Token], visits: Mapping[str, int]) -> Board:
        return cls(graph, {token.id: token for token in tokens}, dict(visits))

    def children(self, scope: int) -> list[Token]:
        return [token for token in self.tokens.values() if token.scope == scope]

    def alter(self, token: Token, **changes: Any) -> Token:
        changed = token._replace(**changes)
        self.tokens[token.id] = changed
        if token.id > 0:
            self.altered.add(token.id)
        return changed

    def close(self, token: Token) -> None:
        """Take a token that has ended off the board."""
        self.tokens.pop(token.id, None)
        self.altered.discard(token.id)

    def insert(self, path: str, **fields: Any) -> Token:
        """Put a new token on the board; `fields` are those of a token."""
        placed = Token(-1 - len(self.inserted), path, **fields)
        self.tokens[placed.id] = placed
        self.inserted.append(placed.id)
        return placed

    def cancel(self, token: Token) -> None:
        """Cancel a token and all that runs inside it."""
        for child in self.children(token.id):
            self.cancel(child)
        self.close(token)
        self.canceled.append(token.id)

    def visit(self, path: str) -> int:
        """Count a new visit to a top-level step."""
        self.visits[path] = self.visits.get(path, 0) + 1
        return self.visits[path]

    def instance_status(self) -> str:
        """Give the instance's status, which follows from what is active; what is held is due."""
        statuses = {token.status for token in self.tokens.values()} | self.elsewhere
        if not statuses:
            return "completed"
        if FAILED in statuses:
            return "failed"
        return "running" if statuses & {READY, RUNNING, HELD} else "waiting"
