"""Lists with a name: saved, shown in the navigation, renamed, deleted, and nobody else's."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tasks_ui.lists import saved_views
from tasks_ui.models import UserSettings
from tests.tasks_ui.conftest import SignIn
from workflows.models import HumanTask

HERE = "/inbox/team/?sort=newest&due=overdue"
SAVE = "/views/save/?view=team&sort=newest&due=overdue"


@pytest.fixture
def client(ben: User, sign_in: SignIn) -> Client:
    """Give Ben's browser."""
    return sign_in(ben)


def navigation(client: Client, url: str = "/requests/") -> str:
    """Give the navigation as it is on a page."""
    return client.get(url).content.decode().split("<nav")[1].split("</nav>")[0]


def saved_id() -> str:
    """Give the id of the only saved view."""
    return str(UserSettings.objects.get().saved_views[0]["id"])


def test_a_list_is_saved_under_a_name_and_stands_in_the_navigation(client: Client) -> None:
    assert 'href="/views/save/?view=team&amp;sort=newest&amp;due=overdue"' in (
        client.get(HERE).content.decode()
    )
    assert 'value="Overdue"' in client.get(SAVE).content.decode()

    answer = client.post(SAVE, {"name": " Too late "})

    assert answer.headers["Location"] == HERE
    escaped = HERE.replace("&", "&amp;")
    assert f'href="{escaped}"' in navigation(client)
    assert navigation(client, HERE).count('aria-current="page"') == 1
    assert '<h1 class="list__title" tabindex="-1" data-start>Too late' in (
        client.get(HERE).content.decode()
    )


def test_a_view_gets_another_name_and_is_deleted(client: Client) -> None:
    client.post(SAVE, {"name": "Too late"})
    url = f"/views/{saved_id()}/"
    assert f'href="{url}"' in client.get(HERE).content.decode()

    client.post(url, {"name": "Hurry"})
    assert "Hurry" in navigation(client)
    assert "Too late" not in navigation(client)

    client.post(url, {"name": "Hurry", "delete": "1"})
    assert "Hurry" not in navigation(client)
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("name", ["", "TOO LATE", "x" * 61])
def test_a_name_that_cannot_be_is_refused(client: Client, name: str) -> None:
    client.post(SAVE, {"name": "Too late"})

    answer = client.post("/views/save/?view=mine", {"name": name})

    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()
    assert len(UserSettings.objects.get().saved_views) == 1


def test_nobody_has_more_than_some(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_views, "MOST", 1)
    client.post(SAVE, {"name": "One"})

    answer = client.post(SAVE, {"name": "Two"})

    assert "You have 1 saved views already." in answer.content.decode()


def test_another_persons_views_are_nowhere(client: Client, ana: User, sign_in: SignIn) -> None:
    client.post(SAVE, {"name": "Too late"})
    other = sign_in(ana)

    for answer in (other.get(f"/views/{saved_id()}/"), other.post(f"/views/{saved_id()}/")):
        assert answer.status_code == 404
    assert "Too late" not in navigation(other)
    assert other.get(HERE).status_code == 200


def test_names_come_with_the_person_and_cost_no_statement(
    client: Client, expense: HumanTask
) -> None:
    client.get(HERE)
    with CaptureQueriesContext(connection) as before:
        client.get(HERE)
    for number in range(5):
        client.post(SAVE, {"name": f"View {number}"})

    with CaptureQueriesContext(connection) as after:
        client.get(HERE)

    assert len(after) == len(before)


def test_what_a_later_version_no_longer_knows_is_left_out(client: Client, ben: User) -> None:
    client.post(SAVE, {"name": "Too late"})
    kept = UserSettings.objects.get()
    kept.saved_views += [
        {**kept.saved_views[0], "id": "2", "view": "gone", "name": "Unknown"},
        {**kept.saved_views[0], "id": "3", "narrowed": {"colour": "red"}, "name": "Plain"},
    ]
    kept.save()

    assert "Unknown" not in navigation(client)
    assert 'href="/inbox/team/?sort=newest"' in navigation(client)
