"""Reads rows by statements whose text is made once, into models that are made without ceremony.

What a worker reads for each step would otherwise cost more in Django's query compiler and model
constructor than in the database. The objects are ordinary ones; columns left out are read when
they are asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache, partial
from typing import Any, Final, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model
from django.db.models.base import ModelState

from workflows.engine.store.columns import Columns, columns, names_of
from workflows.models.definitions import StoredDefinition
from workflows.models.instances import WorkflowInstance
from workflows.models.step_executions import CLOSED, StepExecution

INSTANCES: Final = """
SELECT {instance}, {definition}
FROM workflows_workflowinstance AS instance
JOIN workflows_storeddefinition AS definition ON definition.id = instance.definition_id
WHERE instance.id {among}
ORDER BY instance.id {for_update}
"""

ACTIVE: Final = """
SELECT {execution} FROM workflows_stepexecution AS execution
WHERE execution.instance_id {among} AND execution.status NOT IN ({closed})
ORDER BY execution.id
"""

DEFINITION: Final = names_of(StoredDefinition, without=("content",))
INSTANCE: Final = names_of(WorkflowInstance)
EVERYTHING: Final = names_of(StepExecution)
EXECUTION: Final = names_of(
    StepExecution, without=("result", "item", "created_at", "started_at", "finished_at")
)

IS_CLOSED: Final = ", ".join(f"'{status.value}'" for status in CLOSED)
"""For statements: words in their text, which partial indexes need."""

Row = TypeVar("Row", bound=Model)


REVISIONS: Final = """
SELECT id, revision FROM workflows_workflowinstance WHERE id {among} ORDER BY id {for_update}
"""

RESULTS: Final = "SELECT id, result FROM workflows_stepexecution WHERE id {among}"


def read_instances(ids: Collection[Any], *, lock: bool = False) -> Iterator[WorkflowInstance]:
    """Read instances, or lock them, in the order of their ids; each comes with its definition."""
    read_definition = columns(StoredDefinition, DEFINITION, connection.vendor)
    read_instance = columns(WorkflowInstance, INSTANCE, connection.vendor)
    count = len(read_instance.names)
    definitions: dict[Any, StoredDefinition] = {}
    for values in _fetched(partial(_instances, lock), WorkflowInstance, ids):
        instance = made_of(WorkflowInstance, read_instance.attributes(values[:count]))
        known = definitions.get(instance.definition_id)
        if known is None:
            known = made_of(StoredDefinition, read_definition.attributes(values[count:]))
            definitions[instance.definition_id] = known
        relate(instance, "definition", known)
        yield instance


def lock_revisions(ids: Collection[Any]) -> dict[Any, int]:
    """Lock instances in the order of their ids, and read no more than their revisions."""
    known = dict(zip(keys_of(WorkflowInstance, ids), ids, strict=True))
    found = _fetched(_revisions, WorkflowInstance, ids)
    return {known[number]: revision for number, revision in found}


def copy_of(row: Row) -> Row:
    """Give another object with the same attributes and relations."""
    attributes = dict(row.__dict__)
    related = attributes["_state"].fields_cache
    copied = made_of(type(row), attributes)
    copied._state.fields_cache = dict(related)  # noqa: SLF001 - where Django itself keeps them
    return copied


def active_executions(instance_ids: Collection[Any]) -> Iterator[StepExecution]:
    """Give the executions of these instances that have not ended, by age, with what boards need."""
    return _executions(_fetched(_active, WorkflowInstance, instance_ids), EXECUTION)


def read_results(ids: Collection[int]) -> dict[int, Any]:
    """Give the results of executions by id."""
    (result,) = columns(StepExecution, ("result",), connection.vendor).all
    found = _fetched(_results, StepExecution, ids) if ids else ()
    return {number: result.read(text) for number, text in found}


def executions_of(cursor: Any, names: tuple[str, ...] = EVERYTHING) -> Iterator[StepExecution]:
    """Give executions of a cursor that has selected or returned these columns."""
    return _executions(cursor.fetchall(), names)


def made_of(model: type[Row], attributes: dict[str, Any], *, stored: bool = True) -> Row:
    """Give an object of a model with these attributes; no signal is sent."""
    made = model.__new__(model)
    state = ModelState()
    state.db, state.adding, state.fields_cache = DEFAULT_DB_ALIAS, not stored, {}
    attributes["_state"] = state
    made.__dict__ = attributes
    return made


def relate(row: Model, name: str, to: Model) -> None:
    """Say what object a row's foreign key stands for, without the checks of an assignment."""
    row._state.fields_cache[name] = to  # noqa: SLF001 - where Django itself keeps it


def keys_of(model: type[Model], ids: Iterable[Any]) -> list[Any]:
    """Give ids of rows as parameters of a statement."""
    (key,) = columns(model, (model._meta.pk.attname,), connection.vendor).all
    if connection.vendor == "postgresql" or key.plain is None:
        return list(ids)
    return [key.plain(one) for one in ids]


def places(count: int) -> str:
    """Give the placeholders of that many parameters between the brackets of an `IN`."""
    return ", ".join(["%s"] * count) or "NULL"


def _executions(found: Iterable[Any], names: tuple[str, ...]) -> Iterator[StepExecution]:
    read = columns(StepExecution, names, connection.vendor)
    return (made_of(StepExecution, read.attributes(values)) for values in found)


def _fetched(statement: Any, model: type[Model], ids: Collection[Any]) -> list[tuple[Any, ...]]:
    keys = keys_of(model, ids)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(statement("postgresql", 0), [keys])
        else:
            cursor.execute(statement("sqlite", len(keys)), keys)
        return list(cursor.fetchall())


@cache
def _instances(lock: bool, vendor: str, count: int) -> str:
    return INSTANCES.format(
        instance=_listed("instance", columns(WorkflowInstance, INSTANCE, vendor)),
        definition=_listed("definition", columns(StoredDefinition, DEFINITION, vendor)),
        among=_among(vendor, count),
        for_update="FOR UPDATE OF instance" if lock and vendor == "postgresql" else "",
    )


@cache
def _revisions(vendor: str, count: int) -> str:
    for_update = "FOR UPDATE" if vendor == "postgresql" else ""
    return REVISIONS.format(among=_among(vendor, count), for_update=for_update)


@cache
def _active(vendor: str, count: int) -> str:
    return ACTIVE.format(
        execution=_listed("execution", columns(StepExecution, EXECUTION, vendor)),
        among=_among(vendor, count),
        closed=IS_CLOSED,
    )


@cache
def _results(vendor: str, count: int) -> str:
    return RESULTS.format(among=_among(vendor, count))


def _listed(table: str, of: Columns) -> str:
    return ", ".join(f"{table}.{name}" for name in of.names)


def _among(vendor: str, count: int) -> str:
    return "= ANY(%s)" if vendor == "postgresql" else f"IN ({places(count)})"
