"""A workflow in which everything is long: names, texts, the form, the window for undoing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from workflows import (
    BaseHumanStep,
    BaseMachineStep,
    Edge,
    Outcome,
    Outcomes,
    WorkflowContext,
    WorkflowDefinition,
)

WORDS = "Abstimmung der Rahmenvertragsverlängerungsbedingungen mit der Rechtsabteilung"


class Prepare(BaseMachineStep):
    """Do nothing, under a long name."""

    name = "Vertragsunterlagenvorbereitung"

    async def execute(self, context: WorkflowContext) -> None:
        """Do nothing."""


class Agree(BaseHumanStep):
    """Ask for much."""

    name = "Rahmenvertragsverlängerung"
    title = WORDS
    description = (
        "Please read the **whole** contract before you decide.\n\n"
        "1. The price must be that of the [offer](https://example.org/offer).\n"
        "2. The notice period must not be longer than *three months*.\n\n"
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft is one "
        "party."
    )
    undo = timedelta(hours=2)
    form_schema = {
        "type": "object",
        "properties": {
            "decision": {"type": "string", "enum": ["agree", "change", "refuse", "later"]},
            "from": {"type": "string", "format": "date", "title": "Beginning"},
            "months": {"type": "integer", "minimum": 1, "maximum": 60, "title": "Months"},
            "lines": {
                "type": "array",
                "title": "Prices that were agreed on",
                "items": {
                    "type": "object",
                    "properties": {
                        "what": {"type": "string", "title": "What"},
                        "price": {"type": "number", "title": "Price in euros"},
                    },
                },
                "default": [{"what": "Support", "price": 1200}, {"what": "Hosting"}],
            },
            "offer": {"type": "string", "format": "data-url", "title": "Signed offer"},
            "comment": {"type": "string", "title": "Comment", "maxLength": 2000},
        },
        "required": ["decision", "from"],
    }
    ui_schema = {"comment": {"ui:widget": "textarea"}}
    outcomes = Outcomes(
        "decision",
        (
            Outcome("agree", "Agree to the extension", "good"),
            Outcome("change", "Ask for other conditions", "neutral", requires_reason=True),
            Outcome("refuse", "Refuse and give notice", "bad", requires_reason=True),
            Outcome("later", "Extend for a month first", "neutral"),
        ),
    )
    visible_data = ("party", "party_in_arabic", "address", "notes")

    async def get_candidate_groups(self, context: WorkflowContext) -> list[str]:
        """Offer it to those who see the pictures."""
        return ["authors", "Rechtsabteilung und Vertragsmanagement"]

    async def get_due_date(self, context: WorkflowContext) -> timedelta:
        """Be due soon."""
        return timedelta(minutes=40)


DEFINITION = WorkflowDefinition(
    name="contract_extension",
    version="1.0.0",
    description="Verlängerung bestehender Rahmenverträge mit allen beteiligten Abteilungen.",
    steps={"prepare": Prepare(), "agree": Agree(), "archive": Prepare()},
    edges=[Edge("prepare", "agree"), Edge("agree", "archive")],
    initial_step="prepare",
    terminal_steps={"archive"},
    start_schema={"type": "object", "properties": {}},
    summary="{party}",
    reference="number",
)

DATA: dict[str, Any] = {
    "number": "RV-2026-000004711-EMEA-NORTH",
    "party": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "party_in_arabic": "شركة النيل للملاحة (فرع 12)",
    "address": "https://contracts.example.org/archive/2026/" + "very-long-path/" * 8,
    "notes": "First line.\nSecond line, which is much longer than the first one and has to break.",
}
