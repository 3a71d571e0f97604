"""Many tasks at once: each is decided, claimed, handed over or put off on its own, and told of."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tasks_ui.bulk import batches
from tasks_ui.bulk.run import DONE, Item, read
from tasks_ui.bulk.selection import MOST, Pick, listed_form
from tests.expenses import start_expense
from tests.tasks_ui.conftest import SignIn
from workflows import engine
from workflows.engine import lists, queries
from workflows.examples.expense_approval import Approval
from workflows.models import Event, HumanTask, TaskStatus
from workflows.permissions import make_permissions

APPROVE = '["approve", "Approve"]'
REJECT = '["reject", "Reject"]'


@pytest.fixture
def desks(ana: User, ben: User) -> list[HumanTask]:
    """Give three tasks that are offered to Ben."""
    return [queries.find_task(start_expense(ana, f"Desk {number}").pk) for number in range(3)]


@pytest.fixture
def undoable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let decisions be undone for an hour."""
    monkeypatch.setattr(Approval, "undo", timedelta(hours=1))


def picks(tasks: list[HumanTask]) -> list[str]:
    """Give what the boxes of these tasks send."""
    return [str(Pick.of(task)) for task in tasks]


def send(client: Client, tasks: list[HumanTask], act: str, **said: Any) -> str:
    """Do it to these tasks, as the page that asks would, and give the page of the result."""
    post = {"act": act, "pick": picks(tasks), "confirmed": "1", "submission": "a" * 32, **said}
    post = {"fingerprint": [*map(listed_form, tasks)]} | post
    answer = client.post("/bulk/?view=team", post, follow=True)
    assert answer.status_code == 200
    return text_of(answer)


def text_of(answer: Any) -> str:
    """Give the words of the page beside the list."""
    found = re.search(r"<article.*</article>", answer.content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0] if found else "").split())


def undo(client: Client) -> str:
    """Take the newest batch back and give the page that says what became of that."""
    batch = client.session_user.batches.latest("done_at")  # type: ignore[attr-defined]
    return text_of(client.post(f"/bulk/{batch.pk}/undo/?view=team", follow=True))


@pytest.fixture
def client(ben: User, sign_in: SignIn) -> Client:
    """Give Ben's browser."""
    client = sign_in(ben)
    client.session_user = ben  # type: ignore[attr-defined]
    return client


def statuses() -> set[str]:
    """Give the states that tasks are in."""
    return {*HumanTask.objects.values_list("status", flat=True)}


def test_the_page_that_asks_offers_the_buttons_that_all_have_and_says_why_not_the_others(
    client: Client, desks: list[HumanTask]
) -> None:
    page = client.post("/bulk/?view=team", {"act": "decide", "pick": picks(desks)})

    assert "Decide 3 tasks" in text_of(page)
    assert [button.label for button in page.context["form"].buttons] == ["Approve"]
    assert "“Reject” needs a reason: open the task." in text_of(page)
    assert statuses() == {"ready"}


def test_all_are_decided_and_all_are_taken_back_at_once(
    client: Client, desks: list[HumanTask], undoable: None
) -> None:
    page = send(client, desks, "decide", outcome=APPROVE)

    assert "3 of 3 done" in page
    assert "Undo all" in page
    assert statuses() == {"decided"}
    assert {*Event.objects.filter(kind="task.decided").values_list("via", flat=True)} == {"bulk"}

    assert "3 of 3 taken back" in undo(client)
    assert statuses() == {"reserved"}


def test_each_that_cannot_be_done_says_why_and_keeps_nothing_from_the_others(
    client: Client, cleo: User, ben: User, desks: list[HumanTask], ana: User
) -> None:
    cleo.groups.set(ben.groups.all())
    changed, claimed, decided = desks
    own, left = start_expense(ben, "Own"), start_expense(ana, "Left")
    chosen = [*desks, *map(queries.find_task, [own.pk, left.pk])]
    seen = picks(chosen)
    engine.claim(claimed.pk, user=cleo)
    engine.complete_human_task(decided.pk, user=cleo, data={"decision": "approve"})
    changed.instance.data["amount"] = 9000
    changed.instance.data_revision += 1
    changed.instance.save()
    Event.objects.create(
        instance=changed.instance,
        seq=900,
        kind="data.changed",
        at=changed.created_at,
        data={"data_revision": changed.instance.data_revision, "changes": {"amount": [4200, 9000]}},
    )

    seen += [f"{uuid4().hex}.1", "nonsense"]
    forms = [*map(listed_form, chosen)]
    page = send(client, [], "decide", outcome=APPROVE, pick=seen, fingerprint=forms)

    assert "1 of 6 done" in page
    assert "Changed meanwhile. Amount in euros was 4,200.00 and is 9,000.00." in page
    assert "Somebody else was first. Cleo has taken this task." in page
    assert "Somebody else was first. Cleo decided this task on" in page
    assert "Not allowed. You started this request; another person must decide." in page
    assert "Not there. The task is not open to you" in page
    assert [*HumanTask.objects.filter(decided_by=ben)] == [left]


