"""Files are sent with forms, shown where their data is, and given out only there, safely."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.expenses import start_form
from tests.tasks_ui.conftest import SignIn
from tests.tasks_ui.contracts import CONTRACTS, start
from tests.tasks_ui.schema_form.browser import Browser
from tests.workflows.files import PDF, upload
from workflows import engine
from workflows.engine import queries
from workflows.models import Attachment, HumanTask, WorkflowInstance
from workflows.testing import drain, registered


@pytest.fixture(autouse=True)
def contracts() -> Iterator[None]:
    """Have the workflow that takes contracts."""
    with registered(CONTRACTS):
        yield


def task_with(ana: User, file: SimpleUploadedFile | None = None) -> tuple[HumanTask, Attachment]:
    """Give Ben's task in a request of Ana's that came with a file."""
    row = engine.park(ana, "form", file or upload())
    data = {"contract": row.reference.text, "title": "Rent"}
    instance = engine.start_workflow("contracts", initial_data=data, user=ana)
    drain()
    return queries.find_task(instance_id=instance.pk, step_name="a"), row


def content_of(answer: Any) -> bytes:
    """Give what was given out."""
    return b"".join(answer.streaming_content)


def texts_of(page: Any) -> dict[str, Any]:
    """Give what a browser sends of the last form of a page."""
    post = Browser(page.content.decode()).post
    return {name: texts for name, texts in post.items() if name != "csrfmiddlewaretoken"}


def test_a_request_is_started_with_a_file(ana: User, sign_in: SignIn) -> None:
    answer = start(sign_in(ana), **{"d/title": "Rent", "u/contract": upload()})

    instance = WorkflowInstance.objects.get()
    row = Attachment.objects.get()
    assert answer.url == reverse("request", args=[instance.pk])
    assert instance.data == {"title": "Rent", "contract": row.reference.text}
    assert row.instance == instance


def test_a_file_is_kept_over_a_mistake_elsewhere(ana: User, sign_in: SignIn) -> None:
    client = sign_in(ana)
    refused = start(client, **{"d/title": "", "u/contract": upload()})
    row = Attachment.objects.get()
    link = reverse("own_file", args=[row.pk])

    assert refused.status_code == 422
    assert f'href="{link}"' in refused.content.decode()
    assert content_of(client.get(link)) == PDF
    again = client.post("/start/contracts/", texts_of(refused) | {"d/title": "Rent"})
    assert again.status_code == 302, again.content
    assert WorkflowInstance.objects.get().data["contract"] == row.reference.text


def test_the_same_form_sent_twice_starts_once(ana: User, sign_in: SignIn) -> None:
    client = sign_in(ana)
    answers = [start(client, **{"d/title": "Rent", "u/contract": upload()}) for _ in range(2)]

    assert answers[0].url == answers[1].url
    assert WorkflowInstance.objects.count() == Attachment.objects.count() == 1


def test_a_form_that_is_refused_as_a_repetition_keeps_its_new_file(
    ana: User, sign_in: SignIn
) -> None:
    client = sign_in(ana)
    start(client, **{"d/title": "Rent", "u/contract": upload()})
    other = upload(PDF + b"%other", "other.pdf")
    refused = start(client, **{"d/title": "Rent", "u/contract": other})

    assert refused.status_code == 409
    assert client.post("/start/contracts/", texts_of(refused)).status_code == 302
    assert WorkflowInstance.objects.count() == 2


def test_a_task_is_decided_with_a_file(ana: User, ben: User, sign_in: SignIn) -> None:
    task, _row = task_with(ana)
    client = sign_in(ben)
    shown = client.get(reverse("task", args=[task.pk]))
    assert 'enctype="multipart/form-data"' in shown.content.decode()
    fields = texts_of(shown) | {"outcome": "done", "d/pages": "x"}

    refused = client.post(
        reverse("decide", args=[task.pk]), fields | {"u/signed": upload(name="signed.pdf")}
    )
    row = Attachment.objects.get(uploaded_by=ben)
    link = reverse("task_file", args=[task.pk, row.pk])
    assert refused.status_code == 422
    assert f'href="{link}"' in refused.content.decode()
    assert client.get(link).status_code == 200
    fields = texts_of(refused) | {"outcome": "done", "d/pages": "3"}
    decided = client.post(reverse("decide", args=[task.pk]), fields)

    assert decided.status_code == 302, decided.content
    row.refresh_from_db()
    assert (row.task, row.instance) == (task, task.instance)


def test_pages_link_to_the_files_that_they_show(ana: User, ben: User, sign_in: SignIn) -> None:
    task, row = task_with(ana)

    pages = [
        (sign_in(ben), "task", task.pk, "task_file"),
        (sign_in(ana), "request", task.instance_id, "request_file"),
    ]
    for client, page, id_, file in pages:
        html = client.get(reverse(page, args=[id_])).content.decode()
        link = reverse(file, args=[id_, row.pk])
        assert (
            f'<a href="{link}" hx-boost="false"><bdi>contract.pdf (35\xa0bytes)</bdi></a>' in html
        )
        assert "data:application/pdf" not in html
        assert content_of(client.get(link)) == PDF


def test_a_file_is_given_out_in_a_way_that_runs_nothing(
    ana: User, ben: User, sign_in: SignIn
) -> None:
    task, row = task_with(ana, upload(name='a "b";\u202e é.pdf'))

    answer = sign_in(ben).get(reverse("task_file", args=[task.pk, row.pk]))

    assert {name: answer[name] for name in (
        *("Content-Type", "Content-Length", "Content-Disposition", "Cache-Control"),
        *("Content-Security-Policy", "X-Content-Type-Options", "Cross-Origin-Resource-Policy"),
    )} == {
        "Content-Type": "application/pdf",
        "Content-Length": str(len(PDF)),
        "Content-Disposition": "attachment; filename*=utf-8''a%20%22b%22%3B%20%C3%A9.pdf",
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }  # fmt: skip


@pytest.mark.parametrize(
    "content", [b"<html><script>alert(1)</script>", b"<svg onload='alert(1)'>", b"<?xml?><a/>"]
)
def test_what_a_browser_would_run_is_given_out_as_bytes(
    ana: User, ben: User, sign_in: SignIn, content: bytes
) -> None:
    task, row = task_with(ana, upload(content, "contract.pdf"))

    answer = sign_in(ben).get(reverse("task_file", args=[task.pk, row.pk]))

    assert answer["Content-Type"] == "application/octet-stream"


def test_nobody_else_gets_a_file(
    ana: User, ben: User, cleo: User, sign_in: SignIn, client: Client
) -> None:
    task, row = task_with(ana)
    other, _row = task_with(ana, upload(name="other.pdf"))
    mine = engine.park(ana, "another form", upload(name="mine.pdf"))

    for person, page in (
        (cleo, reverse("task_file", args=[task.pk, row.pk])),
        (cleo, reverse("request_file", args=[task.instance_id, row.pk])),
        (cleo, reverse("own_file", args=[row.pk])),
        (ben, reverse("own_file", args=[row.pk])),
        (ben, reverse("task_file", args=[other.pk, row.pk])),
        (ben, reverse("task_file", args=[task.pk, mine.pk])),
        (ana, reverse("own_file", args=[row.pk])),
        (ana, reverse("request_file", args=[other.instance_id, row.pk])),
    ):
        assert sign_in(person).get(page).status_code == 404
    stranger = client.get(reverse("own_file", args=[mine.pk]))
    assert stranger.headers["Location"].startswith("/sign-in/")
    assert sign_in(ana).post(reverse("own_file", args=[mine.pk])).status_code == 405


def test_data_that_the_reviewer_does_not_see_has_files_that_they_do_not_get(
    ana: User, ben: User, sign_in: SignIn
) -> None:
    contract, secret = (engine.park(ana, "form", upload(name=name)) for name in ("a.pdf", "b.pdf"))
    data = {"title": "Rent", "contract": contract.reference.text, "secret": secret.reference.text}
    instance = engine.start_workflow("contracts", initial_data=data, user=ana)
    drain()
    task = HumanTask.objects.get(instance=instance)

    assert sign_in(ben).get(reverse("task_file", args=[task.pk, secret.pk])).status_code == 404


def test_a_file_that_is_gone_from_the_disk_is_404(ana: User, sign_in: SignIn) -> None:
    row = engine.park(ana, "form", upload())
    row.file.storage.delete(row.file.name or "")

    assert sign_in(ana).get(reverse("own_file", args=[row.pk])).status_code == 404


def test_an_old_tab_gets_its_file_back_with_the_form(ana: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    fields = {"submission": "0" * 32, "d/title": "Rent", "d/contract": "", "u/contract": upload()}
    fields |= start_form("contracts")

    refused = client.post("/start/contracts/", fields, headers={"Origin": "http://testserver"})

    assert refused.status_code == 403
    html = refused.content.decode()
    post = Browser(html).post
    assert "contract.pdf" in html
    token = post["csrfmiddlewaretoken"]
    again = client.post("/start/contracts/", post | {"csrfmiddlewaretoken": token})
    assert again.status_code == 302
    assert (
        WorkflowInstance.objects.get().data["contract"] == Attachment.objects.get().reference.text
    )
