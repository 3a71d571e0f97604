"""What pages show of tasks and instances, from stored text, also without the code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext

from workflows.engine.access import instance_access
from workflows.models.definitions import StoredDefinition
from workflows.models.instances import WorkflowInstance
from workflows.models.tasks import HumanTask

_NOTHING = object()


@dataclass(frozen=True)
class TaskOutcome:
    """One way to decide: `value` goes into the data, `key` is its text in a form."""

    value: Any
    key: str
    label: str
    tone: str
    requires_reason: bool


@dataclass(frozen=True)
class TaskForm:
    """What a task asks: its form's schema, and which field is the decision."""

    schema: dict[str, Any] | None
    ui_schema: dict[str, Any] | None
    outcome_field: str
    outcomes: tuple[TaskOutcome, ...]
    reason_field: str
    high_risk: bool

    @cached_property
    def by_key(self) -> dict[str, TaskOutcome]:
        return {outcome.key: outcome for outcome in self.outcomes}


@dataclass(frozen=True)
class VisibleField:
    """One piece of data as people see it, and what its form says of it."""

    name: str
    label: str
    value: Any
    schema: Any = None


def task_form(task: HumanTask) -> TaskForm:
    """Give the form of a task, as stored with its version of the workflow."""
    node = _node(task.instance.definition, task.step)
    outcomes = tuple(
        TaskOutcome(
            choice["value"],
            str(number),
            gettext(choice["label"]),
            choice["tone"],
            choice["requires_reason"],
        )
        for number, choice in enumerate(node.get("outcomes", ()))
    )
    return TaskForm(
        node.get("form_schema"),
        node.get("ui_schema"),
        node.get("outcome_field", ""),
        outcomes,
        node.get("reason_field", ""),
        node.get("high_risk", False),
    )


def visible_names(definition: StoredDefinition, step: str = "") -> list[str]:
    """Names of the data that reviewers see at a step: the step's, or the workflow's."""
    own = _node(definition, step).get("visible_data") if step else None
    names: list[str] = definition.content["visible_data"] if own is None else own
    return names


def visible_data(of: HumanTask | WorkflowInstance, user: Any) -> list[VisibleField]:
    """Give the data that `user` may see with a task or an instance; nothing for strangers.

    Of a task, whose visibility `task_access` tells, everybody who sees it sees the same.
    Whoever administers the workflow sees all of an instance's data.
    """
    if isinstance(of, HumanTask):
        return _fields(of.instance, visible_names(of.instance.definition, of.step))
    answer = instance_access(user, of)
    if not answer.may_see:
        return []
    names = visible_names(of.definition)
    if answer.may_administer:
        names = [*names, *(name for name in of.data if name not in names)]
    return _fields(of, names)


def _fields(instance: WorkflowInstance, names: list[str]) -> list[VisibleField]:
    declared = _declared(instance.definition)
    return [
        VisibleField(
            name,
            _label(name, declared.get(name)),
            value_label(declared.get(name), instance.data[name]),
            declared.get(name),
        )
        for name in names
        if name in instance.data
    ]


def _declared(definition: StoredDefinition) -> dict[str, Any]:
    """Give what the workflow's forms say of each property; the start form has the last word."""
    forms = [node.get("form_schema") for node in definition.content["nodes"]]
    found: dict[str, Any] = {}
    for schema in (*reversed(forms), definition.content.get("start_schema")):
        found |= (schema or {}).get("properties", {})
    return found


def value_label(schema: Any, value: Any) -> Any:
    """Give the words that a form has for a value of an enumeration, else the value itself."""
    if not isinstance(schema, dict):
        return value
    names = schema.get("enumNames", schema.get("ui:enumNames"))
    values = schema.get("enum")
    if isinstance(names, list) and isinstance(values, list) and len(names) == len(values):
        return next(
            (gettext(str(n)) for n, v in zip(names, values, strict=True) if v == value), value
        )
    for choice in schema.get("oneOf") or schema.get("anyOf") or ():
        if (
            isinstance(choice, dict)
            and choice.get("const", _NOTHING) == value
            and "title" in choice
        ):
            return gettext(str(choice["title"]))
    return value


def _label(name: str, schema: Any) -> str:
    title = schema.get("title") if isinstance(schema, dict) else None
    return gettext(str(title)) if title else name.replace("_", " ").capitalize()


def _node(definition: StoredDefinition, path: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        (node for node in definition.content["nodes"] if node["path"] == path), {}
    )
    return found
