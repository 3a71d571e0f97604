"""Fills an empty database with a great many tasks, to look at lists of the size that others have.

The rows are worked out by the database itself, one statement per table, from the number of each
task alone: the same seed gives the same database. They are what the engine would have written, so
that the tasks can be opened and decided; only the machine steps before them have left no rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import connection
from django.db.models import Max
from django.utils import timezone

from benchmarks.load_many.sql import FILL, PLAN, dialect
from workflows.engine.definitions.stored import get_definition, stored

REVIEWER, LEAD, NEWCOMER, AUDITOR = 1, 2, 3, 4
"""Numbers of people with something special: six groups, twenty-five, none, and every permission."""

SPECIAL: Final = {REVIEWER: 6, LEAD: 25, NEWCOMER: 0, AUDITOR: 0}
MOST_GROUPS: Final = 5
LOADED: Final = ("WorkflowInstance", "StepExecution", "HumanTask", "TaskAccess", "TaskWord")


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much there shall be."""

    tasks: int = 1_000_000
    open: int = 120_000
    people: int = 2_000
    groups: int = 60
    seed: int = 7


def load_many(size: Size, told: Callable[[str], object] = str) -> None:
    """Fill the database; `told` hears what is being done."""
    people, groups = make_people(size)
    expense, review = (
        stored(get_definition(name)).pk for name in ("expense_approval", "document_review")
    )
    words = {
        **dialect(connection.vendor, size.tasks, size.seed),
        **asdict(size),
        "first_person": people,
        "first_group": groups,
        "expense": expense,
        "review": review,
        "now": int(timezone.now().timestamp()),
    }
    with _without_checks(), _without_indexes(told), connection.cursor() as cursor:
        told("what there shall be")
        cursor.execute(PLAN.format(**words))
        for what, statement in FILL:
            told(what)
            cursor.execute(statement.format(**words))
        cursor.execute("DROP TABLE load_plan")
    told("statistics")
    with connection.cursor() as cursor:
        _count_on(cursor)
        cursor.execute("ANALYZE")


def make_people(size: Size) -> tuple[int, int]:
    """Make people who cannot sign in yet, and their groups; gives the first of their ids."""
    people = User.objects.bulk_create(
        User(
            username=f"person{number:04}",
            first_name="Person",
            last_name=f"{number:04}",
            password="!",  # noqa: S106 - no password at all
            is_superuser=number == AUDITOR,
            is_staff=number == AUDITOR,
        )
        for number in range(1, size.people + 1)
    )
    groups = Group.objects.bulk_create(
        Group(name=f"Group {number:02}") for number in range(1, size.groups + 1)
    )
    member = User.groups.through
    member.objects.bulk_create(
        member(user_id=person.pk, group_id=groups[place].pk)
        for number, person in enumerate(people, 1)
        for place in _places(number, size.groups)
    )
    return people[0].pk, groups[0].pk


def _places(number: int, groups: int) -> Iterator[int]:
    """Give the places of somebody's groups: the first groups are the large ones."""
    count = SPECIAL.get(number, 1 + number % MOST_GROUPS)
    if number in SPECIAL:
        yield from range(min(count, groups))
    else:
        yield from {(number * 7 + more * more * 11) % groups for more in range(count)}


@contextmanager
def _without_checks() -> Iterator[None]:
    """Trust the references, as checking ten million one by one takes minutes; take the time."""
    if connection.vendor == "sqlite":
        with connection.constraint_checks_disabled():
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
        (may,) = cursor.fetchone()
        cursor.execute("SET statement_timeout = 0")
        if may:
            cursor.execute("SET session_replication_role = replica")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET statement_timeout")
        if may:
            cursor.execute("RESET session_replication_role")


@contextmanager
def _without_indexes(told: Callable[[str], object]) -> Iterator[None]:
    """Build the indexes at the end, each by one sort."""
    indexes = [(model, index) for model in map(_model, LOADED) for index in model._meta.indexes]
    # Written down while there is nothing: an editor on SQLite checks every reference in the end.
    with connection.schema_editor(collect_sql=True) as editor:
        removing = [str(index.remove_sql(model, editor)) for model, index in indexes]
        making = [str(index.create_sql(model, editor)) for model, index in indexes]
    with connection.cursor() as cursor:
        for statement in removing:
            cursor.execute(statement)
        yield
        for (_, index), statement in zip(indexes, making, strict=True):
            told(f"index {index.name}")
            cursor.execute(statement)


def _count_on(cursor: Any) -> None:
    """Let PostgreSQL go on after the numbers that were given."""
    if connection.vendor == "postgresql":
        for model in map(_model, LOADED):
            if model._meta.pk.get_internal_type() == "BigAutoField":
                last = model.objects.aggregate(last=Max("pk"))["last"]
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)",
                    [model._meta.db_table, last],
                )


def _model(name: str) -> Any:
    return apps.get_model("workflows", name)
