"""The HTTP endpoint of webhook steps: POST JSON to the address that a step gave away."""

from __future__ import annotations

import json
import logging
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from workflows import engine
from workflows.engine.webhooks.receive import webhook_step
from workflows.exceptions import (
    BadSignature,
    InvalidSubmission,
    UnknownToken,
    UnknownWorkflow,
    WorkflowError,
)
from workflows.http import throttle
from workflows.http.client_address import client_address
from workflows.schemas import UnusableSchema

logger = logging.getLogger("workflows")

MAX_BODY = 256 * 1024
"""Bytes: a callback says what happened; documents belong elsewhere."""
COMES_BACK_IN = "5"
"""Seconds after which to call again during an outage of the database."""
DELIVERY_HEADERS = ("X-Delivery-Id", "Idempotency-Key", "X-Request-Id", "X-GitHub-Delivery")


@csrf_exempt
@login_not_required
@require_POST
def hook(request: HttpRequest, token: str) -> HttpResponse:
    """Take a call; 200 when it was taken (also again), else 4xx with the reason as JSON."""
    address = client_address(request)
    if throttle.are_too_many(address):
        answer = _refuse(429, "Too many calls with wrong tokens or signatures; wait a minute.")
        answer["Retry-After"] = str(int(throttle.PAUSE.total_seconds()))
        return answer
    answer = _answer(request, token)
    if answer.status_code in (401, 404):
        throttle.count(address)
    return answer


def _answer(request: HttpRequest, token: str) -> JsonResponse:
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY:
        return _refuse(413, f"The body is longer than {MAX_BODY} bytes.")
    try:
        body = request.body
    except RequestDataTooBig:
        return _refuse(413, f"The body is longer than {MAX_BODY} bytes.")
    try:
        header = webhook_step(token).signature_header
        receipt = engine.receive_webhook(
            token,
            _payload(body),
            delivery_id=_delivery(request),
            body=body,
            signature=request.headers.get(header, ""),
        )
    except _NotJson as error:
        return _refuse(400, str(error))
    except (UnknownToken, BadSignature, InvalidSubmission, UnknownWorkflow) as error:
        return _refused(error)
    except UnusableSchema as error:
        logger.error("A call could not be checked: %s", error)
        return _refuse(503, "This step's payload schema cannot be used; its code has to be mended.")
    except (InterfaceError, InternalError, OperationalError) as error:
        logger.warning("A call could not be taken, and should come again: %s", error)
        answer = _refuse(503, "The database cannot be reached; send the same call again.")
        answer["Retry-After"] = COMES_BACK_IN
        return answer
    return JsonResponse({"status": "received", "repeated": receipt.repeated})


class _NotJson(ValueError):
    """The body is not JSON."""


def _payload(body: bytes) -> Any:
    if not body:
        return None
    try:
        return json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise _NotJson("The body is not JSON.") from error


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


def _delivery(request: HttpRequest) -> str:
    return next((request.headers[name] for name in DELIVERY_HEADERS if name in request.headers), "")


def _refused(error: WorkflowError) -> JsonResponse:
    match error:
        case InvalidSubmission():
            return JsonResponse({"error": "Invalid payload.", "errors": error.errors}, status=422)
        case BadSignature():
            return _refuse(401, str(error))
        case UnknownWorkflow():
            return _refuse(503, "The workflow's code is not deployed here; try again later.")
        case _:
            return _refuse(404, str(error))


def _refuse(status: int, reason: str) -> JsonResponse:
    return JsonResponse({"error": reason}, status=status)
