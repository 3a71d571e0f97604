"""A webhook step is reached: remember its token, or take the call that has already come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workflows.engine.transitions.commit import ON_CANCEL
from workflows.engine.transitions.transition import Transition
from workflows.engine.work.webhook_tokens import Address, address_path, hash_of, make_token
from workflows.models.step_executions import StepExecution
from workflows.models.webhooks import WebhookToken
from workflows.steps.base import StepType


@dataclass(frozen=True)
class ExpectedCall:
    """What is known of the call that an execution waits for."""

    has_come: bool = False
    payload: Any = None
    refusal: str = ""


def expect_call(transition: Transition, row: StepExecution, token: str) -> ExpectedCall:
    """Store the token of this visit; gives the payload where the call was early."""
    address = address_of(transition, row)
    mark = hash_of(token or make_token(address))
    here = {"instance": transition.instance, "path": address.path, "visit": address.visit}
    taken = WebhookToken.objects.filter(token_hash=mark, closed_at=None)
    if taken.exclude(**here).exists():
        return ExpectedCall(refusal="Another step waits under the same callback token.")
    known, _ = WebhookToken.objects.get_or_create(**here, defaults={"token_hash": mark})
    if known.received_at is None:
        if known.token_hash != mark or known.closed_at is not None:
            known.token_hash, known.closed_at = mark, None
            known.save(update_fields=["token_hash", "closed_at"])
        return ExpectedCall()
    known.closed_at = transition.at
    known.save(update_fields=["closed_at"])
    return ExpectedCall(has_come=True, payload=known.payload)


def address_of(transition: Transition, row: StepExecution) -> Address:
    """Give what the token of a webhook step's execution is for."""
    holder = holder_of(transition, row)
    if holder is None:
        return Address(transition.instance.pk, row.path, ordinal_of(row))
    return Address(transition.instance.pk, address_path(row.path, holder.pk), 1)


def holder_of(transition: Transition, row: StepExecution) -> StepExecution | None:
    """Give the active execution that has the item of this one; None outside of `for_each`.

    Without the definition, as what waits for a call can be cancelled when its code is gone.
    """
    while row.position is None and row.scope:
        row = transition.rows[row.scope]
    return None if row.position is None else row


def stop_listening(transition: Transition, canceled: Sequence[StepExecution]) -> None:
    """Close the addresses of webhook steps that were cancelled."""
    holders = ((row.path, holder_of(transition, row)) for row in canceled)
    paths = [path if holder is None else address_path(path, holder.pk) for path, holder in holders]
    WebhookToken.objects.filter(
        instance=transition.instance, path__in=paths, closed_at=None
    ).update(closed_at=transition.at)


def ordinal_of(row: StepExecution) -> int:
    """Which of the instance's visits to its path an execution is, over all scopes, from 1."""
    earlier = StepExecution.objects.filter(
        instance_id=row.instance_id, path=row.path, pk__lte=row.pk
    )
    return earlier.count()


def find_listener(transition: Transition, token: WebhookToken) -> StepExecution | None:
    """Give the execution that a token is for, once there is one.

    Where nobody will come to listen any more, because the item's own execution has ended, that is
    given instead.
    """
    rows = StepExecution.objects.filter(instance=transition.instance)
    path, _, holder_id = token.path.partition("#")
    if not holder_id:
        return rows.filter(path=path).order_by("pk")[token.visit - 1 : token.visit].first()
    scopes = [int(holder_id)]
    for inner in transition.definition.graph.inside_item(path):
        scopes = [*rows.filter(path=inner, scope__in=scopes).values_list("pk", flat=True)]
    holder = rows.filter(pk=int(holder_id)).exclude(finished_at=None)
    return rows.filter(pk__in=scopes).order_by("pk").last() or holder.first()


ON_CANCEL[StepType.WEBHOOK] = stop_listening