def test_what_needs_a_reason_or_is_high_risk_is_never_decided_with_others(
    client: Client, desks: list[HumanTask], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = send(client, desks, "decide", outcome=REJECT)
    assert "0 of 3 done" in page
    assert "Not allowed. “Reject” needs a reason: open the task." in page

    monkeypatch.setattr(Approval, "high_risk", True)
    page = send(client, desks, "decide", outcome=APPROVE)

    assert "This step is high-risk: its tasks are decided one by one." in page
    assert statuses() == {"ready"}


def test_the_same_sent_twice_counts_once_and_leads_to_the_same_result(
    client: Client, ben: User, desks: list[HumanTask], undoable: None
) -> None:
    first = send(client, desks, "decide", outcome=APPROVE)
    assert send(client, desks, "decide", outcome=APPROVE) == first
    assert ben.batches.count() == 1
    assert Event.objects.filter(kind="task.decided").count() == 3

    undo(client)
    assert "3 of 3 taken back" in undo(client)
    assert "3 of 3 done" in send(client, desks, "decide", outcome=APPROVE)
    assert ben.batches.count() == 2


def test_of_the_same_done_twice_at_a_time_what_succeeded_counts(
    ben: User, desks: list[HumanTask]
) -> None:
    late, done = (
        Item(task=desks[0].pk.hex, state=state, can_undo=state == DONE) for state in ("late", DONE)
    )
    batch_id = uuid4()
    for items in ([late, done], [done, late]):
        batches.keep(ben, batch_id, "decide", "Approve", items)

    assert read(ben.batches.get().items) == [done, done]


def test_claims_are_released_by_undo_but_not_what_was_claimed_before(
    client: Client, ben: User, cleo: User, desks: list[HumanTask]
) -> None:
    engine.claim(desks[0].pk, user=ben)

    assert "3 of 3 done" in send(client, desks, "claim")
    engine.release(desks[1].pk, user=ben)

    page = undo(client)
    assert "1 of 3 taken back" in page
    assert "Not taken back. This task has changed since." in page
    assert {*HumanTask.objects.filter(status=TaskStatus.RESERVED)} == {desks[0]}


def test_what_is_put_off_is_back_as_it_was(
    client: Client, ben: User, desks: list[HumanTask]
) -> None:
    until = queries.find_task(desks[0].pk).created_at + timedelta(days=400)
    engine.snooze(desks[0].pk, user=ben, until=until)

    page = send(client, desks, "snooze", until="week")
    assert "Put off: In a week" in page
    assert lists.count_tasks(ben)["snoozed"] == 3

    undo(client)
    assert [queries.snoozed_until(task, ben) for task in desks] == [until, None, None]


def test_what_is_handed_over_comes_back_only_to_who_manages_it(
    client: Client, ben: User, cleo: User, desks: list[HumanTask], sign_in: SignIn
) -> None:
    cleo.groups.set(ben.groups.all())
    for task in desks:
        engine.claim(task.pk, user=ben)
    form = client.post("/bulk/", {"act": "hand_over", "pick": picks(desks)}).context["form"]
    assert [*form.fields["to"].queryset] == [cleo]

    page = send(client, desks[:2], "hand_over", to="cleo")
    assert "Hand over: Cleo" in page
    assert "2 of 2 done" in page
    assert "Undo" not in page

    make_permissions(apps.get_app_config("workflows"))
    ben.user_permissions.add(Permission.objects.get(codename="manage_expense_approval"))
    manager = sign_in(ben)
    manager.session_user = ben  # type: ignore[attr-defined]
    assert "Undo all" in send(manager, desks[2:], "hand_over", to="cleo")
    undo(manager)
    assert [*HumanTask.objects.filter(assignee=ben)] == desks[2:]


def test_too_many_none_at_all_and_nonsense_do_nothing(
    client: Client, desks: list[HumanTask]
) -> None:
    many = [f"{uuid4().hex}.1" for _ in range(MOST + 1)]
    for chosen, words in ((many, "at most 100 tasks at once, not 101"), ([], "Choose tasks first")):
        answer = client.post("/bulk/?view=all", {"act": "claim", "pick": chosen}, follow=True)
        assert answer.redirect_chain == [("/inbox/all/", 302)]
        assert words in answer.content.decode()
    assert client.post("/bulk/", {"act": "delete", "pick": picks(desks)}).status_code == 302
    refused = client.post(
        "/bulk/", {"act": "snooze", "pick": picks(desks), "confirmed": "1", "until": "never"}
    )
    assert refused.status_code == 422
    assert statuses() == {"ready"}


def test_results_are_for_whoever_did_it(
    client: Client, cleo: User, desks: list[HumanTask], sign_in: SignIn
) -> None:
    send(client, desks, "claim")
    batch = client.session_user.batches.get()  # type: ignore[attr-defined]

    other = sign_in(cleo)
    assert other.get(f"/bulk/{batch.pk}/").status_code == 404
    assert other.post(f"/bulk/{batch.pk}/undo/").status_code == 404
    assert statuses() == {"reserved"}


def test_lists_to_choose_from_have_boxes_and_the_others_none(
    client: Client, desks: list[HumanTask]
) -> None:
    ticked = client.get("/inbox/team/?pick=all").content.decode()
    assert ticked.count('name="pick"') == ticked.count(" checked") == 3
    assert client.get("/inbox/all/").content.decode().count('name="pick"') == 3
    for view in ("done", "closed", "waiting"):
        assert 'name="pick"' not in client.get(f"/inbox/{view}/").content.decode()


def test_each_task_costs_at_most_twelve_statements(client: Client, desks: list[HumanTask]) -> None:
    def cost(tasks: list[HumanTask]) -> int:
        with CaptureQueriesContext(connection) as context:
            send(client, tasks, "decide", outcome=APPROVE)
        found = [query["sql"] for query in context.captured_queries]
        return sum(not sql.startswith(("SAVEPOINT", "RELEASE")) for sql in found)

    once = cost(desks[:1])
    assert cost(desks[1:]) - once <= 12
