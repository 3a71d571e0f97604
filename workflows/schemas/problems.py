"""What is wrong with a schema, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class SchemaProblem:
    """One fault of a schema: its place as a JSON Pointer, and a sentence for the author."""

    pointer: str
    message: str


class UnusableSchema(ValueError):
    """The schema may not be used: `check_schema` has these `problems` with it."""

    def __init__(self, problems: Sequence[SchemaProblem]) -> None:
        self.problems = list(problems)
        first = self.problems[0]
        super().__init__(f"At {first.pointer or 'the root'} of the schema: {first.message}")
