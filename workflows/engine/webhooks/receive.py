"""Another system calls: find out which step waits for it, check the call, and take it once."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from workflows.engine.definitions.rename import renamed_since
from workflows.engine.definitions.stored import code_of
from workflows.engine.store.clock import now
from workflows.engine.transitions.commit import write
from workflows.engine.transitions.transition import Transition, lock_one
from workflows.engine.webhooks.wait import find_listener
from workflows.engine.work.webhook_tokens import Address, hash_of, read_token, step_path
from workflows.exceptions import BadSignature, BadValue, InvalidSubmission, UnknownToken
from workflows.models.instances import WorkflowInstance
from workflows.models.step_executions import StepExecution
from workflows.models.webhooks import WebhookToken
from workflows.schemas import validate
from workflows.steps.webhook import WebhookStep
from workflows.values.plain_json import to_json
from workflows.wakeups import wake_later


@dataclass(frozen=True)
class Receipt:
    """What became of a call: `repeated` when its delivery id had been taken before."""

    instance_id: Any
    repeated: bool = False


def receive_webhook(
    token: str,
    payload: Any,
    *,
    delivery_id: str | None = None,
    body: bytes = b"",
    signature: str = "",
) -> Receipt:
    """Take a call for the webhook step that `token` is for, also before it is reached.

    `body` and `signature` are the raw request's, for steps with a secret. Raises
    UnknownToken, BadSignature, InvalidSubmission.
    """
    address = _find(token)
    instance = WorkflowInstance.objects.select_related("definition").get(pk=address.instance_id)
    step = _step(instance, address.path)
    _check_signature(step, body, signature)
    plain = _checked(step, payload)
    with transaction.atomic():
        transition = lock_one(address.instance_id, now())
        if transition.instance.definition_id != instance.definition_id:
            # It was moved to another version meanwhile, where the step may have another name.
            address = _find(token)
        row = _row(transition, address, token)
        if row.received_at is not None:
            if delivery_id and row.delivery_id == delivery_id:
                return Receipt(address.instance_id, repeated=True)
            raise UnknownToken(_("This address is not waiting for a call."))
        _take(transition, row, plain, delivery_id or "")
        write([transition])
    return Receipt(address.instance_id)


def webhook_step(token: str) -> WebhookStep:
    """Give the step that a token is for, so that the endpoint knows which header to read."""
    address = _find(token)
    instance = WorkflowInstance.objects.select_related("definition").get(pk=address.instance_id)
    return _step(instance, address.path)


def _find(token: str) -> Address:
    """Where a token leads, by its stored hash or by the address that it carries."""
    stored = WebhookToken.objects.filter(token_hash=hash_of(token)).order_by("-pk").first()
    if stored is not None:
        return Address(stored.instance_id, stored.path, stored.visit)
    address = read_token(token)
    live = WorkflowInstance.objects.live().select_related("definition")
    instance = live.filter(pk=address.instance_id).defer("data").first() if address else None
    if address is None or instance is None:
        raise UnknownToken(_("This address is not waiting for a call."))
    if step_path(address.path) in code_of(instance.definition).graph.nodes:
        return address
    return replace(address, path=renamed_since(instance.pk, address.path))


def _step(instance: WorkflowInstance, path: str) -> WebhookStep:
    node = code_of(instance.definition).graph.nodes.get(step_path(path))
    if node is None or not isinstance(node.step, WebhookStep):
        raise UnknownToken(_("This address is not waiting for a call."))
    return node.step


def _check_signature(step: WebhookStep, body: bytes, signature: str) -> None:
    if not step.secret:
        return
    expected = hmac.new(step.secret.encode(), body, hashlib.sha256).hexdigest()
    given = signature.strip().removeprefix("sha256=").lower()
    if not hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace")):
        raise BadSignature(
            _("The header %(header)s must carry the HMAC-SHA256 of the body.")
            % {"header": step.signature_header}
        )


def _checked(step: WebhookStep, payload: Any) -> Any:
    try:
        plain = to_json(payload, "payload")
    except BadValue as error:
        raise InvalidSubmission({"": [str(error)]}) from error
    errors = validate(step.payload_schema, plain) if step.payload_schema is not None else {}
    if errors:
        raise InvalidSubmission(errors)
    return plain


def _row(transition: Transition, address: Address, token: str) -> WebhookToken:
    """Give the token's row, made now where the call is early; the instance is locked."""
    row, _made = WebhookToken.objects.get_or_create(
        instance=transition.instance,
        path=address.path,
        visit=address.visit,
        defaults={"token_hash": hash_of(token)},
    )
    if transition.instance.has_ended and row.received_at is None:
        raise UnknownToken(_("This address is not waiting for a call."))
    return row


def _take(transition: Transition, row: WebhookToken, payload: Any, delivery_id: str) -> None:
    """Hand the call to the execution that waits, or keep it until one does."""
    waiting = find_listener(transition, row)
    if waiting is not None and waiting.status != "waiting" and waiting.finished_at is not None:
        raise UnknownToken(_("This address is not waiting for a call."))
    row.payload, row.delivery_id, row.received_at = payload, delivery_id[:200], transition.at
    if waiting is None or waiting.status != "waiting":
        row.save()
        transition.record("webhook.kept", path=step_path(row.path))
        return
    row.closed_at = transition.at
    row.save()
    StepExecution.objects.filter(pk=waiting.pk, status="waiting").update(
        status=transition.ready_or_held, result=payload, fence=F("fence") + 1
    )
    transition.resume_running()
    transition.record("webhook.received", path=waiting.path, execution_id=waiting.pk)
    wake_later()
