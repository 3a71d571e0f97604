"""The demo's orders: paid, not paid, not paid in full, waiting."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Final

from workflows import WebhookStep, engine
from workflows.engine.webhooks.receive import webhook_step
from workflows.examples.demo.stage import Scene, Story
from workflows.models import WorkflowInstance

WORKFLOW: Final = "order_with_payment"
ITEMS: Final = (
    ("Oak desk, 160 cm", 1_290.0),
    ("Office chair, grey", 489.0),
    ("Bookshelf, five boards", 349.5),
    ("Desk lamp, brass", 129.9),
    ("Filing cabinet, white", 415.0),
    ("Meeting table for eight", 2_140.0),
    ("Whiteboard, 120 × 90 cm", 198.0),
)
CUSTOMERS: Final = (
    "Hanna Weiß",
    "M. Okafor",
    "Nordwind GmbH",
    "Kessler AG",
    "Atelier Lumière",
    "Rosa Marín",
    "Fjord Kontor AS",
    "T. Nakamura",
)


def order(scene: Scene) -> WorkflowInstance:
    """Start an order."""
    item, amount = scene.pick(ITEMS)
    data = {
        "order_id": str(scene.chance.randrange(88_000, 90_000)),
        "customer": scene.pick(CUSTOMERS),
        "item": item,
        "amount": amount,
    }
    return scene.start(WORKFLOW, scene.chance.choice(("ana", "jonas")), data)


def pay(instance: WorkflowInstance, transaction: str, *, share: float = 1.0) -> None:
    """Call as the payment provider does, with its signature."""
    instance.refresh_from_db()
    token = instance.data["payment_address"].rstrip("/").rpartition("/")[2]
    step = webhook_step(token)
    payload = {"transaction": transaction, "amount": instance.data["amount"] * share}
    body = json.dumps(payload).encode()
    signature = sign(step, body)
    engine.receive_webhook(
        token, payload, delivery_id=transaction, body=body, signature=f"sha256={signature}"
    )


def sign(step: WebhookStep, body: bytes) -> str:
    """Give the signature that the step asks for."""
    return hmac.new(step.secret.encode(), body, hashlib.sha256).hexdigest()


def paid(scene: Scene) -> Story:
    """Be paid the same day, and shipped."""
    days_ago = scene.chance.randrange(1, 30)
    yield scene.workday(days_ago, scene.chance.randrange(8, 14))
    instance = order(scene)
    yield scene.workday(days_ago, scene.chance.randrange(14, 20))
    pay(instance, f"pay_{scene.chance.randrange(10**9):09}")


def paid_in_part(scene: Scene) -> Story:
    """Be paid too little, and cancelled."""
    yield scene.workday(7, 10)
    instance = order(scene)
    yield scene.workday(7, 16)
    pay(instance, "pay_000411871", share=0.5)


def not_paid(scene: Scene) -> Story:
    """Lose the race against the clock."""
    yield scene.workday(scene.chance.randrange(6, 30), scene.chance.randrange(8, 20))
    order(scene)


def waiting(scene: Scene) -> Story:
    """Wait for the payment."""
    yield scene.ago(hours=scene.chance.randrange(1, 60), minutes=scene.chance.randrange(60))
    order(scene)


def called_off(scene: Scene) -> Story:
    """Be cancelled before it was paid."""
    days_ago = scene.chance.randrange(2, 20)
    yield scene.workday(days_ago, 9)
    instance = order(scene)
    yield scene.workday(days_ago, 15)
    engine.cancel_workflow(instance, user=instance.started_by, reason="The customer has changed.")


def suspended(scene: Scene) -> Story:
    """Be held while the address is checked; the payment that comes meanwhile waits."""
    yield scene.ago(hours=40)
    instance = order(scene)
    yield scene.ago(hours=39)
    engine.suspend(instance, user=scene.people["admin"], reason="The address may be wrong.")
    yield scene.ago(hours=20)
    pay(instance, "pay_000938112")


STORIES: Final = (
    (paid, 13),
    (paid_in_part, 1),
    (not_paid, 5),
    (waiting, 6),
    (called_off, 2),
    (suspended, 1),
)
