"""The one predicate of who may see what and act on it, with its reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from workflows.definition.definition import WorkflowDefinition
from workflows.definition.registry import registry
from workflows.engine.access import task_states
from workflows.engine.access.people import display_name
from workflows.engine.access.reopening import can_begin_again, has_gone_on
from workflows.engine.access.rows import of_group, of_user
from workflows.engine.store.clock import now
from workflows.models.instances import WorkflowInstance
from workflows.models.tasks import NO_REASON, HumanTask, Relation, TaskAccess, TaskStatus

ROLES = ("start", "view", "manage", "administer")
"""What a Django permission `workflows.<role>_<workflow>` allows with that workflow."""

LEADING = frozenset({task_states.Who.LEAD, task_states.Who.ADMINISTRATOR})

PRINCIPALS = "_workflow_principals"


@dataclass(frozen=True)
class TaskAnswer:
    """What somebody may do with a task, and why.

    Whoever could decide it once `may_draft`: keep what they type, also when they are too late.
    Whom a task `was_offered` to may learn who was first, though a closed task is only shown
    to those who took part. `may` has names of moves (workflows.engine.access.task_states). Of
    what was decided, `has_gone_on` says that what follows has begun: then nobody may reopen it,
    and whoever `may_retry` can have its step ask anew.
    """

    may_see: bool = False
    was_offered: bool = False
    may: frozenset[str] = frozenset()
    may_snooze: bool = False
    may_draft: bool = False
    is_mine: bool = False
    is_mentioned: bool = False
    has_gone_on: bool = False
    is_kept_from_reopening: bool = False
    may_retry: bool = False
    snoozed_until: datetime | None = None
    why: list[str] = field(default_factory=list)
    why_not: str = ""

    @property
    def may_decide(self) -> bool:
        return task_states.DECIDE.name in self.may

    @property
    def may_claim(self) -> bool:
        return task_states.CLAIM.name in self.may

    @property
    def may_release(self) -> bool:
        return task_states.RELEASE.name in self.may

    @property
    def may_reassign(self) -> bool:
        return task_states.HAND_OVER.name in self.may

    @property
    def may_take_over(self) -> bool:
        return task_states.TAKE_OVER.name in self.may

    @property
    def may_ask(self) -> bool:
        return task_states.ASK.name in self.may

    @property
    def may_answer(self) -> bool:
        return task_states.ANSWER.name in self.may

    @property
    def may_recall(self) -> bool:
        return task_states.RECALL.name in self.may

    @property
    def may_undo(self) -> bool:
        return task_states.UNDO.name in self.may

    @property
    def may_override(self) -> bool:
        return task_states.OVERRIDE.name in self.may

    @property
    def may_reopen(self) -> bool:
        return task_states.REOPEN.name in self.may


@dataclass(frozen=True)
class InstanceAnswer:
    """What somebody may do with an instance, and why."""

    may_see: bool = False
    may_cancel: bool = False
    may_administer: bool = False
    why: list[str] = field(default_factory=list)


def principals(user: Any) -> list[str]:
    """Give the user and their groups as principals."""
    return [of_user(user.pk), *group_names(user)]


def group_names(user: Any) -> dict[str, str]:
    """Give the names of the user's groups by principal; read once per user object."""
    known: dict[str, str] | None = vars(user).get(PRINCIPALS)
    if known is None:
        known = {of_group(pk): name for pk, name in user.groups.values_list("pk", "name")}
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
    """Tell what `user` may do with `task`.

    The roles that Django's permissions give are only asked for where a decision is not theirs
    anyway: they cost statements.
    """
    if not user.is_active:
        return TaskAnswer()
    rows = TaskAccess.objects.filter(_of(user), task=task)
    stored = list(rows.values_list("relation", "open", "sort_at"))
    found = {(relation, is_open) for relation, is_open, _sort_at in stored}
    relations = {relation for relation, _open in found}
    why = [str(Relation(one).label) for one in sorted(relations.difference(NO_REASON))]
    excluded = Relation.EXCLUDED in relations
    acts = not excluded and not relations.isdisjoint({Relation.ASSIGNEE, Relation.CANDIDATE})
    roles = _roles_by_rows(user, task, acts=acts, is_asked=(Relation.ASKED, True) in found)
    may = task_states.allowed(task.status, roles, excluded=excluded)
    if task_states.DECIDE.name not in may:
        roles |= _roles_by_permission(user, task)
        may = task_states.allowed(task.status, roles, excluded=excluded)
    leads = not roles.isdisjoint(LEADING)
    was_offered = not excluded and _was_offered(user, task, relations)
    if not (why or leads or _may_view(user, task.instance)):
        return TaskAnswer(was_offered=was_offered, may_draft=was_offered)
    if not task.offered_to:
        may -= {task_states.RELEASE.name}
    is_left = task.status == TaskStatus.COMPLETED and has_gone_on(task)
    is_kept = is_left and task_states.REOPEN.name in may
    if is_kept:
        may -= {task_states.REOPEN.name}
    may_decide = task_states.DECIDE.name in may
    return TaskAnswer(
        may_see=True,
        was_offered=was_offered,
        may=may,
        may_draft=acts or was_offered or (not excluded and Relation.FORMER in relations),
        may_snooze=task.is_open and (acts or task_states.ANSWER.name in may),
        is_mine=task.assignee_id == user.pk,
        is_mentioned=(Relation.MENTIONED, True) in found,
        has_gone_on=is_left,
        is_kept_from_reopening=is_kept,
        may_retry=is_kept and can_begin_again(task),
        snoozed_until=_back_at(stored),
        why=why or [_reason(user, task, leads)],
        why_not="" if may_decide else _why_not(task, user, relations, acts=acts),
    )


