"""The settings page, and what the settings do."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.utils import timezone as django_timezone
from pytest_django import DjangoAssertNumQueries

from tasks_ui.models import UserSettings
from tasks_ui.shortcuts import Keys
from tests.tasks_ui.conftest import SignIn
from workflows.models import HumanTask

CHOSEN = {
    "time_zone": "Asia/Tokyo",
    "language": "en",
    "theme": "dark",
    "single_key_shortcuts": "on",
}


def test_settings_are_kept_and_shown(ana: User, sign_in: SignIn) -> None:
    client = sign_in(ana)

    answer = client.post("/settings/", CHOSEN, follow=True)

    page = answer.content.decode()
    assert "Your settings are saved." in page
    assert 'data-theme="dark"' in page
    assert '<option value="Asia/Tokyo" selected>' in page
    assert UserSettings.objects.get().user == ana


def test_shortcuts_can_be_switched_off(ana: User, sign_in: SignIn) -> None:
    client = sign_in(ana)
    assert 'data-shortcuts="on"' in client.get("/settings/").content.decode()

    client.post("/settings/", {key: CHOSEN[key] for key in CHOSEN if "key" not in key})

    assert 'data-shortcuts="off"' in client.get("/settings/").content.decode()


@pytest.mark.parametrize(
    "wrong", [{"theme": "pink"}, {"time_zone": "Moon/Base"}, {"language": "xx"}, {"theme": ""}]
)
def test_what_cannot_be_chosen_is_refused(
    ana: User, sign_in: SignIn, wrong: dict[str, str]
) -> None:
    answer = sign_in(ana).post("/settings/", CHOSEN | wrong)

    assert answer.status_code == 422
    assert not UserSettings.objects.exists()


def test_times_are_in_the_zone_of_the_person(
    ben: User, cleo: User, sign_in: SignIn, expense: HumanTask
) -> None:
    at = datetime(2031, 5, 6, 23, 30, tzinfo=UTC)
    HumanTask.objects.update(due_at=at)
    UserSettings.objects.create(user=ben, time_zone="Asia/Tokyo")

    assert "7 May" in sign_in(ben).get(f"/t/{expense.pk}/").content.decode()
    # The thread is used again: the next person must not get this one's zone.
    assert sign_in(cleo).get("/settings/").status_code == 200
    assert django_timezone.get_current_timezone_name() == "UTC"


def test_a_zone_that_no_longer_exists_counts_as_none(ana: User, sign_in: SignIn) -> None:
    UserSettings.objects.create(user=ana, time_zone="Europe/Gone")

    assert sign_in(ana).get("/settings/").status_code == 200


def test_settings_come_with_the_person(
    ana: User, sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in(ana)
    UserSettings.objects.create(user=ana, theme="light")

    # The session and the person; the navigation's numbers: groups and counts; work and workers.
    with django_assert_num_queries(6):
        client.get("/settings/")


def chosen_keys(**changed: str) -> dict[str, str]:
    """Give what the form of keys posts when these are changed in it."""
    return {f"key-{name}": key for name, key in {**Keys.of({}), **changed}.items()}


def test_keys_are_chosen_kept_and_shown_everywhere(
    ben: User, sign_in: SignIn, expense: HumanTask
) -> None:
    client = sign_in(ben)

    page = client.post("/settings/keys/", chosen_keys(claim="T", ask=""), follow=True)

    assert "Your keys are saved." in page.content.decode()
    assert UserSettings.objects.get().own_keys == {"claim": "t", "ask": ""}
    task = client.get(f"/t/{expense.pk}/?view=team").content.decode()
    assert 'data-key="t">Claim <kbd aria-hidden="true">T</kbd>' in task
    assert "<dt><kbd>T</kbd></dt><dd>claim or release</dd>" in task
    assert "&quot;claim&quot;: &quot;t&quot;" in task


def test_keys_that_clash_or_cannot_be_typed_are_refused_where_they_stand(
    ana: User, sign_in: SignIn
) -> None:
    answer = sign_in(ana).post("/settings/keys/", chosen_keys(claim="J", ask="5", find="ctrl"))

    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("J already stands for “next in the list”.", "The numbers press", "one key only"):
        assert page.count(words) == 1
    assert not UserSettings.objects.exists()


def test_two_acts_swap_their_keys_and_go_back_to_the_standard(ana: User, sign_in: SignIn) -> None:
    client = sign_in(ana)
    client.post("/settings/keys/", chosen_keys(down="k", up="j"))
    assert UserSettings.objects.get().own_keys == {"down": "k", "up": "j"}

    client.post("/settings/keys/", {**chosen_keys(down="x"), "reset": "1"})

    assert UserSettings.objects.get().own_keys == {}


def test_settings_and_keys_leave_each_other_alone(ana: User, sign_in: SignIn) -> None:
    client = sign_in(ana)
    client.post("/settings/keys/", chosen_keys(claim="t"))

    client.post("/settings/", CHOSEN)

    kept = UserSettings.objects.get()
    assert (kept.own_keys, kept.theme) == ({"claim": "t"}, "dark")
