"""Rows that are stored many at a time have the numbers that they are told to have."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.workflows.engine.rows import NOON, an_execution, an_instance
from workflows.engine.store.bulk import Inserts, new_row
from workflows.models import StepExecution, WorkflowInstance

pytestmark = pytest.mark.django_db


def inserted(instance: WorkflowInstance, *visits: int) -> list[StepExecution]:
    """Store a visit each to one step, in this order."""
    inserts = Inserts(StepExecution)
    for visit in visits:
        inserts.add(
            new_row(
                StepExecution,
                instance_id=instance.pk,
                definition_id=instance.definition_id,
                path="book",
                visit=visit,
                kind="machine",
                created_at=NOON,
            )
        )
    with transaction.atomic():
        inserts.write_numbered()
    found: list[StepExecution] = inserts.rows
    return found


def test_each_row_has_its_own_number_in_the_order_of_insertion() -> None:
    instance = an_execution().instance
    first, second = inserted(instance, *range(900, 0, -1)), inserted(instance, 901, 902)

    numbers = [row.pk for row in first + second]
    stored = StepExecution.objects.filter(path="book").order_by("pk").values_list("pk", "visit")
    assert [*stored] == [(row.pk, row.visit) for row in first + second]
    assert numbers == sorted({*numbers})


def test_a_number_is_never_used_twice() -> None:
    instance = an_instance()
    *_, last = inserted(instance, 1, 2, 3)
    StepExecution.objects.filter(path="book").delete()

    (next_one,) = inserted(instance, 4)

    assert next_one.pk > last.pk
    assert an_execution(instance).pk > next_one.pk
