"""Compares what the engine has stored of an instance with the model of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.workflows.model.interpreter import Journey
from workflows.models import Event, StepExecution, WorkflowInstance


class Difference(AssertionError):
    """The engine and the model do not agree."""


@dataclass(frozen=True)
class Row:
    """What is compared of an execution after every round."""

    key: int
    name: str
    status: str
    phase: str

    @property
    def stands(self) -> str:
        """Where it stands, in a word or two."""
        return place(self.status, self.phase)


def place(status: str, phase: str) -> str:
    """Give where an execution stands; the phase counts while something is to come."""
    return f"{status}, to {phase}" if status in ("ready", "held", "scheduled", "failed") else status


def rows_of(instances: Iterable[WorkflowInstance]) -> dict[Any, list[Row]]:
    """Give the executions of instances by instance: one statement for all of them."""
    found = StepExecution.objects.filter(instance__in=instances).order_by("id")
    names: dict[int, str] = {}
    rows: dict[Any, list[Row]] = defaultdict(list)
    for key, instance, path, scope, visit, status, phase in found.values_list(
        "id", "instance_id", "path", "scope", "visit", "status", "phase"
    ):
        own = f"{path}#{visit}"
        names[key] = f"{names[scope]} > {own}" if scope else own
        rows[instance].append(Row(key, names[key], status, phase))
    return rows


def compare_visits(journey: Journey, rows: Iterable[Row]) -> None:
    """Compare which visits there are, and where each of them stands."""
    model = {visit.name: place(visit.status, visit.phase) for visit in journey.visits}
    _same("visits", {row.name: row.stands for row in rows}, model)


def instances_of(instances: Iterable[WorkflowInstance]) -> dict[Any, WorkflowInstance]:
    """Give instances anew by id: one statement for all of them."""
    names = ("status", "error", "suspended_at", "data_revision", "data", "last_seq")
    return WorkflowInstance.objects.only(*names).in_bulk([one.pk for one in instances])


def compare_instance(journey: Journey, instance: WorkflowInstance) -> None:
    """Compare status and data."""
    engine = {
        "status": str(instance.status),
        "has an error": bool(instance.error),
        "is suspended": instance.suspended_at is not None,
        "data revision": instance.data_revision,
        "last event": instance.last_seq,
    }
    model = {
        "status": journey.status,
        "has an error": journey.status == "failed",
        "is suspended": journey.is_suspended,
        "data revision": journey.data_revision,
        "last event": len(journey.events),
    }
    _same("instances", engine, model)
    _same("data", instance.data, journey.data)


def compare_past(journey: Journey, instance: WorkflowInstance) -> None:
    """Compare results and history."""
    names = {row.key: row.name for row in rows_of([instance])[instance.pk]}
    found = StepExecution.objects.filter(instance=instance).values_list("id", "result")
    model = {visit.name: visit.result for visit in journey.visits}
    _same("results", {names[key]: result for key, result in found}, model)
    _compare_history(journey, instance, names)


def _compare_history(
    journey: Journey, instance: WorkflowInstance, names: Mapping[int, str]
) -> None:
    found = Event.objects.filter(instance=instance).order_by("seq")
    events = list(found.values_list("seq", "kind", "execution_id"))
    numbers = [seq for seq, _, _ in events]
    if numbers != list(range(1, len(journey.events) + 1)):
        raise Difference(f"Events are numbered {numbers}, and there are {len(journey.events)}.")
    model = _by_visit((kind, visit.name if visit else "") for kind, visit in journey.events)
    engine = _by_visit((kind, names.get(key, "")) for _, kind, key in events)
    _same("history", engine, model)


def _by_visit(events: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for kind, name in events:
        found[name].append(kind)
    return found


def _same(what: str, engine: Mapping[str, Any], model: Mapping[str, Any]) -> None:
    names = sorted({*engine, *model})
    lines = [
        f"  {name or 'the instance'}: engine {engine.get(name, 'nothing')!r}, "
        f"model {model.get(name, 'nothing')!r}"
        for name in names
        if name not in engine or name not in model or engine[name] != model[name]
    ]
    if lines:
        raise Difference("\n".join([f"The {what} differ:", *lines]))
