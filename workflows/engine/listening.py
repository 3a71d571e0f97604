"""A webhook step is reached: remember its token, or take the call that has already come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workflows.engine.tokens import Address, hash_of, make_token
from workflows.engine.transition import Transition
from workflows.models.step_executions import StepExecution
from workflows.models.webhooks import WebhookToken


@dataclass(frozen=True)
class ExpectedCall:
    """What is known of the call that an execution waits for."""

    has_come: bool = False
    payload: Any = None
    refusal: str = ""


def expect_call(transition: Transition, row: StepExecution, token: str) -> ExpectedCall:
    """Store the token of this visit; gives the payload where the call was early."""
    visit = ordinal_of(row)
    own = token or make_token(Address(transition.instance.pk, row.path, visit))
    mark = hash_of(own)
    taken = WebhookToken.objects.filter(token_hash=mark, closed_at=None)
    if taken.exclude(instance=transition.instance, path=row.path, visit=visit).exists():
        return ExpectedCall(refusal="Another step waits under the same callback token.")
    known, _ = WebhookToken.objects.get_or_create(
        instance=transition.instance, path=row.path, visit=visit, defaults={"token_hash": mark}
    )
    if known.received_at is None:
        if known.token_hash != mark:
            known.token_hash = mark
            known.save(update_fields=["token_hash"])
        return ExpectedCall()
    known.closed_at = transition.at
    known.save(update_fields=["closed_at"])
    return ExpectedCall(has_come=True, payload=known.payload)


def ordinal_of(row: StepExecution) -> int:
    """Which of the instance's visits to its path an execution is, over all scopes, from 1."""
    earlier = StepExecution.objects.filter(
        instance_id=row.instance_id, path=row.path, pk__lte=row.pk
    )
    return earlier.count()
