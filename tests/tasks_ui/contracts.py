"""A workflow that takes a contract, shows it to Ben, and asks him for a signed one."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.expenses import start_form
from tests.workflows.definitions import sequence
from workflows import BaseHumanStep, WorkflowContext

FILE = {"type": "string", "format": "data-url"}


class Review(BaseHumanStep):
    """Asks Ben for a signed contract."""

    title = "Review"
    form_schema = {
        "type": "object",
        "properties": {"signed": FILE, "pages": {"type": "integer"}},
        "required": ["signed", "pages"],
    }

    def get_assignee(self, context: WorkflowContext) -> str:
        """Ask Ben."""
        return "ben"


CONTRACTS = sequence(
    Review(),
    name="contracts",
    start_schema={
        "type": "object",
        "properties": {"contract": FILE, "secret": FILE, "title": {"type": "string"}},
        "required": ["contract", "title"],
    },
    visible_data=["title", "contract"],
)


def start(client: Client, **fields: Any) -> Any:
    """Send the start form."""
    fields = {"submission": "0" * 32, "d/contract": "", "d/secret": "", **fields}
    fields |= start_form("contracts")
    return client.post("/start/contracts/", fields)
