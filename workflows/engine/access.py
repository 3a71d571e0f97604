"""The one predicate of who may see what and act on it, with its reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from workflows.definition import WorkflowDefinition
from workflows.engine.access_rows import of_group, of_user
from workflows.models.instances import WorkflowInstance
from workflows.models.tasks import HumanTask, Relation, TaskAccess, TaskStatus
from workflows.registry import registry

ROLES = ("start", "view", "manage", "administer")
"""What a Django permission `workflows.<role>_<workflow>` allows with that workflow."""

PRINCIPALS = "_workflow_principals"


@dataclass(frozen=True)
class TaskAnswer:
    """What somebody may do with a task, and why.

    Whom a task `was_offered` to may learn who was first, though a closed task is only shown
    to those who took part.
    """

    may_see: bool = False
    was_offered: bool = False
    may_decide: bool = False
    may_claim: bool = False
    may_release: bool = False
    may_reassign: bool = False
    is_mine: bool = False
    why: list[str] = field(default_factory=list)
    why_not: str = ""


@dataclass(frozen=True)
class InstanceAnswer:
    """What somebody may do with an instance, and why."""

    may_see: bool = False
    may_cancel: bool = False
    may_administer: bool = False
    why: list[str] = field(default_factory=list)


def principals(user: Any) -> list[str]:
    """Give the user and their groups as principals; read once per user object."""
    known: list[str] | None = vars(user).get(PRINCIPALS)
    if known is None:
        groups = user.groups.values_list("pk", flat=True)
        known = [of_user(user.pk), *(of_group(pk) for pk in groups)]
        vars(user)[PRINCIPALS] = known
    return known


def has_role(user: Any, role: str, workflow: str) -> bool:
    """Whether the user holds a role for a workflow, by Django's permissions."""
    return bool(user.has_perm(f"workflows.{role}_{workflow}"))


def may_start(user: Any, definition: WorkflowDefinition) -> bool:
    """Whether the user may start the workflow: everybody may where it names nobody."""
    if not user.is_active:
        return False
    if has_role(user, "start", definition.name):
        return True
    if definition.can_start is not None and definition.can_start(user):
        return True
    if definition.start_groups:
        return bool(user.groups.filter(name__in=definition.start_groups).exists())
    return definition.can_start is None


def startable(user: Any) -> list[WorkflowDefinition]:
    """Give the newest version of each workflow that the user may start."""
    return [definition for definition in registry.latest() if may_start(user, definition)]


def task_access(user: Any, task: HumanTask) -> TaskAnswer:
    """Tell what `user` may do with `task`; the roles are only asked for where no row answers."""
    rows = TaskAccess.objects.filter(task=task, principal__in=principals(user))
    relations = {str(relation) for relation in rows.values_list("relation", flat=True)}
    if not user.is_active:
        return TaskAnswer()
    why = [str(Relation(relation).label) for relation in sorted(relations - {Relation.EXCLUDED})]
    excluded = Relation.EXCLUDED in relations
    is_mine = task.assignee_id == user.pk
    acts = not excluded and (Relation.ASSIGNEE in relations or Relation.CANDIDATE in relations)
    leads = not acts and _leads(user, task)
    may_see = bool(why) or leads or _may_view(user, task.instance)
    was_offered = not excluded and not set(principals(user)).isdisjoint(task.offered_to)
    if not may_see:
        return TaskAnswer(was_offered=was_offered)
    ready, reserved = task.status == TaskStatus.READY, task.status == TaskStatus.RESERVED
    may_decide = acts and (ready or (reserved and is_mine))
    return TaskAnswer(
        may_see=True,
        was_offered=was_offered,
        may_decide=may_decide,
        may_claim=acts and ready,
        may_release=reserved and (is_mine or leads) and bool(task.offered_to),
        may_reassign=task.is_open and (is_mine or leads),
        is_mine=is_mine,
        why=why or [_reason(user, task, leads)],
        why_not="" if may_decide else _why_not(task, user, excluded=excluded, acts=acts),
    )


def _leads(user: Any, task: HumanTask) -> bool:
    workflow = task.instance.workflow
    return has_role(user, "manage", workflow) or has_role(user, "administer", workflow)


def _may_view(user: Any, instance: WorkflowInstance) -> bool:
    return instance.started_by_id == user.pk or any(
        has_role(user, role, instance.workflow) for role in ("view", "administer")
    )


def _reason(user: Any, task: HumanTask, leads: bool) -> str:
    if task.instance.started_by_id == user.pk:
        return _("You started this request")
    return _("You manage this workflow") if leads else _("You may view this workflow")


def _why_not(task: HumanTask, user: Any, *, excluded: bool, acts: bool) -> str:
    if not task.is_open:
        return _("This task is closed.")
    if excluded and task.instance.started_by_id == user.pk:
        return _("You started this request; another person must decide.")
    if excluded:
        return _("You are excluded from this decision.")
    if acts and task.assignee is not None:
        return _("%(name)s has taken this task.") % {"name": display_name(task.assignee)}
    return _("This task is not offered to you.")


def visible_instances(user: Any) -> QuerySet[WorkflowInstance]:
    """Give the instances that the user may see, as one queryset."""
    instances = WorkflowInstance.objects.all()
    if user.is_superuser and user.is_active:
        return instances
    if not user.is_active:
        return instances.none()
    names = {definition.name for definition in registry}
    permissions = user.get_all_permissions()
    viewed = [
        name
        for name in names
        if permissions & {f"workflows.view_{name}", f"workflows.administer_{name}"}
    ]
    took_part = TaskAccess.objects.filter(
        task__instance=OuterRef("pk"), principal__in=principals(user)
    ).exclude(relation=Relation.EXCLUDED)
    return instances.filter(Q(started_by=user) | Q(workflow__in=viewed) | Exists(took_part))


def instance_access(user: Any, instance: WorkflowInstance) -> InstanceAnswer:
    """Tell what `user` may do with `instance`."""
    if not user.is_active:
        return InstanceAnswer()
    started = instance.started_by_id == user.pk
    administers = has_role(user, "administer", instance.workflow)
    why = [_("You started this request")] if started else []
    if administers:
        why.append(_("You administer this workflow"))
    if not why and has_role(user, "view", instance.workflow):
        why.append(_("You may view this workflow"))
    if not why and visible_instances(user).filter(pk=instance.pk).exists():
        why.append(_("You take part in this request"))
    # What was started for another request is cancelled with that one.
    owns = started and instance.parent_id is None
    may_cancel = not instance.has_ended and (owns or administers)
    return InstanceAnswer(bool(why), may_cancel, administers, why)


def display_name(user: AbstractBaseUser | None) -> str:
    """Give a person's full name, or username; empty for nobody."""
    if user is None:
        return ""
    full = getattr(user, "get_full_name", str)()
    return str(full or user.get_username())
