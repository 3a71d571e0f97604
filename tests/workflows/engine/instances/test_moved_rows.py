"""What hangs on an instance moves along: clocks, joins, groups, tasks, addresses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.workflows.asking import APPROVE, FORM, Ask
from tests.workflows.definitions import Note
from tests.workflows.engine.instances.moving import Pause, at, end, migrate, version, waiting_on
from workflows import (
    ParallelGroup,
    SequentialGroup,
    Step,
    WebhookStep,
    engine,
)
from workflows.engine.work.webhook_tokens import Address, make_token
from workflows.exceptions import TaskClosed
from workflows.models import Event, HumanTask, StepExecution
from workflows.testing import drain, registered

pytestmark = pytest.mark.django_db


def test_steps_can_change_their_names_with_each_other(ben: User) -> None:
    old = version("1", ("a", "b"), ("b", "c"), b=Ask("ben"))
    new = version("2", ("b", "a"), ("a", "c"), a=Ask("ben"))

    with waiting_on(old) as instance, registered(new):
        migrate(new, mapping={"a": "b", "b": "a"})
        assert at(instance) == {"a": "waiting"}
        engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)
        end(instance)

    assert instance.status == "completed"
    assert instance.data["ran"] == ["a", "c"]


def test_a_sleeping_timer_keeps_its_time() -> None:
    old, new = version("1", ("nap", "end"), nap=Pause()), version("2", ("rest", "x"), rest=Pause())

    with waiting_on(old) as instance, registered(new):
        due_at = StepExecution.objects.get(path="nap").due_at
        migrate(new, mapping={"nap": "rest"})
        assert StepExecution.objects.get(path="rest").due_at == due_at
        end(instance)

    assert instance.status == "completed"


def test_a_branch_that_waits_at_a_join_waits_on_with_other_edges() -> None:
    ways = [("fork", "quick"), ("fork", "slow"), ("quick", "meet"), ("slow", "meet")]
    old = version("1", *ways, slow=Pause())
    new = version(
        "2", ("slow", "join"), ("join", "end"), *ways[:2], ("quick", "join"), slow=Pause()
    )

    with waiting_on(old) as instance, registered(new):
        assert at(instance) == {"slow": "scheduled", "meet": "joining"}
        assert migrate(new, mapping={"meet": "join"}).moved
        assert StepExecution.objects.get(path="join").arrived == [4]
        end(instance)

    assert instance.status == "completed"
    assert instance.data["ran"] == ["fork", "quick", "join", "end"]


def test_what_no_longer_joins_in_the_new_version_goes_on() -> None:
    ways = [("fork", "quick"), ("fork", "slow"), ("quick", "meet"), ("slow", "meet")]
    old = version("1", *ways, slow=Pause())
    new = version("2", *ways[:3], ("slow", "end"), slow=Pause())

    with waiting_on(old) as instance, registered(new):
        assert migrate(new).moved
        assert at(instance) == {"slow": "scheduled", "meet": "ready"}
        end(instance)

    assert instance.status == "completed"


def test_an_open_group_goes_on_with_its_children_renamed(ben: User) -> None:
    def gathering(key: str, ask: str) -> dict[str, Step]:
        group = ParallelGroup(Ask("ben", name=ask), SequentialGroup(Note(), Pause(), name="line"))
        return {key: group}

    old = version("1", ("gather", "end"), **gathering("gather", "look"))
    new = version("2", ("collect", "end"), **gathering("collect", "see"))

    with waiting_on(old) as instance, registered(new):
        mapping = {"gather": "collect", "gather/look": "collect/see"}
        assert migrate(new, mapping=mapping).moved
        engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)
        end(instance)

    assert instance.status == "completed"
    assert StepExecution.objects.get(path="collect").result == [APPROVE, None]


@pytest.mark.parametrize("was_reached", [True, False])
def test_an_address_that_was_given_away_leads_to_the_renamed_step(was_reached: bool) -> None:
    schema = {"type": "object", "properties": {"paid": {"type": "boolean"}}}
    first: Step = Note() if was_reached else Pause()

    class Paid(WebhookStep):
        payload_schema = schema

    old = version("1", ("first", "pay"), first=first, pay=Paid())
    new = version("2", ("first", "payment"), first=first, payment=Paid())

    with waiting_on(old) as instance, registered(new):
        token = make_token(Address(instance.pk, "pay", 1))
        assert migrate(new, mapping={"pay": "payment"}).moved
        engine.receive_webhook(token, {"paid": True}, delivery_id="1")
        end(instance)
        assert engine.receive_webhook(token, {"paid": True}, delivery_id="1").repeated

    assert instance.status == "completed"
    assert instance.data["paid"] is True


def test_reminders_stay_and_a_deadline_without_an_outcome_is_dropped(ben: User) -> None:
    clocks: dict[str, Any] = {
        "get_due_date": lambda context: timedelta(days=2),
        "get_reminder_date": lambda context: timedelta(days=1),
    }
    old = version(
        "1", ("ask", "end"), ask=Ask("ben", timeout_outcome={"decision": "reject"}, **clocks)
    )
    new = version("2", ("approval", "end"), approval=Ask("ben", **clocks))

    with waiting_on(old) as instance, registered(new):
        migrate(new, mapping={"ask": "approval"})
        end(instance)

    assert instance.status == "waiting"
    assert Event.objects.filter(kind="task.reminded", path="approval").count() == 1
    assert StepExecution.objects.get(path="approval#deadline").status == "canceled"


def test_a_task_with_another_form_is_asked_anew_on_demand(ben: User) -> None:
    longer = {**FORM, "required": ["decision", "comment"]}
    old = version("1", ("ask", "end"), ask=Ask("ben"))
    new = version("2", ("ask", "end"), ask=Ask("ben", form_schema=longer))

    with waiting_on(old) as instance, registered(new):
        page = HumanTask.objects.get()
        answer = migrate(new, ask_again=True)
        assert [move.asks_again for move in answer.moves] == [True]
        drain()
        with pytest.raises(TaskClosed) as refused:
            engine.complete_human_task(page, user=ben, data=APPROVE)
        assert refused.value.reason == "The form has changed; it is asked anew."
        task = HumanTask.objects.open().get()
        engine.complete_human_task(task, user=ben, data={**APPROVE, "comment": "Yes."})
        end(instance)

    assert instance.status == "completed"
    assert instance.visits["ask"] == 2
