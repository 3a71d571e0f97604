"""Webhook tokens that carry what they are for, so that they can be given away beforehand."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from workflows.context import StepRecord
from workflows.definition.graph import Graph
from workflows.engine.work.call import overrides
from workflows.exceptions import UnknownStep
from workflows.models.instances import WorkflowInstance
from workflows.models.step_executions import StepExecution
from workflows.steps.webhook import WebhookStep

MAC_BYTES = 16


@dataclass(frozen=True)
class Address:
    """Which visit to which webhook step of which instance a token is for."""

    instance_id: uuid.UUID
    path: str
    visit: int


def make_token(address: Address) -> str:
    """Give the token of a visit: the address itself and a MAC over it under the secret key."""
    body = address.instance_id.bytes + address.visit.to_bytes(4, "big") + address.path.encode()
    return f"{_text(body)}.{_text(_mac(settings.SECRET_KEY, body))}"


def read_token(token: str) -> Address | None:
    """Give the address in a token, or None where it is forged or of another kind."""
    body_text, _, mac_text = token.partition(".")
    body, mac = _bytes(body_text), _bytes(mac_text)
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if len(body) < 21 or not any(hmac.compare_digest(_mac(key, body), mac) for key in keys):
        return None
    path = body[20:].decode()
    return Address(uuid.UUID(bytes=body[:16]), path, int.from_bytes(body[16:20], "big"))


def address_path(path: str, holder_id: int) -> str:
    """Give the path under which a webhook step inside a group that repeats awaits its call.

    It names the item's execution, so that each has an address of its own. A step comes to its
    end at most once for its item; when a retry asks again, the address stays.
    """
    return f"{path}#{holder_id}"


def step_path(path: str) -> str:
    """Give the step's own path of an address's path."""
    return path.partition("#")[0]


def hash_of(token: str) -> str:
    """Give what is stored of a token: its SHA-256."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def has_own_token(step: WebhookStep) -> bool:
    """Whether the step's author makes its tokens."""
    return overrides(step, "get_callback_token", WebhookStep)


def url_for(
    instance: WorkflowInstance,
    graph: Graph,
    path: str,
    history: Callable[[], Sequence[StepRecord]],
    holder: StepExecution | None = None,
) -> str:
    """Give the address of the current or next visit to a webhook step.

    `holder` is the execution that has the item of whoever asks. Raises UnknownStep where there
    is no such step, where it makes its own tokens, and where it is for another item.
    """
    node = graph.nodes.get(path)
    if node is None or not isinstance(node.step, WebhookStep):
        raise UnknownStep(f"There is no webhook step {path!r}.")
    if has_own_token(node.step):
        raise UnknownStep(f"Step {path!r} makes its own token; put it into the address yourself.")
    item_path = graph.items.get(path)
    if item_path is None:
        ended = sum(record.step == path and record.finished_at is not None for record in history())
        address = Address(instance.pk, path, ended + 1)
    elif holder is not None and holder.path == item_path:
        address = Address(instance.pk, address_path(path, holder.pk), 1)
    else:
        raise UnknownStep(
            f"Step {path!r} has an address per item; ask for it inside {item_path!r}."
        )
    token = make_token(address)
    return f"{settings.SITE_URL}{reverse('workflows:hook', args=[token])}"


def _mac(key: Any, body: bytes) -> bytes:
    secret = hashlib.sha256(b"signoff webhook token" + str(key).encode()).digest()
    return hmac.digest(secret, body, "sha256")[:MAC_BYTES]


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
