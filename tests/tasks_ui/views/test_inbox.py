"""The lists of tasks."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from tasks_ui.lists import page as lists
from tests.expenses import start_expense
from tests.tasks_ui.conftest import SignIn
from workflows import engine
from workflows.models import HumanTask


def test_what_is_offered_to_ones_group_is_unclaimed(
    ben: User, sign_in: SignIn, expense: HumanTask
) -> None:
    page = sign_in(ben).get("/inbox/team/").content.decode()

    assert f"/t/{expense.pk}/?view=team" in page
    assert "Train to Berlin, € 4,200.00" in page
    assert "Expense approval" in page


def test_what_is_claimed_is_mine_and_what_is_decided_is_done(
    ben: User, sign_in: SignIn, expense: HumanTask
) -> None:
    client = sign_in(ben)
    engine.claim(expense, user=ben)
    assert str(expense.pk) in client.get("/inbox/mine/").content.decode()
    assert str(expense.pk) not in client.get("/inbox/team/").content.decode()

    engine.complete_human_task(expense.pk, user=ben, data={"decision": "approve"})

    assert str(expense.pk) not in client.get("/inbox/mine/").content.decode()
    assert str(expense.pk) in client.get("/inbox/done/").content.decode()


@pytest.mark.parametrize("view", ["mine", "team", "done"])
def test_others_see_nothing_and_are_told_what_would_be_here(
    cleo: User, ana: User, sign_in: SignIn, expense: HumanTask, view: str
) -> None:
    for person in (cleo, ana):
        page = sign_in(person).get(f"/inbox/{view}/").content.decode()
        assert str(expense.pk) not in page
        assert "empty__title" in page


def test_an_empty_inbox_points_to_what_ones_groups_have(
    ben: User, sign_in: SignIn, expense: HumanTask
) -> None:
    assert "To the unclaimed tasks" in sign_in(ben).get("/inbox/mine/").content.decode()


def test_the_navigation_counts_what_is_open(
    ana: User, ben: User, sign_in: SignIn, expense: HumanTask
) -> None:
    engine.claim(start_expense(ana, "Desk"), user=ben)

    page = sign_in(ben).get("/requests/").content.decode()

    assert page.count('class="navigation__count">1<') == 2


def test_words_find_tasks_in_title_summary_and_reference(
    ana: User, ben: User, sign_in: SignIn
) -> None:
    found, other = start_expense(ana, "Standing desk"), start_expense(ana, "Train")
    client = sign_in(ben)

    page = client.get("/inbox/team/?find=DESK+approve").content.decode()

    assert str(found.pk) in page
    assert str(other.pk) not in page
    assert "Nothing found" in client.get("/inbox/team/?find=nowhere").content.decode()


@pytest.mark.parametrize(
    "query", ["find=%00", "find=%25", "find=%ff", "after=x&before=y", f"find={'x' * 5000}"]
)
def test_odd_addresses_are_no_failure(
    ben: User, sign_in: SignIn, expense: HumanTask, query: str
) -> None:
    assert sign_in(ben).get(f"/inbox/team/?{query}").status_code == 200


def test_a_list_that_does_not_exist_is_404(ben: User, sign_in: SignIn) -> None:
    assert sign_in(ben).get("/inbox/everybody/").status_code == 404


def test_pages_are_plain_links_that_keep_what_is_looked_for(
    ana: User, ben: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "SIZE", 2)
    for number in range(3):
        start_expense(ana, f"Desk {number}")
    client = sign_in(ben)

    first = client.get("/inbox/team/?find=desk").context["list"]
    second = client.get(first.after_url).context["list"]
    back = client.get(second.before_url).context["list"]

    assert [len(page.rows) for page in (first, second, back)] == [2, 1, 2]
    assert "find=desk" in second.before_url
    assert (first.before_url, second.after_url) == ("", "")


def test_the_home_page_is_ones_own_list(ben: User, sign_in: SignIn) -> None:
    assert sign_in(ben).get("/").headers["Location"] == "/inbox/mine/"
