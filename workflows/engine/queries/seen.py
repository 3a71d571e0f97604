"""Approve what you saw: what the reviewer was shown, compared with what it is now."""

from __future__ import annotations

from typing import Any

from workflows.engine.queries.visible_data import visible_names
from workflows.exceptions import DataChanged
from workflows.models.events import Event
from workflows.models.tasks import HumanTask


def check_unchanged(task: HumanTask, revision: int | None) -> None:
    """Raise DataChanged where visible data changed since data revision `revision`."""
    if revision is not None and (found := difference(task, revision)):
        raise DataChanged(found, task.instance.data_revision)


def difference(task: HumanTask, revision: int) -> dict[str, tuple[Any, Any]]:
    """Give the visible values that are others than at a data revision: then, and now."""
    if revision == task.instance.data_revision:
        return {}
    seen, now = _values_at(task, revision), task.instance.data
    return {
        name: (seen[name], now.get(name))
        for name in visible_names(task.instance.definition, task.step)
        if name in seen and seen[name] != now.get(name)
    }


def _values_at(task: HumanTask, revision: int) -> dict[str, Any]:
    """Give what each value was at a data revision, for those that have changed since."""
    later = Event.objects.filter(instance_id=task.instance_id, data__data_revision__gt=revision)
    values: dict[str, Any] = {}
    for event in later.order_by("seq"):
        for name, (before, _) in event.data["changes"].items():
            values.setdefault(name, before)
    return values
