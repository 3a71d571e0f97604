"""What a person has started, and how far it has come."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages

from tasks_ui.lists import paging
from tests.expenses import start_expense
from tests.tasks_ui.conftest import SignIn
from tests.workflows.asking import Ask
from tests.workflows.definitions import sequence
from workflows import SubWorkflow, engine
from workflows.models import HumanTask, WorkflowInstance
from workflows.testing import drain, registered


def test_the_list_has_ones_own_newest_first_in_pages(
    ana: User, ben: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "SIZE", 2)
    for number in range(3):
        start_expense(ana, f"Desk {number}")
    client = sign_in(ana)

    first = client.get("/requests/").context["page"]
    second = client.get(f"/requests/?after={first.after}").context["page"]

    titles = [row.summary for row in [*first.rows, *second.rows]]
    assert titles == [f"Desk {number}, € 4,200.00" for number in (2, 1, 0)]
    assert "You have started nothing yet" in sign_in(ben).get("/requests/").content.decode()


def test_a_request_shows_where_it_is_and_whom_it_waits_for(
    ana: User, ben: User, sign_in: SignIn, request_of_ana: WorkflowInstance, expense: HumanTask
) -> None:
    client = sign_in(ana)
    assert "not taken yet" in client.get(f"/r/{request_of_ana.pk}/").content.decode()

    engine.claim(expense, user=ben)

    page = client.get(f"/r/{request_of_ana.pk}/").content.decode()
    assert "waits for Ben" in page
    assert "status--waiting" in page
    assert "graph__here" in page
    assert "Request started" in page


def test_a_request_leads_to_those_that_it_has_started_and_they_lead_back(
    ana: User, cleo: User, sign_in: SignIn
) -> None:
    child = sequence(Ask(to="cleo"), name="inner", summary="The inner one")
    outer = sequence(SubWorkflow("inner"), name="outer", summary="The outer one")
    with registered(child, outer):
        parent = engine.start_workflow("outer", user=ana)
        drain()
        started = WorkflowInstance.objects.get(workflow="inner")
        client = sign_in(ana)

        page = client.get(f"/r/{parent.pk}/").content.decode()
        assert f'<a href="/r/{started.pk}/">The inner one</a>' in page
        page = client.get(f"/r/{started.pk}/").content.decode()
        assert f'Started by <a href="/r/{parent.pk}/">The outer one</a>' in page

        # Who has a part in the inner one only sees no way out of it.
        page = sign_in(cleo).get(f"/r/{started.pk}/").content.decode()
        assert "The inner one" in page
        assert "The outer one" not in page


def test_strangers_see_nothing(
    cleo: User, sign_in: SignIn, request_of_ana: WorkflowInstance
) -> None:
    client = sign_in(cleo)

    assert client.get(f"/r/{request_of_ana.pk}/").status_code == 404
    assert client.get(f"/r/{request_of_ana.pk}/progress/").status_code == 404
    assert client.post(f"/r/{request_of_ana.pk}/withdraw/").status_code == 404


def test_the_page_asks_for_news_until_the_end(
    ana: User, ben: User, sign_in: SignIn, request_of_ana: WorkflowInstance, expense: HumanTask
) -> None:
    client = sign_in(ana)
    url = f"/r/{request_of_ana.pk}/progress/?revision={request_of_ana.revision}"
    assert url in client.get(f"/r/{request_of_ana.pk}/").content.decode()
    assert client.get(url).status_code == 204

    engine.complete_human_task(expense, user=ben, data={"decision": "approve"})
    drain()

    news = client.get(url).content.decode()
    assert "status--completed" in news
    assert "hx-get" not in news


def test_asking_for_news_takes_no_messages(
    ana: User, sign_in: SignIn, request_of_ana: WorkflowInstance
) -> None:
    client = sign_in(ana)
    answer = client.post(f"/r/{request_of_ana.pk}/withdraw/")
    assert [str(each) for each in get_messages(answer.wsgi_request)]

    client.get(f"/r/{request_of_ana.pk}/progress/?revision=0")

    page = client.get(f"/r/{request_of_ana.pk}/").content.decode()
    assert "The request is withdrawn." in page


def test_a_request_can_be_withdrawn_with_a_reason_by_who_started_it(
    ana: User, ben: User, sign_in: SignIn, request_of_ana: WorkflowInstance
) -> None:
    assert sign_in(ben).post(f"/r/{request_of_ana.pk}/withdraw/").status_code == 302
    request_of_ana.refresh_from_db()
    assert request_of_ana.status == "waiting"

    sign_in(ana).post(f"/r/{request_of_ana.pk}/withdraw/", {"reason": "Not needed\x00"})

    request_of_ana.refresh_from_db()
    assert request_of_ana.status == "canceled"
    page = sign_in(ana).get(f"/r/{request_of_ana.pk}/").content.decode()
    assert "Withdraw this request" not in page


def test_a_get_withdraws_nothing(
    ana: User, sign_in: SignIn, request_of_ana: WorkflowInstance
) -> None:
    sign_in(ana).get(f"/r/{request_of_ana.pk}/withdraw/")

    request_of_ana.refresh_from_db()
    assert request_of_ana.status == "waiting"
