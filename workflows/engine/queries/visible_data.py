"""What pages show of tasks and instances, and what of it has changed since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.utils.translation import gettext

from workflows.definition.definition import WorkflowDefinition
from workflows.engine.access.permissions import instance_access
from workflows.engine.definitions.current import current
from workflows.engine.definitions.snapshot import describe_definition
from workflows.exceptions import DataChanged
from workflows.models.definitions import StoredDefinition
from workflows.models.events import Event
from workflows.models.instances import WorkflowInstance
from workflows.models.tasks import HumanTask
from workflows.schemas import UnusableSchema, conceal, declared_properties


@dataclass(frozen=True)
class TaskOutcome:
    """One way to decide: `value` goes into the data."""

    value: Any
    label: str
    tone: str
    requires_reason: bool

    @property
    def key(self) -> str:
        """Give what stands for the value in a form."""
        return outcome_key(self.value)


@dataclass(frozen=True)
class TaskForm:
    """What a task asks: its form's schema, and which field is the decision.

    Attributes:
        fingerprint: another one for a form that shows or means anything else.
    """

    schema: dict[str, Any] | None
    ui_schema: dict[str, Any] | None
    outcome_field: str
    outcomes: tuple[TaskOutcome, ...]
    reason_field: str
    high_risk: bool
    fingerprint: str

    @cached_property
    def by_key(self) -> dict[str, TaskOutcome]:
        return {outcome.key: outcome for outcome in self.outcomes}


class DataForm(NamedTuple):
    """A form that asks for some of the data: which, by its schema, and in which look."""

    names: frozenset[str]
    schema: dict[str, Any]
    ui_schema: dict[str, Any] | None


def task_form(task: HumanTask) -> TaskForm:
    """Give the form of a task, by which its decision is judged too."""
    described = current(task.instance.definition)
    node = described.nodes.get(task.step, {})
    outcomes = tuple(
        TaskOutcome(
            choice["value"],
            gettext(choice["label"]),
            choice["tone"],
            choice["requires_reason"],
        )
        for choice in node.get("outcomes", ())
    )
    return TaskForm(
        node.get("form_schema"),
        node.get("ui_schema"),
        node.get("outcome_field", ""),
        outcomes,
        node.get("reason_field", ""),
        node.get("high_risk", False),
        described.form_fingerprint(task.step),
    )


def outcome_key(value: Any) -> str:
    """Give the text that stands for the value of an outcome in a form, and for no other value.

    It is no position: outcomes may come and go, and change places, while the form is open.
    """
    return json.dumps(value, sort_keys=True)


def visible_names(definition: StoredDefinition, step: str = "") -> list[str]:
    """Names of the data that reviewers see at a step: the step's, or the workflow's."""
    described = current(definition)
    own = described.nodes.get(step, {}).get("visible_data") if step else None
    names: list[str] = described.content["visible_data"] if own is None else own
    return names


def visible_data(of: HumanTask | WorkflowInstance, user: Any) -> dict[str, Any]:
    """Give the data that `user` may see with a task or an instance; nothing for strangers.

    Of a task, whose visibility `task_access` tells, everybody who sees it sees the same.
    Whoever administers the workflow sees all of an instance's data.
    """
    if isinstance(of, HumanTask):
        return _named(visible_names(of.instance.definition, of.step), of.instance.data)
    answer = instance_access(user, of)
    if not answer.may_see:
        return {}
    names = visible_names(of.definition)
    return _named([*names, *of.data] if answer.may_administer else names, of.data)


def forms_of_data(definition: StoredDefinition, names: Iterable[str]) -> list[DataForm]:
    """Give the forms that ask for these data, each name with one: the start form, or a step's.

    Data that no form asks for has none, and so has that of forms whose schema is refused.
    """
    return _forms_with(names, current(definition).content)


def without_secrets(definition: StoredDefinition, data: Mapping[str, Any]) -> dict[str, Any]:
    """Give data without what any of the forms that ask for them keeps from readers."""
    return conceal_by(current(definition).content, data)


def conceal_by(content: dict[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Give data without the secrets of the forms of a definition, described as plain data."""
    left = dict(data)
    for schema, ui_schema in _schemas(content):
        asked = {name: left[name] for name in left if name in _declared(schema)}
        left |= conceal(schema, asked, ui_schema) if asked else {}
    return left


@lru_cache(maxsize=1_000)
def row_fields(definition: WorkflowDefinition) -> Mapping[str, Sequence[str]]:
    """Give what rows of the workflow's tasks show, in order, by the path of the step."""
    nodes = describe_definition(definition).content["nodes"]
    return {node["path"]: node["row_fields"] for node in nodes if node.get("row_fields")}


def forms_of_rows(definition: WorkflowDefinition) -> list[DataForm]:
    """Give the forms that ask for what rows show, from the workflow's code."""
    names = (name for fields in row_fields(definition).values() for name in fields)
    return _forms_with(names, describe_definition(definition).content)


def _forms_with(names: Iterable[str], content: dict[str, Any]) -> list[DataForm]:
    wanted = frozenset(names)
    found = []
    for schema, ui_schema in _schemas(content):
        if asked := wanted & _declared(schema):
            found.append(DataForm(asked, schema, ui_schema))
        wanted -= asked
        if not wanted:
            break
    return found


def _schemas(content: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    if start := content.get("start_schema"):
        yield start, content.get("start_ui_schema")
    for node in content["nodes"]:
        if schema := node.get("form_schema"):
            yield schema, node.get("ui_schema")


def _declared(schema: dict[str, Any]) -> frozenset[str]:
    try:
        return declared_properties(schema)
    except UnusableSchema:
        return frozenset()


def _named(names: Iterable[str], data: dict[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in names if name in data}


def check_unchanged(task: HumanTask, revision: int | None) -> None:
    """Raise DataChanged where visible data changed since data revision `revision`."""
    if revision is not None and (found := difference(task, revision)):
        raise DataChanged(found, task.instance.data_revision)


def difference(task: HumanTask, revision: int) -> dict[str, tuple[Any, Any]]:
    """Give the visible values that are others than at a data revision: then, and now."""
    if revision == task.instance.data_revision:
        return {}
    seen, now = _values_at(task, revision), task.instance.data
    definition = task.instance.definition
    changed = {
        name: seen[name]
        for name in visible_names(definition, task.step)
        if name in seen and seen[name] != now.get(name)
    }
    before = without_secrets(definition, changed)
    after = without_secrets(definition, {name: now.get(name) for name in changed})
    return {name: (before[name], after[name]) for name in changed}


def _values_at(task: HumanTask, revision: int) -> dict[str, Any]:
    """Give what each value was at a data revision, for those that have changed since."""
    later = Event.objects.filter(instance_id=task.instance_id, data__data_revision__gt=revision)
    values: dict[str, Any] = {}
    for event in later.order_by("seq"):
        for name, (before, _) in event.data["changes"].items():
            values.setdefault(name, before)
    return values
