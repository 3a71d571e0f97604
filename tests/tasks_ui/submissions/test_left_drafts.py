"""Whoever wrote a draft finds it again, whatever has become of the task; nobody else ever does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.people import person
from tests.tasks_ui.conftest import SignIn
from tests.tasks_ui.contracts import CONTRACTS, Review, start
from tests.tasks_ui.submissions.test_files import texts_of
from tests.workflows.asking import FORM, Ask
from tests.workflows.definitions import sequence
from tests.workflows.engine.instances.moving import migrate, version, waiting_on
from tests.workflows.files import upload
from workflows import engine
from workflows.engine.maintenance import cleanup
from workflows.engine.store import clock
from workflows.models import Attachment, Draft, HumanTask
from workflows.testing import drain, registered

WORDS = "Half a thought"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
LONGER: dict[str, Any] = {**FORM, "required": ["decision", "comment"]}
WINDOW = sequence(Ask("ben", undo=timedelta(minutes=5)), name="second_thoughts")


class LateReview(Review):
    """Can be taken back for a while."""

    undo = timedelta(minutes=5)


UNDOABLE = sequence(LateReview(), name="undoable")


def text_of(answer: Any) -> str:
    """Give the page."""
    return str(answer.content.decode())


def type_in(client: Client, task: HumanTask, words: str = WORDS) -> None:
    """Do what the page does while somebody writes."""
    sent = {"d/comment": words, "draft": ""}
    answer = client.post(f"/t/{task.pk}/draft/", sent, headers=HTMX)
    assert "Draft saved" in text_of(answer)


def press(client: Client, task: HumanTask, **fields: Any) -> Any:
    """Fill in the form of the task's page and press its first button."""
    shown = client.get(f"/t/{task.pk}/")
    button = shown.context["decision"].buttons[0].value
    sent = texts_of(shown) | {"outcome": button} | fields
    return client.post(f"/t/{task.pk}/decide/", sent)


def handed_over(ben: User, sign_in: SignIn, expense: HumanTask) -> tuple[Client, User]:
    """Let Ben type into a task and hand it over; give his browser, and who has the task now."""
    dana = person("dana", groups=("managers",))
    client = sign_in(ben)
    engine.claim(expense, user=ben)
    type_in(client, expense)
    engine.reassign(expense.pk, to=dana, user=ben)
    return client, dana


def test_after_a_hand_over_who_wrote_it_can_read_and_copy_it(
    ben: User, sign_in: SignIn, expense: HumanTask
) -> None:
    client, dana = handed_over(ben, sign_in, expense)

    page = text_of(client.get(f"/t/{expense.pk}/"))

    assert "What you had filled in, and not sent" in page
    assert WORDS in page
    assert WORDS not in text_of(sign_in(dana).get(f"/t/{expense.pk}/"))


def test_after_somebody_else_has_decided_it_is_on_the_page_of_the_closed_task(
    ben: User, sign_in: SignIn, expense: HumanTask
) -> None:
    client, dana = handed_over(ben, sign_in, expense)
    assert press(sign_in(dana), expense).status_code == 302

    page = text_of(client.get(f"/t/{expense.pk}/"))

    assert WORDS in page
    assert WORDS not in text_of(sign_in(dana).get(f"/t/{expense.pk}/"))
    client.post(f"/t/{expense.pk}/draft/", {"discard": "1"})
    assert WORDS not in text_of(client.get(f"/t/{expense.pk}/"))


def test_what_does_not_fit_the_form_is_readable_too(
    undoable: HumanTask, ben: User, sign_in: SignIn
) -> None:
    client = sign_in(ben)
    sent = {"d/pages": "about 12", "draft": ""}
    client.post(f"/t/{undoable.pk}/draft/", sent, headers=HTMX)
    engine.reassign(undoable.pk, to=person("dana"), user=None)

    assert "about 12" in text_of(client.get(f"/t/{undoable.pk}/"))


def test_who_may_no_longer_see_the_task_may_read_their_own_words(
    ben: User, sign_in: SignIn, expense: HumanTask
) -> None:
    client = sign_in(ben)
    type_in(client, expense)
    ben.groups.clear()

    answer = client.get(f"/t/{expense.pk}/")

    assert answer.status_code == 410
    assert WORDS in text_of(answer)
    assert "Train to Berlin" not in text_of(answer)


def test_a_task_that_is_asked_anew_offers_the_draft_of_the_one_before(
    ben: User, sign_in: SignIn
) -> None:
    dana = person("dana")
    old, new = (
        version(number, ("ask", "end"), ask=Ask(groups=("managers",), form_schema=form))
        for number, form in (("1", FORM), ("2", LONGER))
    )
    dana.groups.set(ben.groups.all())
    with waiting_on(old):
        before = HumanTask.objects.get()
        client = sign_in(ben)
        with registered(old):
            type_in(client, before)
        with registered(new):
            assert migrate(new, ask_again=True).moved
            drain()
            again = HumanTask.objects.get(status="ready")
            page = text_of(client.get(f"/t/{again.pk}/"))

            assert WORDS in page
            assert "The form has changed since you began to fill it in" in page
            assert WORDS not in text_of(sign_in(dana).get(f"/t/{again.pk}/"))
            assert WORDS in text_of(client.get(f"/t/{before.pk}/"))
            with clock.at(clock.now() + timedelta(days=30)):
                cleanup.sweep()
            assert WORDS in text_of(client.get(f"/t/{again.pk}/"))

            type_in(client, again, "A whole thought")
            page = text_of(client.get(f"/t/{again.pk}/"))
            assert "A whole thought" in page
            client.post(f"/t/{again.pk}/draft/", {"discard": "1"})
            page = text_of(client.get(f"/t/{again.pk}/"))
            assert "A whole thought" not in page
            assert WORDS not in page


