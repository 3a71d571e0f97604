"""Words that are sent after the session has ended are there again after signing in."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tasks_ui.bulk.selection import Pick
from tasks_ui.models import Batch
from tests.expenses import APPROVE
from tests.people import PASSWORD, person
from tests.tasks_ui.conftest import SignIn
from tests.tasks_ui.contracts import CONTRACTS
from tests.tasks_ui.submissions.test_files import texts_of
from tests.workflows.files import upload
from workflows import engine
from workflows.engine import queries
from workflows.models import Attachment, Event, HumanTask, WorkflowInstance
from workflows.testing import registered

WORDS = "Words that took me a while"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
SENT = {
    "hand_over": ("ben", {"to": "dana", "reason": WORDS}),
    "ask": ("ben", {"of": "ana", "question": WORDS}),
    "comment": ("ben", {"comment": WORDS, "mention": "ana"}),
    "answer": ("ana", {"answer": WORDS}),
    "take_over": ("ada", {"reason": WORDS}),
    "override": ("ada", {"d/comment": "Approved by me", "reason": WORDS, "outcome": APPROVE}),
    "reopen": ("ada", {"reason": WORDS}),
}


@pytest.fixture
def task(ben: User, admin: User, expense: HumanTask) -> HumanTask:
    """Give a task that Ben has, and that Dana could have, too."""
    person("dana", groups=("managers",))
    engine.claim(expense, user=ben)
    return queries.find_task(expense.pk)


def prepare(verb: str, task: HumanTask) -> None:
    """Bring the task to where the verb is possible."""
    if verb == "answer":
        ana, ben = User.objects.get(username="ana"), User.objects.get(username="ben")
        engine.ask(task, user=ben, of=ana, question="Why?")
    if verb == "reopen":
        engine.complete_human_task(task, user=task.assignee, data={"decision": "approve"})


def send_late(client: Client, url: str, page: str, words: dict[str, str], **headers: str) -> Any:
    """Send a form whose session has ended; the receipt was in it."""
    receipt = client.get(page).context["receipt"]
    client.session.flush()
    came_from = {"Referer": f"http://testserver{page}"}
    return client.post(url, words | {"receipt": receipt}, headers=came_from | headers)


def sign_in_again(client: Client, url: str, who: str) -> Any:
    """Sign in where one was led to, and follow back."""
    return client.post(url, {"username": who, "password": PASSWORD}, follow=True)


def text_of(answer: Any) -> str:
    """Give the page."""
    return str(answer.content.decode())


@pytest.mark.parametrize("verb", [*SENT])
def test_whoever_comes_back_finds_the_form_as_they_have_filled_it_in(
    sign_in: SignIn, task: HumanTask, verb: str
) -> None:
    who, words = SENT[verb]
    prepare(verb, task)
    client = sign_in(User.objects.get(username=who))
    url = f"/t/{task.pk}/{verb.replace('_', '-')}/"

    refused = send_late(client, url, url, words)
    page = sign_in_again(client, refused.headers["Location"], who)

    assert page.redirect_chain[-1][0] == url
    for name, text in words.items():
        shown = f'value="{text}" selected' if name in {"to", "of", "mention"} else text
        assert name == "outcome" or shown in text_of(page)
    assert page.status_code == 200
    assert 'class="errorlist"' not in text_of(page)
    assert WORDS not in text_of(client.get(url)), "What is given back is kept no longer."
    assert WORDS not in str(list(Event.objects.values_list("data", flat=True)))


def test_a_comment_on_the_page_of_the_task_comes_back_to_it_and_is_posted_once(
    ben: User, sign_in: SignIn, task: HumanTask
) -> None:
    client, page = sign_in(ben), f"/t/{task.pk}/?view=team"
    submission = client.get(page).context["comment_id"]
    words = {"comment": WORDS, "submission": submission}
    at = {"HX-Current-URL": f"http://testserver{page}"}

    refused = send_late(client, f"/t/{task.pk}/comment/", page, words, **HTMX, **at)
    shown = sign_in_again(client, refused.headers["HX-Redirect"], "ben")

    assert shown.redirect_chain[-1][0] == page
    assert f">{WORDS}</textarea>" in text_of(shown)
    assert shown.context["comment_id"] == submission


def test_why_a_request_is_withdrawn_comes_back_with_its_page(
    ana: User, sign_in: SignIn, task: HumanTask
) -> None:
    page = f"/r/{task.instance_id}/"
    client = sign_in(ana)
    sent = send_late(client, f"{page}withdraw/", page, {"reason": WORDS})

    assert WorkflowInstance.objects.get().status == "waiting"
    back = sign_in_again(client, sent.url, "ana")

    assert back.context["reason"] == WORDS
    assert f'name="reason" maxlength="500" value="{WORDS}"' in back.content.decode()
    assert client.get(page).context["reason"] is None


def test_what_is_asked_about_many_tasks_comes_back_with_those_that_were_chosen(
    ben: User, sign_in: SignIn, task: HumanTask
) -> None:
    client, url, chosen = sign_in(ben), "/bulk/?view=mine", str(Pick.of(task))
    asked = client.post(url, {"act": "hand_over", "pick": [chosen]})
    words = {"confirmed": "1", "to": "dana", "reason": WORDS}
    client.session.flush()
    sent = texts_of(asked) | words
    refused = client.post(url, sent, headers={"Referer": f"http://testserver{url}"})

    page = sign_in_again(client, refused.headers["Location"], "ben")

    assert page.redirect_chain[-1][0] == url
    assert f'value="{chosen}"' in text_of(page)
    assert 'value="dana" selected' in text_of(page)
    assert WORDS in text_of(page)
    assert 'class="errorlist"' not in text_of(page)
    assert not Batch.objects.exists()
    again = client.get(url)
    assert again.headers["Location"] == "/inbox/mine/", "What is given back is kept no longer."
    client.post(url, texts_of(page) | words)
    assert queries.find_task(task.pk).assignee == User.objects.get(username="dana")


def test_several_forms_are_kept_beside_each_other(
    ben: User, sign_in: SignIn, task: HumanTask
) -> None:
    client = sign_in(ben)
    receipt = client.get(f"/t/{task.pk}/ask/").context["receipt"]
    client.session.flush()
    for url, name in (("ask", "question"), ("comment", "comment"), ("draft", "d/comment")):
        client.post(f"/t/{task.pk}/{url}/", {name: f"{WORDS} {url}", "receipt": receipt})
    client.post("/sign-in/", {"username": "ben", "password": PASSWORD})

    page = text_of(client.get(f"/t/{task.pk}/"))

    assert f"{WORDS} comment" in page
    assert f"{WORDS} draft" in page
    assert f"{WORDS} ask" in text_of(client.get(f"/t/{task.pk}/ask/"))


def test_what_can_no_longer_be_done_is_said_beside_the_words(
    ben: User, sign_in: SignIn, task: HumanTask
) -> None:
    client, url = sign_in(ben), f"/t/{task.pk}/ask/"
    refused = send_late(client, url, url, {"of": "ana", "question": WORDS})
    engine.reassign(task.pk, to=User.objects.get(username="dana"), user=None)

    page = text_of(sign_in_again(client, refused.headers["Location"], "ben"))

    assert "Dana has taken this task." in page
    assert WORDS in page


def test_nobody_else_who_signs_in_there_gets_them(
    ben: User, sign_in: SignIn, task: HumanTask
) -> None:
    client, url = sign_in(ben), f"/t/{task.pk}/comment/"
    refused = send_late(client, url, url, {"comment": WORDS})

    page = sign_in_again(client, refused.headers["Location"], "dana")

    assert page.redirect_chain[-1][0] == url
    assert WORDS not in text_of(page)


def test_a_file_that_had_arrived_stays_and_one_that_comes_too_late_is_asked_for_again(
    ana: User, sign_in: SignIn
) -> None:
    with registered(CONTRACTS):
        client, url = sign_in(ana), "/start/contracts/"
        refused = client.post(url, texts_of(client.get(url)) | {"u/contract": upload()})
        assert refused.status_code == 422
        kept = texts_of(refused) | {"d/title": "Rent", "u/secret": upload(name="late.pdf")}
        client.session.flush()
        late = client.post(url, kept, headers={"Referer": f"http://testserver{url}"})
        page = sign_in_again(client, late.headers["Location"], "ana")

        assert "The file did not arrive. Choose it again." in text_of(page)
        assert client.post(url, texts_of(page)).status_code == 302
        assert Attachment.objects.get().instance == WorkflowInstance.objects.get()


def test_of_more_than_a_session_keeps_the_newest_stays(task: HumanTask) -> None:
    stranger, much = Client(), 150_000 * "x"
    for verb in ("ask", "comment"):
        stranger.post(f"/t/{task.pk}/{verb}/", {"text": much})

    kept = stranger.session["sent_while_signed_out"]

    assert [*kept] == [f"comment/{task.pk}"]
    stranger.post(f"/t/{task.pk}/answer/", {"text": 2 * much})
    assert not stranger.session["sent_while_signed_out"]


def test_first_of_all_it_is_said_that_nothing_is_recorded_yet(
    task: HumanTask, sign_in: SignIn, ben: User
) -> None:
    client, page = sign_in(ben), f"/t/{task.pk}/"
    said = "Nothing has been recorded yet"

    asked = send_late(client, f"{page}decide/", page, {"d/comment": WORDS})
    assert said in text_of(client.get(asked.url))
    back = sign_in_again(client, asked.url, "ben")
    assert text_of(back).index(said) < text_of(back).index(WORDS)
    assert said not in text_of(client.get(page))


def test_nothing_is_said_to_whoever_has_sent_nothing(client: Client, ben: User) -> None:
    asked = client.get("/inbox/mine/").headers["Location"]

    assert "Nothing has been recorded" not in text_of(client.get(asked))
    assert "Nothing has been recorded" not in text_of(sign_in_again(client, asked, "ben"))


def test_a_draft_sent_too_late_does_not_overwrite_that_of_another_tab(
    task: HumanTask, sign_in: SignIn, ben: User
) -> None:
    client, page = sign_in(ben), f"/t/{task.pk}/"
    engine.save_draft(task, user=ben, fields={"d/comment": ["Other words"]}, form="f")

    late = {"d/comment": WORDS, "draft": "", "tab": "one", "turn": "1"}
    asked = send_late(client, f"{page}draft/", page, late)
    back = text_of(sign_in_again(client, asked.url, "ben"))

    assert WORDS in back
    assert "There is another draft of this form" in back
