"""Order with payment: the payment provider's call races a clock, and the winner decides.

Shows a webhook with a signature, a timer, a race of both, and a gateway that reads who has won.
"""

from __future__ import annotations

import os
import secrets
from datetime import timedelta

from workflows import (
    BaseGateway,
    BaseMachineStep,
    Edge,
    RaceGroup,
    Retry,
    TimerStep,
    WebhookStep,
    WorkflowContext,
    WorkflowDefinition,
)


class Reserve(BaseMachineStep):
    """Put the goods aside, and tell the payment provider where to call."""

    name = "Reserve"

    async def execute(self, context: WorkflowContext) -> None:
        """Give the address away now: a call that comes early is kept."""
        context.set("payment_address", context.webhook_url("settle/payment"))


class Payment(WebhookStep):
    """Wait for the provider's call, signed with the secret that we share with it."""

    name = "payment"
    description = "Waiting for payment confirmation"
    # Without the variable nobody knows the secret, so that no call is believed.
    secret = os.environ.get("PAYMENT_WEBHOOK_SECRET") or secrets.token_hex()
    signature_header = "X-Payment-Signature"
    payload_schema = {
        "type": "object",
        "properties": {
            "transaction": {"type": "string", "minLength": 1, "maxLength": 100},
            "amount": {"type": "number", "minimum": 0},
        },
        "required": ["transaction", "amount"],
    }


class PaymentDeadline(TimerStep):
    """Give up waiting after three days."""

    name = "deadline"
    delay = timedelta(days=3)


class PaymentResult(BaseGateway):
    """Ship what is paid, cancel the rest."""

    name = "Paid?"

    async def evaluate(self, context: WorkflowContext) -> str:
        """Read the race's result: who has won, and with what."""
        race = context.previous_result
        paid = race["result"]["amount"] if race["winner"] == "payment" else 0
        return "ship" if paid >= context.get("amount") else "cancel"


class Ship(BaseMachineStep):
    """Hand the parcel to the carrier."""

    name = "Ship"
    retry = Retry(max_attempts=5, backoff=timedelta(seconds=30))

    async def execute(self, context: WorkflowContext) -> str:
        """Use the idempotency key: however often this runs, the carrier comes once."""
        parcel = f"PKG-{context.idempotency_key[-8:].replace(':', '-').upper()}"
        context.set("parcel", parcel)
        context.set("status", "shipped")
        return parcel


class Cancel(BaseMachineStep):
    """Put the goods back on the shelf."""

    name = "Cancel"

    async def execute(self, context: WorkflowContext) -> None:
        """Say why."""
        context.set("status", "canceled: not paid in time, or not in full")


order_with_payment = WorkflowDefinition(
    name="order_with_payment",
    version="1.0.0",
    description="Ship an order once it is paid, or cancel it after three days.",
    steps={
        "reserve": Reserve(),
        "settle": RaceGroup(Payment(), PaymentDeadline(), name="Settle"),
        "paid": PaymentResult(),
        "ship": Ship(),
        "cancel": Cancel(),
    },
    edges=[
        Edge("reserve", "settle"),
        Edge("settle", "paid"),
        Edge("paid", "ship", label="paid"),
        Edge("paid", "cancel", label="not paid"),
    ],
    start_schema={
        "type": "object",
        "properties": {
            "order_id": {
                "type": "string",
                "title": "Order number",
                "pattern": "^[0-9]{4,10}$",
            },
            "customer": {"type": "string", "title": "Customer", "minLength": 1, "maxLength": 120},
            "item": {"type": "string", "title": "Item", "minLength": 1, "maxLength": 200},
            "amount": {
                "type": "number",
                "title": "Amount in euros",
                "exclusiveMinimum": 0,
                "multipleOf": 0.01,
                "maximum": 100_000,
            },
        },
        "required": ["order_id", "customer", "item", "amount"],
    },
    visible_data=["order_id", "customer", "item", "amount", "status", "parcel"],
    summary="{customer}: {item}, € {amount:,.2f}",
    reference="order_id",
)