@pytest.fixture
def undoable(ana: User, ben: User) -> Iterator[HumanTask]:
    """Give a task of Ben's that wants a file, and can be taken back."""
    with registered(UNDOABLE):
        engine.start_workflow(UNDOABLE.name, user=ana)
        drain()
        yield HumanTask.objects.get()


def test_whoever_takes_a_decision_back_finds_their_words_and_file_again(
    undoable: HumanTask, ben: User, sign_in: SignIn
) -> None:
    client = sign_in(ben)
    sent = press(client, undoable, **{"d/pages": "12", "u/signed": upload(name="signed.pdf")})
    assert sent.status_code == 302
    row = Attachment.objects.get()
    assert row.task == undoable
    assert "What you had filled in" not in text_of(client.get(f"/t/{undoable.pk}/"))

    client.post(f"/t/{undoable.pk}/undo/")

    row.refresh_from_db()
    assert [row.task, row.instance, row.bound_at] == [None, None, None]
    page = text_of(client.get(f"/t/{undoable.pk}/"))
    assert 'value="12"' in page
    assert "signed.pdf" in page
    assert press(client, undoable).status_code == 302
    row.refresh_from_db()
    assert row.task == undoable


def test_a_decision_that_stands_leaves_no_draft(
    undoable: HumanTask, ben: User, sign_in: SignIn
) -> None:
    press(sign_in(ben), undoable, **{"d/pages": "12", "u/signed": upload()})
    assert Draft.objects.exists()

    with clock.at(clock.now() + timedelta(minutes=6)):
        drain()

    undoable.refresh_from_db()
    assert undoable.status == "completed"
    assert not Draft.objects.exists()


def test_a_reopened_task_binds_nothing_either(
    undoable: HumanTask, ben: User, admin: User, sign_in: SignIn
) -> None:
    press(sign_in(ben), undoable, **{"d/pages": "12", "u/signed": upload()})
    undoable.refresh_from_db()
    undoable.execution.refresh_from_db()
    bound = Attachment.objects.get()
    HumanTask.objects.filter(pk=undoable.pk).update(status="completed", closed_at=clock.now())
    undoable.execution.status = "failed"
    undoable.execution.save()

    engine.reopen(undoable.pk, user=admin, reason="Signed by nobody.")

    bound.refresh_from_db()
    assert (bound.task, bound.instance) == (None, None)


@pytest.fixture
def contracts() -> Iterator[None]:
    """Have the workflow that takes contracts."""
    with registered(CONTRACTS):
        yield


def test_a_refused_start_form_keeps_its_file_with_the_draft(
    contracts: None, ana: User, sign_in: SignIn
) -> None:
    client = sign_in(ana)
    refused = start(client, **{"d/title": "", "u/contract": upload(name="rent.pdf")})
    assert refused.status_code == 422

    page = client.get("/start/contracts/")

    assert "rent.pdf" in text_of(page)
    again = texts_of(page) | {"d/title": "Rent"}
    assert client.post("/start/contracts/", again).status_code == 302


def test_a_refused_repetition_keeps_its_file_with_the_draft(
    contracts: None, ana: User, sign_in: SignIn
) -> None:
    client = sign_in(ana)
    start(client, **{"d/title": "Rent", "u/contract": upload()})
    refused = start(client, **{"d/title": "Other", "u/contract": upload(name="other.pdf")})
    assert refused.status_code == 409

    page = client.get("/start/contracts/")

    assert "other.pdf" in text_of(page)
    assert client.post("/start/contracts/", texts_of(page)).status_code == 302


def test_a_refused_decision_keeps_its_file_with_the_draft(
    undoable: HumanTask, ben: User, sign_in: SignIn
) -> None:
    client = sign_in(ben)
    refused = press(client, undoable, **{"u/signed": upload(name="signed.pdf")})
    assert refused.status_code == 422

    page = client.get(f"/t/{undoable.pk}/")

    assert "signed.pdf" in text_of(page)
    assert press(client, undoable, **{"d/pages": "3"}).status_code == 302


def test_without_scripts_the_button_keeps_the_file(
    contracts: None, ana: User, sign_in: SignIn
) -> None:
    client = sign_in(ana)
    shown = client.get("/start/contracts/")
    sent = texts_of(shown) | {"u/contract": upload(name="rent.pdf")}

    page = client.post("/start/contracts/draft/", sent, follow=True)

    assert "Your draft is saved." in text_of(page)
    assert "rent.pdf" in text_of(client.get("/start/contracts/"))


def test_a_file_that_cannot_be_kept_is_said(contracts: None, ana: User, sign_in: SignIn) -> None:
    client = sign_in(ana)
    shown = client.get("/start/contracts/")
    empty = texts_of(shown) | {"u/contract": upload(b"")}
    late = texts_of(shown) | {"u/contract": "rent.pdf"}

    told = text_of(client.post("/start/contracts/draft/", empty, follow=True))
    beside = text_of(client.post("/start/contracts/draft/", late, headers=HTMX))

    assert "The file is not kept: The file is empty." in told
    assert "Draft saved without the file" in beside
    assert "Draft saved," not in beside
