"""Webhooks: steps that wait for another system to call."""

from __future__ import annotations

from typing import Any, ClassVar

from workflows.context import WorkflowContext
from workflows.steps.base import Answer, Step, StepType


class WebhookStep(Step):
    """Wait for an HTTP POST to the step's own address (`context.webhook_url(step)`).

    Attributes:
        payload_schema: JSON Schema of the body; its properties are merged into the data.
        secret: where set, the call must carry `signature_header` with the hexadecimal
            HMAC-SHA256 of the raw body under this secret, optionally after `sha256=`.
        signature_header: name of that header.
    """

    step_type: ClassVar[StepType] = StepType.WEBHOOK
    payload_schema: dict[str, Any] | None = None
    secret: str = ""
    signature_header: str = "X-Signature"

    def get_callback_token(self, context: WorkflowContext) -> Answer[str]:
        """Give the secret part of the address; by default one that nobody can guess or forge."""
        return ""
