"""Webhook steps and their HTTP endpoint: tokens, signatures, early and repeated calls."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.workflows.definitions import Do, Note, sequence
from workflows import RaceGroup, TimerStep, WebhookStep, WorkflowContext, engine
from workflows.http.throttle import ALLOWED
from workflows.models import Event, StepExecution, WorkflowInstance
from workflows.testing import drain


@pytest.fixture(autouse=True)
def no_misses_before() -> None:
    """Forget the misses of other tests."""
    cache.clear()


Run = Callable[..., WorkflowInstance]
SCHEMA = {
    "type": "object",
    "properties": {"paid": {"type": "boolean"}},
    "required": ["paid"],
}


class Call(WebhookStep):
    """Waits for a payment."""

    payload_schema = SCHEMA


class OwnToken(Call):
    """Makes its own token."""

    async def get_callback_token(self, context: WorkflowContext) -> str:
        """Give a token that anybody could guess."""
        return f"payment-{context.instance_id}"


class Signed(Call):
    """Believes only signed calls."""

    secret = "s3cret"
    signature_header = "X-Pay-Signature"


def give_away(context: WorkflowContext) -> None:
    """Put the address of step b into the data, as a request to another system would."""
    context.set("url", context.webhook_url("b"))


def post(url: str, payload: Any, **headers: str) -> Any:
    """Call an address as another system does."""
    body = payload if isinstance(payload, (bytes, str)) else json.dumps(payload)
    client = Client(enforce_csrf_checks=True)
    return client.post(url, body, content_type="application/json", headers=headers)


def test_the_workflow_waits_for_the_call_and_goes_on_with_its_body(run: Run) -> None:
    instance = run(sequence(Do(give_away), Call(), Note()))
    assert instance.status == "waiting"

    answer = post(instance.data["url"], {"paid": True, "other": 1})
    drain()

    instance.refresh_from_db()
    assert (answer.status_code, instance.status) == (200, "completed")
    assert instance.data["paid"] is True
    assert "other" not in instance.data, "only what the schema declares is merged"
    assert StepExecution.objects.get(path="b").result == {"paid": True, "other": 1}


def test_a_call_that_comes_early_is_kept_until_the_step_is_reached(run: Run) -> None:
    class Hold(TimerStep):
        def get_delay(self, context: WorkflowContext) -> Any:
            from datetime import timedelta

            return timedelta(hours=1)

    instance = run(
        sequence(Do(lambda context: context.set("url", context.webhook_url("c"))), Hold(), Call())
    )
    assert post(instance.data["url"], {"paid": True}).status_code == 200
    assert post(instance.data["url"], {"paid": True}).status_code == 404

    from datetime import timedelta

    from django.utils import timezone

    drain(now=timezone.now() + timedelta(hours=2))
    instance.refresh_from_db()
    assert instance.status == "completed"
    assert instance.data["paid"] is True


def test_a_token_of_the_authors_making_works_before_the_step_is_reached(run: Run) -> None:
    definition = sequence(Note(), OwnToken())
    from workflows.testing import registered

    with registered(definition):
        instance = engine.start_workflow("sequence")
        url = f"/workflows/hooks/payment-{instance.pk}/"
        assert post(url, {"paid": False}).status_code == 200
        drain()
    instance.refresh_from_db()
    assert instance.status == "completed"


def test_unknown_used_and_cancelled_tokens_are_the_same_404(run: Run) -> None:
    used = run(sequence(Do(give_away), Call(), name="used"))
    assert post(used.data["url"], {"paid": True}).status_code == 200
    canceled = run(sequence(Do(give_away), Call(), name="canceled"))
    engine.cancel_workflow(canceled)
    drain()

    answers = [
        post(url, {"paid": True})
        for url in (used.data["url"], canceled.data["url"], "/workflows/hooks/guess.work/")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_a_repeated_delivery_gets_the_first_answer_again(run: Run) -> None:
    instance = run(sequence(Do(give_away), Call()))
    url = instance.data["url"]

    first = post(url, {"paid": True}, **{"X-Delivery-Id": "d1"})
    again = post(url, {"paid": True}, **{"X-Delivery-Id": "d1"})
    other = post(url, {"paid": True}, **{"X-Delivery-Id": "d2"})

    assert [first.status_code, again.status_code, other.status_code] == [200, 200, 404]
    assert again.json()["repeated"] is True
    assert Event.objects.filter(kind="webhook.received").count() == 1


def test_a_signed_step_believes_only_a_right_signature(run: Run) -> None:
    url = run(sequence(Do(give_away), Signed())).data["url"]
    body = json.dumps({"paid": True})
    right = hmac.new(b"s3cret", body.encode(), hashlib.sha256).hexdigest()

    assert post(url, body).status_code == 401
    assert post(url, body, **{"X-Pay-Signature": "sha256=" + "0" * 64}).status_code == 401
    assert post(url, body, **{"X-Pay-Signature": f"sha256={right}"}).status_code == 200


def test_a_body_that_does_not_fit_is_told_where(run: Run) -> None:
    url = run(sequence(Do(give_away), Call())).data["url"]
    answer = post(url, {"paid": "maybe"})
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["/paid"]
    assert post(url, {"paid": True}).status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"NaN", 400),
        (b"[" * 100_000, 400),
        (b'{"paid": true, "x": "\\u0000"}', 422),
        (b'{"paid": true, "x": "\\ud800"}', 422),
        (b'"' + b"a" * 10_000_000 + b'"', 413),
        (b"", 422),
    ],
)
def test_rubbish_gets_a_clear_answer_and_changes_nothing(
    run: Run, body: bytes, status: int
) -> None:
    instance = run(sequence(Do(give_away), Call()))
    answer = post(instance.data["url"], body)
    assert answer.status_code == status
    assert answer.json()["error"]
    assert StepExecution.objects.get(path="b").status == "waiting"


@pytest.mark.parametrize(
    "token", ["x", "a.b", "\u00e9.\u00e9", "A" * 400, "....", "%00", "AAAA.AAAA"]
)
def test_a_malformed_token_is_not_found(db: None, token: str) -> None:
    assert post(f"/workflows/hooks/{token}/", {}).status_code == 404


def test_who_keeps_guessing_has_to_wait(db: None) -> None:
    answers = [post("/workflows/hooks/guess/", {}) for _ in range(ALLOWED + 1)]
    assert [answer.status_code for answer in answers] == [404] * ALLOWED + [429]
    assert int(answers[-1]["Retry-After"]) > 0


def test_only_post_is_answered(db: None) -> None:
    assert Client().get("/workflows/hooks/x/").status_code == 405


def test_the_next_round_of_a_loop_has_its_own_address(run: Run) -> None:
    from tests.workflows.definitions import graph
    from workflows import Edge

    definition = graph(
        Edge("tell", "call"),
        Edge("call", "tell", condition="not context.get('paid')"),
        Edge("call", "end", condition="context.get('paid')"),
        tell=Do(lambda context: context.set("url", context.webhook_url("call"))),
        call=Call(),
    )
    instance = run(definition)
    first = instance.data["url"]
    post(first, {"paid": False})
    drain()
    instance.refresh_from_db()

    assert instance.data["url"] != first
    assert post(first, {"paid": True}).status_code == 404
    assert post(instance.data["url"], {"paid": True}).status_code == 200
    drain()
    instance.refresh_from_db()
    assert instance.status == "completed"


def test_two_steps_cannot_wait_under_one_token(run: Run) -> None:
    class Same(Call):
        def get_callback_token(self, context: WorkflowContext) -> str:
            if context.get("late"):
                return "same"
            raise LookupError("not known yet")

    late = Do(lambda context: context.set("late", True))
    run(sequence(late, Same(), name="first"))
    second = run(sequence(late, Same(), name="second"))
    assert second.status == "failed"
    assert "same callback token" in second.error


def test_a_race_that_another_won_closes_the_address(run: Run) -> None:
    race = RaceGroup(Call(), Do(lambda context: "done"))
    instance = run(
        sequence(Do(lambda context: context.set("url", context.webhook_url("b/call"))), race)
    )
    assert post(instance.data["url"], {"paid": True}).status_code == 404


def test_an_address_that_is_given_away_names_the_site(run: Run, settings: Any) -> None:
    settings.SITE_URL = "https://signoff.example.org"
    instance = run(sequence(Do(give_away), Call()))
    assert instance.data["url"].startswith("https://signoff.example.org/workflows/hooks/")


def test_behind_a_proxy_each_client_has_misses_of_its_own(db: None, settings: Any) -> None:
    settings.BEHIND_PROXY = True
    for _ in range(ALLOWED):
        post("/workflows/hooks/guess/", {}, **{"X-Forwarded-For": "10.0.0.1"})
    assert post("/workflows/hooks/x/", {}, **{"X-Forwarded-For": "10.0.0.1"}).status_code == 429
    assert post("/workflows/hooks/x/", {}, **{"X-Forwarded-For": "10.0.0.2"}).status_code == 404
