"""Undo all takes back what still stands as the batch has left it, and nothing that came after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tasks_ui.models import Batch
from tests.tasks_ui.bulk.test_bulk import APPROVE, picks, send, text_of, undo
from tests.tasks_ui.conftest import SignIn
from tests.workflows.asking import Ask
from tests.workflows.definitions import sequence
from workflows import engine
from workflows.engine import queries
from workflows.models import HumanTask, TaskAccess
from workflows.permissions import make_permissions
from workflows.testing import drain, registered

Change = Callable[["Stage"], None]


class Stage:
    """Two tasks that a batch has changed the first of, and those who can change it too."""

    def __init__(self, client: Client, ben: User, cleo: User, tasks: list[HumanTask]) -> None:
        self.client, self.ben, self.cleo, self.tasks = client, ben, cleo, tasks

    @property
    def task(self) -> HumanTask:
        """Give the task that is changed after the batch, as it is now."""
        return queries.find_task(self.tasks[0].pk)

    def decide(self, decision: str = "approve") -> None:
        """Decide it in another tab."""
        engine.complete_human_task(
            self.task, user=self.ben, data={"decision": decision}, submission_id="other tab"
        )


@pytest.fixture
def stage(ana: User, ben: User, cleo: User, sign_in: SignIn) -> Iterator[Stage]:
    """Give two tasks that Ben and Cleo are offered; Ben manages the workflow."""
    cleo.groups.set(ben.groups.all())
    ask = Ask(groups=("managers",), title="Look", undo=timedelta(hours=1))
    with registered(sequence(ask, name="looked_at")):
        make_permissions(apps.get_app_config("workflows"))
        ben.user_permissions.add(Permission.objects.get(codename="manage_looked_at"))
        for _ in range(2):
            engine.start_workflow("looked_at", user=ana)
        drain()
        client = sign_in(User.objects.get(pk=ben.pk))
        client.session_user = ben  # type: ignore[attr-defined]
        tasks = [queries.find_task(pk) for pk in HumanTask.objects.values_list("pk", flat=True)]
        yield Stage(client, User.objects.get(pk=ben.pk), cleo, tasks)


def state(stage: Stage) -> tuple[object, ...]:
    """Give everything of the changed task that an undo could change."""
    task = stage.task
    until = queries.snoozed_until(task, stage.ben)
    return task.status, task.assignee_id, task.outcome, task.submission_id, task.claimed_at, until


def undone_by_hand(stage: Stage) -> None:
    engine.undo(stage.task, user=stage.ben)


def decided_otherwise(stage: Stage) -> None:
    engine.undo(stage.task, user=stage.ben)
    stage.decide("reject")


def decided_alike_again(stage: Stage) -> None:
    engine.undo(stage.task, user=stage.ben)
    stage.decide()


def released(stage: Stage) -> None:
    engine.release(stage.task, user=stage.ben)


def claimed_by_another(stage: Stage) -> None:
    engine.release(stage.task, user=stage.ben)
    engine.claim(stage.task, user=stage.cleo)


def claimed_again(stage: Stage) -> None:
    engine.release(stage.task, user=stage.ben)
    engine.claim(stage.task, user=stage.ben)


def given_and_given_back(stage: Stage) -> None:
    engine.reassign(stage.task, to=stage.cleo, user=stage.ben)
    engine.reassign(stage.task, to=stage.ben, user=stage.cleo)


def handed_on(stage: Stage) -> None:
    engine.reassign(stage.task, to=stage.ben, user=stage.cleo)


def handed_on_and_back(stage: Stage) -> None:
    engine.reassign(stage.task, to=stage.ben, user=stage.cleo)
    engine.reassign(stage.task, to=stage.cleo, user=stage.ben)


def given_back_and_claimed(stage: Stage) -> None:
    engine.release(stage.task, user=stage.cleo)
    engine.claim(stage.task, user=stage.cleo)


def until(stage: Stage) -> datetime:
    found = queries.snoozed_until(stage.task, stage.ben)
    assert found is not None
    return found


def put_off_longer(stage: Stage) -> None:
    engine.snooze(stage.task, user=stage.ben, until=until(stage) + timedelta(days=1))


def put_off_longer_and_back(stage: Stage) -> None:
    moment = until(stage)
    put_off_longer(stage)
    engine.snooze(stage.task, user=stage.ben, until=moment)


def brought_back(stage: Stage) -> None:
    engine.unsnooze(stage.task, user=stage.ben)


def brought_back_and_put_off_alike(stage: Stage) -> None:
    moment = until(stage)
    brought_back(stage)
    engine.snooze(stage.task, user=stage.ben, until=moment)


def put_off_alike_once_more(stage: Stage) -> None:
    engine.snooze(stage.task, user=stage.ben, until=until(stage))


DECIDE = {"act": "decide", "outcome": APPROVE}
CLAIM = {"act": "claim"}
HAND_OVER = {"act": "hand_over", "to": "cleo"}
SNOOZE = {"act": "snooze", "until": "week"}

CASES: list[tuple[dict[str, str], Change]] = [
    *((DECIDE, change) for change in (undone_by_hand, decided_otherwise, decided_alike_again)),
    *((CLAIM, change) for change in (released, claimed_by_another, claimed_again)),
    (CLAIM, given_and_given_back),
    *((HAND_OVER, one) for one in (handed_on, handed_on_and_back, given_back_and_claimed)),
    *((SNOOZE, change) for change in (put_off_longer, put_off_longer_and_back, brought_back)),
    *((SNOOZE, change) for change in (brought_back_and_put_off_alike, put_off_alike_once_more)),
]


def button(stage: Stage) -> str:
    """Give what the button that approves sends."""
    asked = {"act": "decide", "pick": picks(stage.tasks)}
    (found, *_) = stage.client.post("/bulk/?view=team", asked).context["form"].buttons
    return str(found.value)


def claim_both(stage: Stage) -> None:
    """Let Ben have both tasks, unless somebody has them."""
    for task in HumanTask.objects.filter(status="ready"):
        engine.claim(task.pk, user=stage.ben)


def act_on_both(stage: Stage, said: dict[str, str]) -> str:
    """Do it to both tasks at once, and give the page of the result."""
    if said is HAND_OVER:
        claim_both(stage)
    more = {"outcome": button(stage)} if "outcome" in said else {}
    page = send(stage.client, stage.tasks, **{**said, **more})
    assert "2 of 2 done" in page
    return page


@pytest.mark.parametrize(
    ("said", "change"), CASES, ids=lambda one: one["act"] if isinstance(one, dict) else one.__name__
)
def test_what_was_changed_since_stays_as_it_is(
    stage: Stage, said: dict[str, str], change: Change
) -> None:
    assert "Undo all" in act_on_both(stage, said)
    change(stage)
    now = state(stage)

    batch = Batch.objects.get()
    page = text_of(stage.client.get(f"/bulk/{batch.pk}/?view=team"))
    assert "Undo 1" in page, "The page promises no more than can be done."
    page = undo(stage.client)

    assert "1 of 2 taken back" in page
    assert "Not taken back. This task has changed since." in page
    assert state(stage) == now


@pytest.mark.parametrize("said", [DECIDE, CLAIM, HAND_OVER, SNOOZE], ids=lambda said: said["act"])
def test_what_nobody_has_changed_is_taken_back(stage: Stage, said: dict[str, str]) -> None:
    if said is HAND_OVER:
        claim_both(stage)
    before = state(stage)
    act_on_both(stage, said)

    assert "2 of 2 taken back" in undo(stage.client)
    task, until = stage.task, queries.snoozed_until(stage.task, stage.ben)
    assert (task.outcome, task.submission_id, until) == (*before[2:4], before[-1])
    owner = ("reserved", stage.ben.pk)
    assert state(stage)[:2] == (owner if said in (DECIDE, HAND_OVER) else before[:2])


@pytest.mark.parametrize("said", [DECIDE, CLAIM, HAND_OVER, SNOOZE], ids=lambda said: said["act"])
def test_a_comment_changes_nothing_about_it(stage: Stage, said: dict[str, str]) -> None:
    act_on_both(stage, said)
    engine.comment(stage.task, user=stage.ben, text="I did this with others.")

    assert "2 of 2 taken back" in undo(stage.client)


@pytest.mark.parametrize("said", [DECIDE, CLAIM, HAND_OVER, SNOOZE], ids=lambda said: said["act"])
def test_what_an_older_release_has_kept_of_a_batch_is_taken_back_still(
    stage: Stage, said: dict[str, str]
) -> None:
    act_on_both(stage, said)
    batch = Batch.objects.get()
    for item in batch.items:
        for name in ("submission", "claimed_at", "move", "snooze"):
            item["before"].pop(name, None)
    batch.save()

    assert "2 of 2 taken back" in undo(stage.client)


def test_a_decision_whose_time_to_undo_it_is_over_says_so(stage: Stage) -> None:
    act_on_both(stage, DECIDE)
    drain(now=stage.task.created_at + timedelta(hours=2))

    assert "Not taken back. It is too late to undo this decision." in undo(stage.client)


def test_handing_over_what_somebody_has_already_leaves_nothing_to_take_back(stage: Stage) -> None:
    claim_both(stage)
    for task in stage.tasks:
        engine.reassign(task.pk, to=stage.cleo, user=stage.ben)

    assert "Undo" not in act_on_both(stage, HAND_OVER)


@pytest.mark.parametrize("said", [DECIDE, CLAIM, HAND_OVER, SNOOZE], ids=lambda said: said["act"])
def test_the_page_of_the_result_costs_the_same_for_many(stage: Stage, said: dict[str, str]) -> None:
    act_on_both(stage, said)
    batch = Batch.objects.get()

    def cost() -> int:
        with CaptureQueriesContext(connection) as context:
            assert stage.client.get(f"/bulk/{batch.pk}/?view=done").status_code == 200
        return len(context)

    cost()
    both = cost()
    batch.items = batch.items[:1]
    batch.save()
    assert cost() == both


def test_a_task_that_is_put_off_twice_is_put_off_once(stage: Stage) -> None:
    moment = stage.task.created_at + timedelta(days=400)
    for days in (1, 2):
        engine.snooze(stage.task, user=stage.ben, until=moment + timedelta(days=days))

    assert until(stage) == moment + timedelta(days=2)
    assert TaskAccess.objects.filter(task=stage.task, relation="snoozed").count() == 1
