"""Lists of tasks: who finds what where, in which order, narrowed to what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User

from tests.expenses import start_expense
from workflows import engine
from workflows.engine import lists
from workflows.engine.lists import filters, query, sql
from workflows.engine.store.search_words import words_in
from workflows.models import HumanTask, TaskAccess

Wanted = lists.Wanted
NOW = datetime.now(UTC)


def fresh(user: User) -> User:
    """Give the person without what was remembered of their groups."""
    return User.objects.get(pk=user.pk)


def ids(user: User, **wanted: Any) -> list[Any]:
    """Give the ids of the first page of a list."""
    page = lists.list_tasks(fresh(user), Wanted(**wanted))
    return [row.task_id for row in page.rows]


def changed(task: HumanTask, *, due_at: datetime | None = None, priority: int = 0) -> HumanTask:
    """Let a task be due then, and as urgent as that, with its rows."""
    HumanTask.objects.filter(pk=task.pk).update(due_at=due_at, priority=priority)
    sort_at = due_at or datetime(9000, 1, 1, tzinfo=UTC)
    TaskAccess.objects.filter(task=task).update(sort_at=sort_at, urgency=-priority)
    return task


@pytest.fixture
def three(ana: User) -> list[HumanTask]:
    """Give three tasks: due tomorrow, due in a week but urgent, and due never."""
    tasks = [start_expense(ana, title) for title in ("Train to Łódź", "Standing desk", "Lamp")]
    return [
        changed(tasks[0], due_at=NOW + timedelta(hours=30)),
        changed(tasks[1], due_at=NOW + timedelta(days=7), priority=2),
        changed(tasks[2]),
    ]


def test_a_list_comes_by_due_date_by_age_and_by_priority(ben: User, three: list[HumanTask]) -> None:
    soon, urgent, never = (task.pk for task in three)

    assert ids(ben, view="team") == [soon, urgent, never]
    assert ids(ben, view="team", sort="newest") == [never, urgent, soon]
    assert ids(ben, view="team", sort="priority") == [urgent, soon, never]
    assert ids(ben, view="team", sort="nonsense") == [soon, urgent, never]


@pytest.mark.parametrize("sort", ["due", "newest", "priority"])
def test_every_task_is_on_one_page_forwards_and_backwards(
    ben: User, three: list[HumanTask], sort: str
) -> None:
    wanted, everything = Wanted(view="team", sort=sort), ids(ben, view="team", sort=sort)

    first = lists.list_tasks(ben, wanted, size=2)
    second = lists.list_tasks(ben, wanted, size=2, after=first.after)
    back = lists.list_tasks(ben, wanted, size=2, before=second.before)

    found = [[row.task_id for row in page.rows] for page in (first, second, back)]
    assert found == [everything[:2], everything[2:], everything[:2]]
    assert (first.before, second.after, back.before) == ("", "", "")


def test_somebody_in_two_groups_finds_a_task_once(ben: User, ana: User, three: list[Any]) -> None:
    TaskAccess.objects.create(
        task=three[0], principal=f"u:{ben.pk}", relation="candidate", sort_at=NOW
    )
    TaskAccess.objects.filter(task=three[0]).update(sort_at=NOW)

    assert ids(ben, view="team").count(three[0].pk) == 1
    assert lists.count_tasks(fresh(ben))["team"] == 3
    assert ids(ana, view="team") == []


def test_what_somebody_has_put_off_is_in_no_list_but_one(ben: User, three: list[HumanTask]) -> None:
    engine.snooze(three[0], user=ben, until=NOW + timedelta(days=1))

    assert three[0].pk not in ids(ben, view="team")
    assert ids(ben, view="snoozed") == ids(ben, view="snoozed", sort="newest") == [three[0].pk]
    counts = lists.count_tasks(fresh(ben))
    assert (counts["team"], counts["snoozed"]) == (2, 1)

    TaskAccess.objects.filter(relation="snoozed").update(sort_at=NOW - timedelta(minutes=1))
    assert three[0].pk in ids(ben, view="team")
    assert ids(ben, view="snoozed") == ids(ben, view="snoozed", sort="priority") == []


def test_whoever_asked_waits_and_whoever_was_asked_has_it_to_do(
    ben: User, cleo: User, three: list[HumanTask]
) -> None:
    engine.ask(three[1], of=cleo, user=ben, question="Which colour?")

    assert ids(ben, view="waiting") == ids(cleo, view="mine") == [three[1].pk]
    assert three[1].pk not in ids(ben, view="mine") + ids(ben, view="team")


def test_everything_that_one_may_see_is_listed_open_and_closed(
    ana: User, ben: User, cleo: User, three: list[HumanTask]
) -> None:
    engine.complete_human_task(three[0], user=ben, data={"decision": "approve"})
    open_ones = [three[2].pk, three[1].pk]

    for person in (ana, ben):
        assert ids(person, view="all") == open_ones
        assert ids(person, view="closed") == [three[0].pk]
    assert ids(cleo, view="all") == ids(cleo, view="closed") == []

    cleo.user_permissions.add(Permission.objects.get(codename="view_expense_approval"))
    assert ids(cleo, view="all") == open_ones
    assert ids(cleo, view="closed", sort="newest") == [three[0].pk]


def test_words_are_found_by_their_beginnings_without_accents(
    ben: User, three: list[HumanTask], monkeypatch: pytest.MonkeyPatch
) -> None:
    for few in (filters.FEW, 1):
        # As a rare word, and as one so common that the rows are looked through.
        monkeypatch.setattr(filters, "FEW", few)
        assert ids(ben, view="team", words="LODZ tra") == [three[0].pk]
        assert ids(ben, view="team", words="łódź") == [three[0].pk]
        assert ids(ben, view="team", words="desk chair") == []
        assert len(ids(ben, view="team", words="approve")) == 3


def test_folded_words_are_ascii_and_each_is_there_once() -> None:
    folded = words_in("Straße, STRASSE; naïve 4,200.00 Æther 北京")
    assert folded == ["strasse", "naive", "420000", "aether", "z05317z04eac"]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        ({"due": "none"}, [2]),
        ({"due": "overdue"}, []),
        ({"due": "week", "until": NOW + timedelta(days=3)}, [0]),
        ({"due": "week", "until": NOW + timedelta(days=3), "sort": "newest"}, [0]),
        ({"priority": 1}, [1]),
        ({"priority": 1, "sort": "priority"}, [1]),
        ({"workflow": "expense_approval", "step": "manager_approval"}, [0, 1, 2]),
        ({"workflow": "document_review"}, []),
        ({"step": "vp_approval"}, []),
        ({"older": timedelta(days=1)}, []),
        ({"older": timedelta(), "sort": "newest"}, [2, 1, 0]),
        ({"requester": -1}, []),
    ],
)
def test_a_list_can_be_narrowed(
    ben: User, three: list[HumanTask], wanted: dict[str, Any], places: list[int]
) -> None:
    assert ids(ben, view="team", **wanted) == [three[place].pk for place in places]


def test_a_list_can_be_narrowed_to_who_has_asked(
    ana: User, ben: User, three: list[HumanTask]
) -> None:
    assert len(ids(ben, view="team", requester=ana.pk)) == 3


def test_a_search_says_where_it_has_stopped_and_goes_on_there(
    ben: User, three: list[HumanTask], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (query, sql):
        monkeypatch.setattr(module, "LOOKED_THROUGH", 2)
    wanted = Wanted(view="team", due="none", sort="priority")

    page = lists.list_tasks(ben, wanted)
    further = lists.list_tasks(ben, wanted, after=page.stopped_at)

    assert (page.rows, bool(page.stopped_at)) == ([], True)
    assert [row.task_id for row in further.rows] == [three[2].pk]
    assert not further.stopped_at


def test_a_search_that_has_come_to_the_end_has_not_stopped(
    ben: User, three: list[HumanTask], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (query, sql):
        monkeypatch.setattr(module, "LOOKED_THROUGH", 3)

    page = lists.list_tasks(ben, Wanted(view="team", step="vp_approval"))

    assert (page.rows, page.stopped_at) == ([], "")


def test_next_is_what_is_due_within_a_day_and_then_the_most_urgent(
    ben: User, three: list[HumanTask]
) -> None:
    assert query.next_best(ben, "team") == three[1].pk
    changed(three[2], due_at=NOW + timedelta(hours=3))
    assert query.next_best(ben, "team") == three[2].pk
    assert query.next_best(ben, "mine") is None
