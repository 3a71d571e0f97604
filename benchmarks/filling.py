"""Fills a site quickly: copies one instance, with all its rows, as often as asked."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import connection, models, transaction

from workflows.models import Event, StepExecution, WorkflowInstance
from workflows.models.instances import InstanceQuerySet

COPY: Final = """
INSERT INTO {table} ({columns})
WITH RECURSIVE numbers(number) AS (
    SELECT CAST(%s AS bigint) UNION ALL SELECT number + 1 FROM numbers WHERE number < %s
)
SELECT {values} FROM {table} AS copied, numbers WHERE copied.{owner} = %s
"""

_last = 0


def copy(instance: WorkflowInstance, count: int, **changes: str) -> InstanceQuerySet:
    """Copy the instance `count` times, in one transaction, as if each had got as far as it has.

    `changes` are SQL expressions for columns of the executions; in them, `number` counts up from
    1 over all copies that this process makes. Gives the copies.
    """
    global _last
    first, _last = _last + 1, _last + count
    own = _id_of("number")
    # Executions come last, because with these the work is there.
    copied: list[tuple[type[models.Model], str, dict[str, str]]] = [
        (WorkflowInstance, "id", {"id": own}),
        (Event, "instance_id", {"instance_id": own}),
        (StepExecution, "instance_id", {"instance_id": own, **changes}),
    ]
    identity = WorkflowInstance._meta.pk.get_db_prep_value(instance.pk, connection)
    with transaction.atomic(), connection.cursor() as cursor:
        for model, owner, values in copied:
            cursor.execute(_statement(model, owner, values), [first, _last, identity])
    span = (UUID(int=first), UUID(int=_last))
    return WorkflowInstance.objects.filter(pk__range=span)


def _statement(model: type[models.Model], owner: str, values: dict[str, str]) -> str:
    columns = [str(field.column) for field in model._meta.concrete_fields]
    copied = [column for column in columns if column != "id" or "id" in values]
    return COPY.format(
        table=model._meta.db_table,
        columns=", ".join(copied),
        values=", ".join(values.get(column, f"copied.{column}") for column in copied),
        owner=owner,
    )


def _id_of(number: str) -> str:
    """Give the SQL of an id that sorts by the number, as those of real instances do by time."""
    if connection.vendor == "postgresql":
        return f"lpad(to_hex({number}), 32, '0')::uuid"
    return f"printf('%%032x', {number})"
