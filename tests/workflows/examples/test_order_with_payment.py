"""Order with payment: the payment provider's call races a clock, and the winner decides."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.workflows.examples.conftest import Start
from workflows.examples.order_with_payment import Payment
from workflows.models import WebhookToken, WorkflowInstance
from workflows.testing import drain

Statuses = Callable[[WorkflowInstance], dict[str, str]]
DESK = {"order_id": "88213", "customer": "Hanna Weiß", "item": "Oak desk", "amount": 1290}


def pay(order: WorkflowInstance, amount: float, *, secret: str = Payment.secret) -> Any:
    """Call as the payment provider does."""
    body = json.dumps({"transaction": "pay_1", "amount": amount}).encode()
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    response = Client().post(
        order.data["payment_address"],
        body,
        content_type="application/json",
        headers={"X-Payment-Signature": f"sha256={signature}"},
    )
    drain()
    order.refresh_from_db()
    return response


def test_a_paid_order_is_shipped_and_its_deadline_forgotten(
    ana: User, start: Start, statuses: Statuses
) -> None:
    order = start("order_with_payment", ana, **DESK)
    assert (order.status, order.reference) == ("waiting", "88213")

    assert pay(order, 1290).status_code == 200

    assert (order.status, order.data["status"]) == ("completed", "shipped")
    assert statuses(order)["settle/deadline"] == "canceled"
    assert statuses(order)["ship"] == "succeeded"


def test_an_order_that_nobody_pays_is_cancelled_after_three_days_and_not_before(
    ana: User, start: Start, statuses: Statuses
) -> None:
    order = start("order_with_payment", ana, **DESK)
    drain(now=order.created_at + timedelta(days=2, hours=23))
    assert statuses(order)["settle/deadline"] == "scheduled"

    drain(now=order.changed_at + timedelta(days=3))

    order.refresh_from_db()
    assert order.status == "completed"
    assert order.data["status"].startswith("canceled")
    assert WebhookToken.objects.filter(instance=order, closed_at=None).count() == 0
    assert pay(order, 1290).status_code == 404


def test_half_the_price_is_not_enough(ana: User, start: Start) -> None:
    order = start("order_with_payment", ana, **DESK)
    pay(order, 645)

    assert order.status == "completed"
    assert order.data["status"].startswith("canceled")


@pytest.mark.parametrize("secret", ["", "guessed"])
def test_a_call_with_another_signature_is_not_believed(
    ana: User, start: Start, secret: str
) -> None:
    order = start("order_with_payment", ana, **DESK)

    assert pay(order, 1290, secret=secret).status_code == 401
    assert order.status == "waiting"


def test_what_is_no_payment_is_refused_with_the_reason(ana: User, start: Start) -> None:
    order = start("order_with_payment", ana, **DESK)
    response = pay(order, -1)

    assert response.status_code == 422
    assert list(json.loads(response.content)["errors"]) == ["/amount"]
