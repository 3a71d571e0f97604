"""Expense approval: the amount chooses who decides, and the requester hears how it ended.

Shows a start form, a gateway, human steps with candidate groups, four eyes, due and reminder
dates, outcomes that ask for a reason, edges with conditions, retries, and one step class that is
used twice with another configuration.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from workflows import (
    BaseGateway,
    BaseHumanStep,
    BaseMachineStep,
    Edge,
    Outcome,
    Outcomes,
    Retry,
    WorkflowContext,
    WorkflowDefinition,
)

logger = logging.getLogger(__name__)

COST_CENTERS = {"1100": "Sales", "2100": "Marketing", "3100": "Engineering", "4100": "Office"}
"""What the ledger knows; a real step would ask the ledger itself."""


class Submit(BaseMachineStep):
    """Give the request the number under which the books will know it."""

    name = "Submit"

    async def execute(self, context: WorkflowContext) -> str:
        """Derive the number from the instance, so that a second attempt gives the same one."""
        number = f"EXP-{context.instance_id[-6:].upper()}"
        context.set("number", number)
        return number


class AmountGateway(BaseGateway):
    """Choose who decides."""

    name = "Amount"

    async def evaluate(self, context: WorkflowContext) -> str:
        """Name the next step; each is the target of an edge."""
        amount = context.get("amount", 0)

        if amount > 10_000:
            return "vp_approval"
        elif amount > 1_000:
            return "manager_approval"
        else:
            return "auto_approve"


class Approval(BaseHumanStep):
    """Ask a group to approve the expense; whoever requested it cannot."""

    form_schema = {
        "type": "object",
        "properties": {
            "decision": {
                "type": "string",
                "title": "Decision",
                "enum": ["approve", "reject"],
                "enumNames": ["Approve", "Reject"],
            },
            "comment": {
                "type": "string",
                "title": "Comment",
                "description": "The requester reads it.",
                "maxLength": 1000,
            },
        },
        "required": ["decision"],
    }
    ui_schema = {"comment": {"ui:widget": "textarea"}}
    outcomes = Outcomes(
        "decision",
        (
            Outcome("approve", "Approve", "good"),
            Outcome("reject", "Reject", "bad", requires_reason=True),
        ),
    )
    four_eyes = True
    row_fields = ("category",)

    def __init__(self, title: str, group: str, *, days: int) -> None:
        self.title = title
        self.group = group
        self.days = days

    async def get_title(self, context: WorkflowContext) -> str:
        """Say what is asked; `title` is what the picture of the workflow says."""
        return "Approve expense"

    async def get_candidate_groups(self, context: WorkflowContext) -> list[str]:
        """Offer it to everybody in the group."""
        return [self.group]

    async def get_due_date(self, context: WorkflowContext) -> timedelta:
        """Count from the moment at which the task is made."""
        return timedelta(days=self.days)

    async def get_reminder_date(self, context: WorkflowContext) -> timedelta:
        """Remind a day before it is due."""
        return timedelta(days=self.days - 1)


class AutoApprove(BaseMachineStep):
    """Approve what is too small for anybody's time."""

    name = "Auto-approve"

    async def execute(self, context: WorkflowContext) -> None:
        """Decide as a person would."""
        context.set("decision", "approve")


class Book(BaseMachineStep):
    """Book the expense in the ledger, which may not know its cost center yet."""

    name = "Book"
    retry = Retry(max_attempts=3, backoff=timedelta(minutes=1))
    timeout = timedelta(seconds=30)

    async def execute(self, context: WorkflowContext) -> dict[str, str]:
        """Raise what is wrong: the step is tried again, and fails when the attempts are used up."""
        cost_center = context.get("cost_center") or "4100"
        if cost_center not in COST_CENTERS:
            raise LookupError(f"The ledger has no cost center {cost_center}.")
        return {"cost_center": COST_CENTERS[cost_center], "entry": context.idempotency_key}


class Notify(BaseMachineStep):
    """Tell the requester; a real one would send mail."""

    def __init__(self, name: str, status: str) -> None:
        self.name = name
        self.status = status

    async def execute(self, context: WorkflowContext) -> None:
        """Note what was said."""
        logger.info("Expense %s: %s.", context.get("number"), self.status)
        context.set("status", self.status)


APPROVED = "context.get('decision') == 'approve'"
REJECTED = "context.get('decision') == 'reject'"

expense_approval = WorkflowDefinition(
    name="expense_approval",
    version="1.0.0",
    description="Get your money back: small amounts at once, larger ones after approval.",
    steps={
        "submit": Submit(),
        "amount": AmountGateway(),
        "auto_approve": AutoApprove(),
        "manager_approval": Approval("Manager approval", "managers", days=3),
        "vp_approval": Approval("VP approval", "directors", days=5),
        "book": Book(),
        "notify": Notify("Notify", "approved"),
        "notify_rejected": Notify("Notify of rejection", "rejected"),
    },
    edges=[
        Edge("submit", "amount"),
        Edge("amount", "auto_approve", label="up to 1,000"),
        Edge("amount", "manager_approval", label="up to 10,000"),
        Edge("amount", "vp_approval", label="above"),
        Edge("auto_approve", "book"),
        Edge("manager_approval", "book", APPROVED, "approved"),
        Edge("manager_approval", "notify_rejected", REJECTED, "rejected"),
        Edge("vp_approval", "book", APPROVED, "approved"),
        Edge("vp_approval", "notify_rejected", REJECTED, "rejected"),
        Edge("book", "notify"),
    ],
    start_schema={
        "type": "object",
        "properties": {
            "title": {
                "type": "string",
                "title": "What was it for?",
                "minLength": 1,
                "maxLength": 120,
            },
            "amount": {
                "type": "number",
                "title": "Amount in euros",
                "exclusiveMinimum": 0,
                "multipleOf": 0.01,
                "maximum": 1_000_000,
            },
            "category": {
                "type": "string",
                "title": "Category",
                "enum": ["travel", "meals", "equipment", "training", "software", "other"],
                "enumNames": ["Travel", "Meals", "Equipment", "Training", "Software", "Other"],
                "default": "travel",
            },
            "receipt_date": {"type": "string", "title": "Date of the receipt", "format": "date"},
            "cost_center": {
                "type": "string",
                "title": "Cost center",
                "description": "Four digits; left empty, the office pays.",
                "pattern": "^[0-9]{4}$",
            },
            "notes": {
                "type": "string",
                "title": "Notes",
                "description": "What the approver should know.",
                "maxLength": 2000,
            },
        },
        "required": ["title", "amount"],
    },
    start_ui_schema={"notes": {"ui:widget": "textarea"}},
    visible_data=[
        "title",
        "amount",
        "category",
        "receipt_date",
        "cost_center",
        "notes",
        "decision",
        "comment",
    ],
    summary="{title}, € {amount:,.2f}",
)
