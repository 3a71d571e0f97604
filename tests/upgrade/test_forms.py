"""Forms that were open before are sent as they were, and do what they say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from tasks_ui.models import Batch, UserSettings
from tests.people import PASSWORD
from tests.upgrade.conftest import Upgraded
from tests.upgrade.pages import OpenForm, Tab
from tests.upgrade.tabs import WORDS
from workflows.models import Attachment, Event, HumanTask, WorkflowInstance

pytestmark = pytest.mark.slow

WHY = "There is a reason."


@dataclass(frozen=True)
class Sent:
    """What is filled in, which button is pressed, and whether what was to come of it has come."""

    then: Callable[[Upgraded], Any]
    press: str = ""
    filled: dict[str, str] = field(default_factory=dict)


def _task(case: str, **values: Any) -> Callable[[Upgraded], Any]:
    """Look at values of a request's task, after the names of their fields."""

    def then(site: Upgraded) -> bool:
        task = site.task(case)
        names = {"assignee": task.assignee, "decided_by": task.decided_by}
        people = {name: person and person.get_username() for name, person in names.items()}
        found = {name: people.get(name, getattr(task, name)) for name in values}
        assert found == values
        return True

    return then


def _happened(case: str, kind: str) -> Callable[[Upgraded], Any]:
    """Look whether it is the last thing that happened to a request."""

    def then(site: Upgraded) -> bool:
        event = Event.objects.filter(instance=site.request(case)).latest("seq")
        assert event.kind == kind
        return True

    return then


def _both(first: Callable[[Upgraded], Any], other: Callable[[Upgraded], Any]) -> Any:
    return lambda site: first(site) and other(site)


def _kept(**values: Any) -> Callable[[Upgraded], Any]:
    """Look at Ben's settings."""
    return lambda _site: UserSettings.objects.filter(user__username="ben", **values).exists()


def _views(site: Upgraded) -> list[str]:
    return [view["name"] for view in UserSettings.objects.get(user__username="ben").saved_views]


def _started(**data: Any) -> Callable[[Upgraded], Any]:
    """Look for a request with these data."""
    named = {f"data__{name}": value for name, value in data.items()}
    return lambda _site: WorkflowInstance.objects.filter(**named).count() == 1


def _file_of(who: str, request: str) -> Callable[[Upgraded], Any]:
    """Look whether the file that somebody had sent went with a request."""
    rows = Attachment.objects.filter(uploaded_by__username=who, instance__data__title=request)
    return lambda _site: rows.filter(bound_at__isnull=False).count() == 1


def _submitted(case: str, **values: Any) -> Callable[[Upgraded], Any]:
    """Look at what a form's task was decided with."""
    return lambda site: site.task(case).execution.result == values


FORMS = {
    "decide": Sent(
        _task("ready", status="decided", decided_by="ben", outcome="approve"), "Approve"
    ),
    "decide compared": Sent(
        _task("compared", status="decided", decided_by="ben", outcome="reject"),
        "Reject",
        {"d/comment": WHY},
    ),
    "with a draft": Sent(
        _both(
            _task("with a draft", status="decided"),
            _submitted("with a draft", decision="approve", comment=WORDS),
        ),
        "Approve",
    ),
    "with a file": Sent(
        _both(_task("with a file", status="decided"), _file_of("ben", "with a file")), "Approve"
    ),
    "start": Sent(_started(title="started late"), filled={"d/title": "started late"}),
    "start with a file": Sent(
        _both(_started(title="with papers"), _file_of("ana", "with papers")),
        filled={"d/title": "with papers"},
    ),
    "start of an example": Sent(
        _started(title="Hotel", amount=90), filled={"d/title": "Hotel", "d/amount": "90"}
    ),
    "claim": Sent(_task("ready", status="reserved", assignee="ben")),
    "release": Sent(_task("claimed", status="ready", assignee=None)),
    "undo": Sent(_task("decided", status="reserved", decided_by=None)),
    "recall": Sent(_task("asked", status="reserved", assignee="ben")),
    "wake": Sent(lambda site: not site.task("snoozed").access.filter(relation="snoozed").exists()),
    "noted": Sent(
        lambda site: not site.task("mentioned").access.filter(relation="mentioned", open=True)
    ),
    "comment": Sent(_happened("ready", "task.commented"), filled={"comment": WORDS}),
    "hand-over": Sent(
        _task("claimed", status="reserved", assignee="dana"), filled={"to": "dana", "reason": WHY}
    ),
    "take-over": Sent(_task("claimed", status="reserved", assignee="dana"), filled={"reason": WHY}),
    "ask": Sent(
        _task("ready", status="info_requested"), filled={"of": "ana", "question": "Is it so?"}
    ),
    "answer": Sent(_task("asked", status="reserved"), filled={"answer": "It is."}),
    "snooze": Sent(
        lambda site: site.task("polled").access.filter(relation="snoozed").exists(),
        filled={"until": "week"},
    ),
    "override": Sent(
        _task("next", status="completed", decided_by="ada", outcome="approve"),
        "Approve",
        {"reason": WHY},
    ),
    "reopen": Sent(_task("to reopen", status="reserved", assignee="ben"), filled={"reason": WHY}),
    "picks": Sent(_both(_task("pick 1", assignee="ben"), _task("pick 2", assignee="ben")), "Claim"),
    "confirm": Sent(
        _both(_task("confirm 1", status="decided"), _task("confirm 2", status="decided")), "Approve"
    ),
    "batch undo": Sent(
        _both(
            lambda _site: Batch.objects.filter(undone_at__isnull=False).count() == 1,
            _both(_task("batch 1", status="reserved"), _task("batch 3", status="reserved")),
        )
    ),
    "withdraw": Sent(
        lambda site: site.request("to withdraw").status == "canceled", filled={"reason": WHY}
    ),
    # The page gave its answers back in brackets, and so they are written once more.
    "migrate": Sent(
        lambda site: site.request("to move").definition.version == "2",
        filled={"mapping": "look = seen", "reason": ""},
    ),
    "resume": Sent(lambda site: site.request("suspended").suspended_at is None),
    "retry": Sent(_happened("failed", "instance.retried"), filled={"reason": WHY}),
    "settings": Sent(_kept(theme="light", time_zone="Europe/Rome"), filled={"theme": "light"}),
    "keys": Sent(_kept(own_keys__claim="y")),
    "saved view": Sent(lambda site: _views(site) == ["Picked"], filled={"name": "Picked"}),
    "another view": Sent(lambda site: "Readies" in _views(site), filled={"name": "Readies"}),
    "sign in": Sent(
        lambda site: Session.objects.count() == len(site.notes["cookies"]),
        filled={"username": "cleo", "password": PASSWORD},
    ),
}
AGAIN: dict[str, Callable[[], QuerySet[Any]]] = {
    "start sent before": lambda: WorkflowInstance.objects.filter(data__title="sent before"),
    "decide sent before": lambda: Event.objects.filter(
        kind="task.decided", instance__data__title="alone"
    ),
    "batch sent before": lambda: Event.objects.filter(
        kind="task.decided", instance__data__title="batch 1"
    ),
}
"""Forms that were sent before, and what they made, of which there is to be one."""

