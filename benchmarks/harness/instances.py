"""The instances that are measured: copied by the thousand, awaited, and asked when they began."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import QuerySet

from workflows import engine
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


def first(workflow: str) -> WorkflowInstance:
    """Start an instance that nobody will run, to be copied."""
    with transaction.atomic():
        instance: WorkflowInstance = engine.start_workflow(workflow)
        StepExecution.objects.filter(instance=instance).update(status="held")
    return instance


def copy(
    instance: WorkflowInstance, count: int, *, history: bool = True, **changes: str
) -> InstanceQuerySet:
    """Copy the instance `count` times, in one transaction, as if each had got as far as it has.

    `changes` are SQL expressions for columns of the executions; in them, `number` counts up from
    1 over all copies that this process makes. Gives the copies.
    """
    global _last
    begin, _last = _last + 1, _last + count
    own = _id_of("number")
    copied: list[tuple[type[models.Model], str, dict[str, str]]] = [
        (WorkflowInstance, "id", {"id": own}),
        (StepExecution, "instance_id", {"instance_id": own, **changes}),
    ]
    if history:
        copied.append((Event, "instance_id", {"instance_id": own}))
    identity = WorkflowInstance._meta.pk.get_db_prep_value(instance.pk, connection)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # What is copied refers to what is there: that need not be checked a million times.
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("SET LOCAL statement_timeout = 0")
        for model, owner, values in copied:
            cursor.execute(_statement(model, owner, values), [begin, _last, identity])
    span = (UUID(int=begin), UUID(int=_last))
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


def work_is_done() -> bool:
    """Tell whether nothing is due or running; asks only the partial indexes."""
    return not StepExecution.objects.filter(status__in=("ready", "running")).exists()


def stamps(executions: QuerySet[StepExecution]) -> dict[UUID, float]:
    """Give, by instance, the moment at which its `Stamp` began."""
    return {owner: float(str(at)) for owner, at in executions.values_list("instance", "result")}
