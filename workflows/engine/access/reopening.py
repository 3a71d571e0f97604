"""Whether a decision can be asked for once more: by its own task, or by its step anew."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _

from workflows.engine.definitions.stored import code_of
from workflows.exceptions import UnknownWorkflow
from workflows.models.instances import InstanceStatus, WorkflowInstance
from workflows.models.step_executions import ATTACHED, Phase, StepExecution
from workflows.models.tasks import HumanTask

NOT_LEFT: Final = ("ready", "held", "blocked", "failed")
"""States of an execution whose task is decided, but that no worker has left or is leaving."""


def has_gone_on(task: HumanTask) -> bool:
    """Whether the workflow has left the step of a decided task, or is leaving it right now."""
    execution: Any = task.execution
    return execution.phase != Phase.LEAVE or execution.status not in NOT_LEFT


def can_begin_again(task: HumanTask) -> bool:
    """Whether the request can be taken back to the task's step, and has not been there again."""
    instance = task.instance
    if instance.status == InstanceStatus.COMPLETED or is_replaced(instance):
        return False
    visits = StepExecution.objects.filter(instance=instance, path=task.step, scope=0)
    if visits.filter(pk__gt=task.execution_id).exists():
        return False
    try:
        node = code_of(instance.definition).graph.nodes.get(task.step)
    except UnknownWorkflow:
        return False
    return node is not None and node.parent is None


def is_replaced(instance: WorkflowInstance) -> bool:
    """Whether the step that started an instance has given it up for another one."""
    if instance.parent_id is None:
        return False
    siblings = WorkflowInstance.objects.filter(parent=instance.parent_id).exclude(pk=instance.pk)
    return siblings.exclude(status=InstanceStatus.CANCELED).exists()


def why_not_reopened(task: HumanTask) -> str:
    """Say where the workflow has gone, to somebody who would take a decision back."""
    instance = task.instance
    said = {
        "steps": _and(_active_steps(instance)),
        "status": instance.get_status_display().lower(),
    }
    if said["steps"]:
        message = _(
            "The workflow has gone on to %(steps)s; this decision can no longer be reopened."
        )
    else:
        message = _("The request is %(status)s; this decision can no longer be reopened.")
    return message % said


def _active_steps(instance: WorkflowInstance) -> list[str]:
    """Give the labels of the steps that the instance is at, groups aside."""
    active = StepExecution.objects.filter(instance=instance).active().exclude(kind__in=ATTACHED)
    paths = set(active.values_list("path", flat=True))
    nodes = instance.definition.content.get("nodes", [])
    groups = {node["parent"] for node in nodes}
    return [node["label"] for node in nodes if node["path"] in paths - groups]


def _and(names: list[str]) -> str:
    """Join names as a sentence does; of many, the first ones."""
    most = 3
    return ", ".join(f"“{name}”" for name in names[:most]) + (" …" if names[most:] else "")
