"""Administrators cancel, retry, suspend and resume, one or many, each with its reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from tests.workflows.admin.conftest import Workflows
from tests.workflows.admin.test_lists import list_of, page_of
from workflows import engine
from workflows.admin import asking
from workflows.definition.registry import registry
from workflows.exceptions import WrongState
from workflows.models import Event, WorkflowInstance
from workflows.testing import drain


def question(verb: str, *chosen: WorkflowInstance, **query: str) -> str:
    """Give the address of the page that asks before a verb."""
    named = {"chosen": [str(one.pk) for one in chosen]} if chosen else {}
    return reverse(f"admin:workflows_workflowinstance_{verb}", query={**named, **query})


def answer(client: Client, verb: str, *chosen: WorkflowInstance, **answers: str) -> Any:
    """Answer the page that asks before a verb."""
    return client.post(question(verb), {"chosen": [str(one.pk) for one in chosen], **answers})


def said(response: Any) -> list[str]:
    """Give what is said on the next page."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def status(instance: WorkflowInstance) -> str:
    """Give the status that an instance has now."""
    return str(WorkflowInstance.objects.get(pk=instance.pk).status)


def last_event(instance: WorkflowInstance, kind: str) -> Event:
    """Give the newest event of a kind."""
    found = Event.objects.filter(instance=instance, kind=kind).order_by("-seq").first()
    assert found is not None
    return found


@pytest.mark.parametrize("verb", ["cancel", "retry", "suspend", "resume"])
def test_the_action_of_the_list_asks_first_and_names_what_was_chosen(
    superuser: Client, workflows: Workflows, verb: str
) -> None:
    chosen = [workflows.failed(to="Zoe"), workflows.failed(to="Max")]
    workflows.failed(to="Kim")

    page = superuser.post(
        list_of("workflowinstance", status__exact="failed"),
        {"action": verb, "_selected_action": [str(one.pk) for one in chosen]},
    )
    text = page.content.decode()

    assert page.status_code == 200
    assert ("Letter to Zoe" in text, "Letter to Max" in text) == (True, True)
    assert "Letter to Kim" not in text
    assert 'name="reason"' in text
    assert {status(one) for one in chosen} == {"failed"}


def test_cancelling_several_says_of_each_what_came_of_it(
    superuser: Client, admin: User, workflows: Workflows
) -> None:
    letter, done, leave = workflows.failed(), workflows.waiting(who="Max"), workflows.waiting()
    engine.cancel_workflow(done)

    response = answer(superuser, "cancel", letter, done, leave, reason="A mistake.")

    assert (status(letter), status(leave)) == ("canceled", "canceled")
    assert sorted(said(response)) == [
        "Leave of Ana: cancelled.",
        "Leave of Max: This request is canceled; nothing more can happen to it.",
        "Letter to Ana: cancelled.",
    ]
    event = last_event(leave, "instance.canceled")
    assert (event.actor, event.via, event.data["reason"]) == (admin, "admin", "A mistake.")


