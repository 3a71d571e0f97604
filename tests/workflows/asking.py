"""A human step for tests: asks whom it is told to."""

from __future__ import annotations

from typing import Any

from workflows import BaseHumanStep, WorkflowContext

FORM = {
    "type": "object",
    "properties": {
        "decision": {"type": "string", "enum": ["approve", "reject"]},
        "comment": {"type": "string"},
    },
    "required": ["decision"],
}
APPROVE = {"decision": "approve"}


class Ask(BaseHumanStep):
    """Asks whom it is told to, with whatever attributes it is given."""

    form_schema: dict[str, Any] | None = FORM

    def __init__(self, to: str | None = None, groups: tuple[str, ...] = (), **said: Any) -> None:
        self.to, self.groups = to, groups
        for attribute, value in said.items():
            setattr(self, attribute, value)

    async def get_assignee(self, context: WorkflowContext) -> str | None:
        """Name the assignee."""
        return self.to

    def get_candidate_groups(self, context: WorkflowContext) -> tuple[str, ...]:
        """Name the groups."""
        return self.groups
