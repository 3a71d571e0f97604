"""The page of a decision's receipt."""

from __future__ import annotations

from django.contrib.auth.models import User

from tests.tasks_ui.conftest import SignIn
from workflows import engine
from workflows.models import Event, HumanTask


def test_it_says_what_was_decided_and_that_it_fits(
    ana: User, ben: User, cleo: User, sign_in: SignIn, expense: HumanTask
) -> None:
    url = f"/t/{expense.pk}/receipt/"
    assert sign_in(ben).get(url).status_code == 404, "Nothing is decided yet."
    data = {"decision": "approve", "comment": "Second <i>class</i>."}
    engine.complete_human_task(expense, user=ben, data=data)
    assert url in sign_in(ana).get(f"/t/{expense.pk}/").content.decode()

    page = sign_in(ana).get(url).content.decode()

    for text in (
        "Checked just now",
        "Ben (ben)",
        "Train to Berlin",
        "4,200",
        "Second &lt;i&gt;class&lt;/i&gt;.",
        Event.objects.get(kind="task.completed").data["receipt"]["sha256"],
    ):
        assert text in page, text
    assert sign_in(cleo).get(url).status_code == 404, "She may not see the task."


def test_it_says_what_no_longer_fits(
    ana: User, ben: User, sign_in: SignIn, expense: HumanTask
) -> None:
    engine.complete_human_task(expense, user=ben, data={"decision": "approve"})
    event = Event.objects.get(kind="task.completed")
    event.data["receipt"]["text"] = "No receipt at all."
    event.save()

    page = sign_in(ana).get(f"/t/{expense.pk}/receipt/")

    assert page.status_code == 200
    assert "This receipt does not fit" in page.content.decode()
    assert "Checked just now" not in page.content.decode()
