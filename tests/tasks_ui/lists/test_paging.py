"""Pages that start after a row."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.contrib.auth.models import User

from tasks_ui.lists import paging
from tasks_ui.lists.paging import Cursor, Order, window
from workflows.models import StoredDefinition, WorkflowInstance

START = datetime(2026, 1, 1, tzinfo=UTC)
NEWEST_FIRST = Order(at="created_at", id="id", newest_first=True)
OLDEST_FIRST = Order(at="created_at", id="id")


@pytest.fixture
def instances(ana: User, monkeypatch: pytest.MonkeyPatch) -> list[WorkflowInstance]:
    """Give ten instances, oldest first, three of them of one moment; pages have four rows."""
    monkeypatch.setattr(paging, "SIZE", 4)
    definition = StoredDefinition.objects.create(workflow="w", version="1", content={})
    return [
        WorkflowInstance.objects.create(
            id=UUID(int=number),
            definition=definition,
            workflow="w",
            started_by=ana,
            created_at=START + timedelta(minutes=number if number not in {4, 5} else 3),
            changed_at=START,
        )
        for number in range(10)
    ]


def test_every_row_is_on_one_page_forwards_and_backwards(
    instances: list[WorkflowInstance],
) -> None:
    rows = WorkflowInstance.objects.order_by("created_at", "id")

    first = window(rows, OLDEST_FIRST)
    second = window(rows, OLDEST_FIRST, after=first.after)
    third = window(rows, OLDEST_FIRST, after=second.after)
    back = window(rows, OLDEST_FIRST, before=third.before)
    start = window(rows, OLDEST_FIRST, before=back.before)

    assert [*first.rows, *second.rows, *third.rows] == instances
    assert (list(back.rows), list(start.rows)) == (list(second.rows), list(first.rows))
    assert (first.before, third.after, start.before) == ("", "", "")
    assert back.after == second.after


def test_newest_first_pages_the_other_way(instances: list[WorkflowInstance]) -> None:
    rows = WorkflowInstance.objects.order_by("-created_at", "-id")

    first = window(rows, NEWEST_FIRST)
    second = window(rows, NEWEST_FIRST, after=first.after)

    assert [*first.rows, *second.rows] == instances[:1:-1]
    assert list(window(rows, NEWEST_FIRST, before=second.before).rows) == list(first.rows)


@pytest.mark.parametrize(
    "text", ["x", "-", "1-2", "9" * 40 + "-" + "0" * 32, "1-" + "g" * 32, "\x00", "-1-1"]
)
def test_an_unknown_cursor_gives_the_first_page(
    instances: list[WorkflowInstance], text: str
) -> None:
    rows = WorkflowInstance.objects.order_by("created_at", "id")

    assert list(window(rows, OLDEST_FIRST, after=text).rows) == instances[:4]
    assert list(window(rows, OLDEST_FIRST, before=text).rows) == instances[:4]


def test_a_cursor_behind_the_last_row_gives_the_first_page(
    instances: list[WorkflowInstance],
) -> None:
    rows = WorkflowInstance.objects.order_by("created_at", "id")
    behind = Cursor(START + timedelta(days=1), UUID(int=1))

    page = window(rows, OLDEST_FIRST, after=str(behind))

    assert list(page.rows) == instances[:4]
    assert page.before == ""


def test_a_cursor_survives_the_address() -> None:
    cursor = Cursor(datetime(2026, 11, 22, 9, 30, 15, 123457, tzinfo=UTC), UUID(int=7))

    assert Cursor.read(str(cursor)) == cursor
