"""Timers and calls from other systems, in time and early."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from tests.chaos.crash_points.journey import Act, Journey, drain, start, verb
from tests.chaos.crash_points.steps import Listen, ListenUnderOwnName, Sleep, chain
from workflows import engine
from workflows.engine.work.webhook_tokens import Address, make_token
from workflows.models import WorkflowInstance


def call(*, own_token: bool = False) -> Act:
    """Another system calls, and again with the same delivery where no answer came."""

    def do(instance: WorkflowInstance) -> None:
        token = make_token(Address(instance.pk, "listen", 1))
        if own_token:
            token = f"order-{instance.pk}"
        engine.receive_webhook(token, {"paid": True}, delivery_id="1")

    return verb("call", do)


JOURNEYS: Final = (
    Journey("timer", chain("timer", sleep=Sleep()), (start(), drain(), drain(timedelta(hours=2)))),
    Journey("call", chain("call", listen=Listen()), (start(), drain(), call(), drain())),
    Journey("early call", chain("early", listen=Listen()), (start(), call(), drain())),
    Journey(
        "own token",
        chain("own_token", listen=ListenUnderOwnName()),
        (start(), drain(), call(own_token=True), drain()),
    ),
    Journey(
        "early call under an own token",
        chain("early_own_token", listen=ListenUnderOwnName()),
        (start(), call(own_token=True), drain()),
    ),
)