SHOWN_AGAIN = {
    *("decide", "decide compared", "with a draft", "with a file", "override"),
    *("start", "start with a file", "start of an example"),
}
"""Forms that do not say which form they are: they come back filled in, and are pressed again."""

ELSEWHERE = {"sign in again", "sign out", *AGAIN}
"""Forms that have a test of their own."""


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_was_open_is_accepted_and_does_what_it_says(site: Upgraded, name: str) -> None:
    form, sent = site.form(name), FORMS[name]
    tab = site.tab(form["who"])

    answer = tab.send(form, sent.press, **sent.filled)
    if name in SHOWN_AGAIN:
        answer = _sent_again(tab, form, answer, sent)
    elif name == "confirm":
        answer = _chosen_again(tab, answer, sent)

    assert answer.status_code == 302, answer.content.decode()[-2000:]
    assert not answer.headers["Location"].startswith("/sign-in/")
    assert sent.then(site)


def _sent_again(tab: Tab, form: OpenForm, answer: Any, sent: Sent) -> Any:
    """Press the button of the form that has come back, without filling in anything once more."""
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The form has changed since you opened it" in page
    assert all(text in page for text in sent.filled.values())
    action = form["action"].partition("?")[0]
    return tab.send(tab.open(form["page"], action, html=page), sent.press)


def _chosen_again(tab: Tab, answer: Any, sent: Sent) -> Any:
    """Choose the tasks once more of which nothing was done."""
    assert "The form has changed since you opened it." in tab.read(answer.headers["Location"])
    assert not HumanTask.objects.filter(instance__data__title="confirm 1", status="decided")
    asked = tab.send(tab.open("/inbox/team/?find=confirm&pick=all", "/bulk/"), "Decide")
    page = asked.content.decode()
    return tab.send(tab.open("/bulk/", "/bulk/", html=page, having="confirmed"), sent.press)


def test_signing_out_ends_the_session(site: Upgraded) -> None:
    tab = site.tab("ben")

    assert tab.send(site.form("sign out")).headers["Location"] == "/sign-in/"
    assert not Session.objects.filter(pk=site.notes["cookies"]["ben"]["sessionid"]).exists()


def test_every_form_that_was_open_is_sent(site: Upgraded) -> None:
    assert site.notes["forms"].keys() == FORMS.keys() | ELSEWHERE


@pytest.mark.parametrize("name", [name for name in AGAIN if name != "decide sent before"])
def test_a_form_that_was_sent_before_and_is_sent_again_counts_once(
    site: Upgraded, name: str
) -> None:
    made = AGAIN[name]
    assert made().count() == 1

    answer = site.tab("ben").send(site.form(name))

    assert answer.status_code == 302
    assert made().count() == 1
    assert Batch.objects.count() == 1


def test_a_decision_that_was_sent_before_and_is_sent_again_is_told_what_counts(
    site: Upgraded,
) -> None:
    # The page says its button by a position, which may mean any other by now.
    answer = site.tab("ben").send(site.form("decide sent before"))

    assert answer.status_code == 409
    assert "This form was already sent: Approve." in answer.content.decode()
    assert AGAIN["decide sent before"]().count() == 1


def test_a_form_that_was_shown_to_somebody_else_is_worth_nothing(site: Upgraded) -> None:
    form = site.form("with a file")

    answer = site.tab("dana").send(form, "Approve")

    # Neither the token of another browser's cookie nor a file of another person is accepted.
    assert answer.status_code == 403
    assert site.task("with a file").status == "ready"