def _back_at(stored: list[tuple[str, bool, datetime]]) -> datetime | None:
    """Give when a task comes back that was put off, where that is still to come."""
    moments = (sort_at for relation, _open, sort_at in stored if relation == Relation.SNOOZED)
    return next((moment for moment in moments if moment > now()), None)


def _of(user: Any) -> Q:
    """Match the rows of a user and their groups, which are read with them unless they are known."""
    if vars(user).get(PRINCIPALS) is not None:
        return Q(principal__in=principals(user))
    name = Concat(Value(of_group("")), Cast("pk", CharField()))
    groups = user.groups.order_by().annotate(principal=name).values("principal")
    return Q(principal=of_user(user.pk)) | Q(principal__in=groups)


def _was_offered(user: Any, task: HumanTask, relations: set[str]) -> bool:
    if task.is_open:
        return Relation.CANDIDATE in relations
    return not set(principals(user)).isdisjoint(task.offered_to)


def _roles_by_rows(
    user: Any, task: HumanTask, *, acts: bool, is_asked: bool
) -> frozenset[task_states.Who]:
    has = {
        task_states.Who.CANDIDATE: acts and task.status == TaskStatus.READY,
        task_states.Who.ASSIGNEE: task.assignee_id == user.pk,
        task_states.Who.ADDRESSEE: is_asked,
        task_states.Who.DECIDER: task.decided_by_id == user.pk,
    }
    return frozenset(role for role, holds in has.items() if holds)


def _roles_by_permission(user: Any, task: HumanTask) -> frozenset[task_states.Who]:
    workflow = task.instance.workflow
    if has_role(user, "administer", workflow):
        return LEADING
    return frozenset({task_states.Who.LEAD} if has_role(user, "manage", workflow) else ())


def _may_view(user: Any, instance: WorkflowInstance) -> bool:
    return instance.started_by_id == user.pk or any(
        has_role(user, role, instance.workflow) for role in ("view", "administer")
    )


def _reason(user: Any, task: HumanTask, leads: bool) -> str:
    if task.instance.started_by_id == user.pk:
        return _("You started this request")
    return _("You manage this workflow") if leads else _("You may view this workflow")


def _why_not(task: HumanTask, user: Any, relations: set[str], *, acts: bool) -> str:
    excluded = Relation.EXCLUDED in relations
    if not task.is_open:
        return _("This task is closed.")
    if excluded and task.instance.started_by_id == user.pk:
        return _("You started this request; another person must decide.")
    if excluded:
        return _("You are excluded from this decision.")
    if task.status == TaskStatus.INFO_REQUESTED and task.assignee_id == user.pk:
        return _("You asked somebody about this. Take the question back to decide without it.")
    if acts and task.assignee is not None:
        return _("%(name)s has taken this task.") % {"name": display_name(task.assignee)}
    if Relation.FORMER in relations and task.assignee is not None:
        return _("It is no longer yours: %(name)s has it now.") % {
            "name": display_name(task.assignee)
        }
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
    ).exclude(relation__in=NO_REASON)
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