def test_what_goes_wrong_with_one_does_not_keep_it_from_the_others(
    superuser: Client,
    workflows: Workflows,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    first, broken, last = (workflows.waiting(who=name) for name in ("Ana", "Max", "Zoe"))
    cancel = engine.cancel_workflow

    def fragile(instance: Any, **arguments: Any) -> WorkflowInstance:
        if instance == broken.pk:
            raise RuntimeError("a bug")
        return cancel(instance, **arguments)

    monkeypatch.setattr(engine, "cancel_workflow", fragile)
    response = answer(superuser, "cancel", first, broken, last, reason="A mistake.")

    assert [status(one) for one in (first, broken, last)] == ["canceled", "waiting", "canceled"]
    assert "Leave of Max: this went wrong here; the log says why." in said(response)
    assert "a bug" in caplog.text


def test_retrying_lets_what_failed_go_on(
    superuser: Client, admin: User, workflows: Workflows
) -> None:
    letter = workflows.failed()
    workflows.printer.paper = True

    answer(superuser, "retry", letter, reason="There is paper.")
    drain()

    assert status(letter) == "completed"
    event = last_event(letter, "instance.retried")
    assert (event.actor, event.via, event.data["reason"]) == (admin, "admin", "There is paper.")


def test_a_single_instance_can_begin_again_at_one_of_its_steps(
    superuser: Client, workflows: Workflows
) -> None:
    letter = workflows.failed()
    page = superuser.get(question("retry", letter)).content.decode()
    workflows.printer.paper = True

    response = answer(superuser, "retry", letter, from_step="write")
    drain()

    assert '<option value="write">Write</option>' in page
    assert response.headers["Location"] == page_of(letter)
    assert WorkflowInstance.objects.get(pk=letter.pk).data["ran"] == ["write", "write"]
    assert last_event(letter, "instance.retried").path == "write"


def test_steps_are_offered_only_where_all_have_the_same(
    superuser: Client, workflows: Workflows
) -> None:
    page = superuser.get(question("retry", workflows.failed(), workflows.waiting()))
    made_up = answer(superuser, "retry", workflows.failed(), from_step="nowhere")

    assert 'name="from_step"' not in page.content.decode()
    assert made_up.status_code == 422


def test_suspending_and_resuming(superuser: Client, admin: User, workflows: Workflows) -> None:
    leave = workflows.waiting()

    answer(superuser, "suspend", leave, reason="Holidays.")
    again = answer(superuser, "suspend", leave, reason="Holidays.")
    suspended = WorkflowInstance.objects.get(pk=leave.pk).suspended_at
    answer(superuser, "resume", leave, reason="Over.")

    assert said(again)[-1] == "Leave of Ana: This request is suspended already."
    assert suspended is not None
    assert WorkflowInstance.objects.get(pk=leave.pk).suspended_at is None
    for kind, reason in (("instance.suspended", "Holidays."), ("instance.resumed", "Over.")):
        event = last_event(leave, kind)
        assert (event.actor, event.via, event.data["reason"]) == (admin, "admin", reason)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_a_verb_that_takes_something_away_needs_a_reason(
    superuser: Client, workflows: Workflows, reason: str
) -> None:
    leave = workflows.waiting()

    response = answer(superuser, "cancel", leave, reason=reason)

    assert response.status_code == 422
    assert "errorlist" in response.content.decode()
    assert status(leave) == "waiting"


def test_after_the_list_one_is_back_at_the_list_as_it_was_filtered(
    superuser: Client, workflows: Workflows
) -> None:
    letter = workflows.failed()
    filtered = list_of("workflowinstance", status__exact="failed")
    chosen = {"action": "cancel", "_selected_action": [str(letter.pk)]}

    address = superuser.post(filtered, chosen).context["action"]
    response = superuser.post(address, {"chosen": str(letter.pk), "reason": "A mistake."})

    assert response.headers["Location"] == filtered


@pytest.mark.parametrize("named", ["", "rubbish", "00000000-0000-0000-0000-000000000000"])
def test_about_nothing_there_is_nothing_to_ask(superuser: Client, db: None, named: str) -> None:
    response = superuser.get(question("cancel", chosen=named))

    assert response.headers["Location"] == list_of("workflowinstance")
    assert said(response) == ["There is nothing to do that to."]


def test_not_too_many_are_acted_on_at_once(
    superuser: Client, workflows: Workflows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST_AT_ONCE", 1)
    letters = [workflows.failed(), workflows.failed()]

    response = superuser.post(
        list_of("workflowinstance"),
        {"action": "cancel", "_selected_action": [str(letters[0].pk)], "select_across": "1"},
    )

    assert said(response) == ["Choose at most 1 at a time."]
    assert {status(one) for one in letters} == {"failed"}


def test_the_page_offers_what_the_state_allows(superuser: Client, workflows: Workflows) -> None:
    def tools(instance: WorkflowInstance) -> list[str]:
        found = superuser.get(page_of(instance)).context["tools"]
        return [text for _address, text in found]

    failed, waiting = workflows.failed(), workflows.waiting()
    engine.suspend(waiting)
    canceled = workflows.waiting()
    engine.cancel_workflow(canceled)
    workflows.printer.paper = True
    completed = workflows.failed()

    always = ["All events", "Open in Signoff"]
    assert tools(failed) == ["Cancel", "Retry", "Suspend", *always]
    assert tools(waiting) == ["Cancel", "Retry", "Resume", *always]
    assert tools(canceled) == ["Retry", *always]
    assert tools(completed) == always


def test_the_token_against_forged_requests_is_needed(admin: User, workflows: Workflows) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin)
    leave = workflows.waiting()

    assert answer(client, "cancel", leave, reason="Forged.").status_code == 403
    assert status(leave) == "waiting"


def test_code_that_is_gone_is_said_and_not_a_crash(
    superuser: Client, workflows: Workflows, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = workflows.failed()
    registry.unregister(workflows.letter)
    response = answer(superuser, "retry", letter, reason="Again.")
    registry.register(workflows.letter)

    assert said(response) == [f"Letter to Ana: {said(response)[0].partition(': ')[2]}"]
    assert "No workflow 'letter' is registered" in said(response)[0]
    assert status(letter) == "failed"


def test_a_verb_is_only_for_asking_and_answering(superuser: Client, db: None) -> None:
    assert superuser.put(question("cancel")).status_code == 405


def test_completed_requests_are_not_retried(workflows: Workflows) -> None:
    workflows.printer.paper = True

    with pytest.raises(WrongState):
        engine.retry(workflows.failed())
