"""Onboarding: three departments prepare a colleague's first day side by side.

Shows a parallel group of human steps with a sequence inside, the callback that gets all their
results, due dates before a date in the data, and a workflow that only one group may start.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from workflows import (
    BaseHumanStep,
    BaseMachineStep,
    Edge,
    ParallelGroup,
    SequentialGroup,
    WorkflowContext,
    WorkflowDefinition,
)


class Preparation(BaseHumanStep):
    """Ask a department to prepare something some days before the colleague comes."""

    group = ""
    days_before = 3
    row_fields = ("start_date",)

    async def get_candidate_groups(self, context: WorkflowContext) -> list[str]:
        """Offer it to the whole department."""
        return [self.group]

    async def get_due_date(self, context: WorkflowContext) -> date:
        """Count back from the first day."""
        first_day = date.fromisoformat(context.get("start_date"))
        return first_day - timedelta(days=self.days_before)


class SetUpAccounts(Preparation):
    """Prepare a computer."""

    name = "accounts"
    title = "Set up accounts"
    description = "Order the computer, make the accounts, and say how to sign in."
    group = "IT"
    form_schema = {
        "type": "object",
        "properties": {
            "account": {
                "type": "string",
                "title": "Account name",
                "pattern": "^[a-z][a-z0-9.]{1,30}$",
            },
            "laptop": {
                "type": "string",
                "title": "Laptop",
                "enum": ["13 inch", "14 inch", "16 inch"],
                "default": "14 inch",
            },
        },
        "required": ["account", "laptop"],
    }


class SignContract(Preparation):
    """Get the papers signed."""

    name = "contract"
    title = "Get the contract signed"
    group = "HR"
    days_before = 10
    form_schema = {
        "type": "object",
        "properties": {
            "signed_on": {"type": "string", "title": "Signed on", "format": "date"},
        },
        "required": ["signed_on"],
    }


class PlanFirstWeek(Preparation):
    """Plan the first week, once there is a contract."""

    name = "first_week"
    title = "Plan the first week"
    group = "HR"
    form_schema = {
        "type": "object",
        "properties": {
            "buddy": {"type": "string", "title": "Buddy", "minLength": 1, "maxLength": 100},
            "plan": {"type": "string", "title": "Plan", "maxLength": 4000},
        },
        "required": ["buddy"],
    }
    ui_schema = {"plan": {"ui:widget": "textarea"}}


class PrepareDesk(Preparation):
    """Prepare a place to sit."""

    name = "desk"
    title = "Prepare a desk"
    group = "facilities"
    form_schema = {
        "type": "object",
        "properties": {
            "desk": {"type": "string", "title": "Desk", "pattern": "^[A-Z][0-9]{1,3}$"},
            "height": {
                "type": "integer",
                "title": "Height of the table in cm",
                "minimum": 60,
                "maximum": 130,
                "default": 72,
            },
        },
        "required": ["desk"],
    }


class WelcomePack(BaseMachineStep):
    """Write down for the first day what the departments have prepared."""

    name = "welcome_pack"

    async def execute(self, context: WorkflowContext) -> dict[str, Any]:
        """Take the results in the order in which the group names its steps."""
        accounts, first_week, desk = context.previous_result
        pack = {"account": accounts["account"], "desk": desk["desk"], "buddy": first_week["buddy"]}
        context.set("welcome_pack", pack)
        return pack


class Welcome(BaseHumanStep):
    """Let whoever started this see that everything is ready; without a form it is a notice."""

    name = "welcome"
    title = "Welcome the new colleague"
    description = "Everything is prepared. Hand over the welcome pack on the first day."
    visible_data = ("name", "role", "start_date", "welcome_pack")

    async def get_assignee(self, context: WorkflowContext) -> int | None:
        """Ask whoever started it, by the number of their account."""
        return int(context.user_id) if context.user_id else None

    async def get_candidate_groups(self, context: WorkflowContext) -> list[str]:
        """Let any of the department do it instead."""
        return ["HR"]

    async def get_due_date(self, context: WorkflowContext) -> date:
        """Give the first day."""
        return date.fromisoformat(context.get("start_date"))


onboarding = WorkflowDefinition(
    name="onboarding",
    version="1.0.0",
    description="Prepare the first day of a new colleague with IT, HR and facilities.",
    steps={
        "prepare": ParallelGroup(
            SetUpAccounts(),
            SequentialGroup(SignContract(), PlanFirstWeek(), name="paperwork"),
            PrepareDesk(),
            callback=WelcomePack(),
            name="Prepare",
        ),
        "welcome": Welcome(),
    },
    edges=[Edge("prepare", "welcome")],
    start_groups=["HR"],
    start_schema={
        "type": "object",
        "properties": {
            "name": {"type": "string", "title": "Name", "minLength": 1, "maxLength": 100},
            "role": {"type": "string", "title": "Role", "minLength": 1, "maxLength": 100},
            "start_date": {"type": "string", "title": "First day", "format": "date"},
            "location": {
                "type": "string",
                "title": "Office",
                "enum": ["Berlin", "Lisbon", "Oslo", "Vienna"],
                "default": "Berlin",
            },
        },
        "required": ["name", "role", "start_date"],
    },
    visible_data=["name", "role", "start_date", "location"],
    summary="{name}, {role}",
    reference="name",
)
