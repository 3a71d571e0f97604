"""Schemas that this release refuses, in code that was checked by another one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.workflows.definitions import Do, Note, sequence
from workflows import WebhookStep, WorkflowContext
from workflows.definition.validation import find_problems
from workflows.models import WorkflowInstance

Run = Callable[..., WorkflowInstance]
ELSEWHERE = {"properties": {"a/b": {"$ref": "http://example.org/x.json"}}}


class Call(WebhookStep):
    """Waits for a payment."""

    payload_schema = {"type": "object", "properties": {"paid": {"type": "boolean"}}}


def give_away(context: WorkflowContext) -> None:
    """Put the address of step b into the data."""
    context.set("url", context.webhook_url("b"))


def post(url: str, payload: Any) -> Any:
    """Call an address as another system does."""
    return Client().post(url, json.dumps(payload), content_type="application/json")


def test_a_call_is_asked_to_come_again_once_the_code_is_mended(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance = run(sequence(Do(give_away), Call(), Note()))
    monkeypatch.setattr(Call, "payload_schema", ELSEWHERE)

    answer = post(instance.data["url"], {"paid": True})

    assert answer.status_code == 503
    assert "payload schema" in answer.json()["error"]
    instance.refresh_from_db()
    assert instance.status == "waiting"


def test_old_habits_in_a_payload_schema_are_understood(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {"properties": {"paid": {"type": "boolean", "required": True}}}
    monkeypatch.setattr(Call, "payload_schema", old)
    instance = run(sequence(Do(give_away), Call(), Note()))

    refused, taken = (post(instance.data["url"], data) for data in ({}, {"paid": True}))

    assert refused.status_code == 422
    assert refused.json()["errors"] == {"/paid": ["This field is required."]}
    assert taken.status_code == 200


def test_what_is_wrong_names_the_step_and_the_place() -> None:
    definition = sequence(Call(), start_schema={"items": [{"type": "dict"}]})
    definition.steps["a"].payload_schema = ELSEWHERE  # type: ignore[attr-defined]

    found = {problem.text for problem in find_problems(definition) if problem.code == "E018"}

    [of_step, of_start] = sorted(found)
    assert of_step.startswith("a.payload_schema, at /properties/a~1b/$ref: The reference “http")
    assert of_start == "start_schema, at /items/0/type: There is no type “dict”: write “object”."
