"""On to the next task."""

from __future__ import annotations

from django.contrib.auth.models import User

from tests.expenses import start_expense
from tests.tasks_ui.conftest import SignIn
from workflows.models import HumanTask


def test_next_is_what_follows_in_the_list_and_begins_again_at_its_end(
    ana: User, ben: User, sign_in: SignIn
) -> None:
    tasks = [start_expense(ana, title) for title in ("One", "Two", "Three")]
    client = sign_in(ben)
    rows = client.get("/inbox/team/").context["list"].rows

    assert [row.task for row in rows] == tasks
    for row, following in zip(rows, [*tasks[1:], tasks[0]], strict=True):
        answer = client.get(f"/next/?view=team&at={row.cursor}")
        assert answer.headers["Location"] == f"/t/{following.pk}/?view=team"


def test_without_a_task_next_is_the_list(ben: User, sign_in: SignIn, expense: HumanTask) -> None:
    client = sign_in(ben)

    assert client.get("/next/").headers["Location"] == "/inbox/mine/"
    assert client.get("/next/?view=team&find=q").headers["Location"] == "/inbox/team/?find=q"


def test_an_unknown_place_starts_at_the_first_task(
    ben: User, sign_in: SignIn, expense: HumanTask
) -> None:
    answer = sign_in(ben).get("/next/?view=team&at=nonsense")

    assert answer.headers["Location"] == f"/t/{expense.pk}/?view=team"
