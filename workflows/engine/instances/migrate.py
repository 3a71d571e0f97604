"""Move waiting instances to another version of their workflow, previewed first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from workflows.engine.access.permissions import has_role
from workflows.engine.board.advance import begun_in, enter, settle
from workflows.engine.definitions.rename import MIGRATED
from workflows.engine.definitions.stored import get_definition, stored
from workflows.engine.instances.migration_plan import (
    Migration,
    Standing,
    Versions,
    asks_again,
    plan,
    stand,
)
from workflows.engine.store.clock import now
from workflows.engine.transitions.commit import write
from workflows.engine.transitions.transition import Transition, lock_one
from workflows.exceptions import NotAllowed, UnknownStep, UnknownWorkflow, WrongState
from workflows.models.definitions import StoredDefinition
from workflows.models.incidents import Incident, IncidentKind
from workflows.models.instances import WorkflowInstance
from workflows.models.step_executions import DEADLINE, ExecutionStatus, StepExecution
from workflows.models.tasks import HumanTask
from workflows.models.webhooks import WebhookToken
from workflows.steps.human import BaseHumanStep
from workflows.wakeups import wake_later

ON_THE_WAY = "\x1f"
"""Before a path while it is renamed, so that two steps can change names with each other."""


def migrate_instances(
    workflow: str,
    from_version: str,
    to_version: str,
    *,
    mapping: Mapping[str, str] | None = None,
    instances: Iterable[Any] | None = None,
    ask_again: bool = False,
    dry_run: bool = True,
    user: Any = None,
    reason: str = "",
    via: str = "web",
) -> list[Migration]:
    """Move instances from one version to another, or with `dry_run` only say what that means.

    Each is moved in a transaction of its own, whole or not at all; why one has to stay is in
    its `refusals`. Only the new version's code is needed.

    Args:
        mapping: the new path of each step that is called otherwise in the new version.
        instances: which of them (or their ids); default: all that have not ended.
        ask_again: where the form of an open task has changed, close the task and enter the
            step anew, instead of refusing.

    Raises UnknownWorkflow, UnknownStep (a mapping that names no step), NotAllowed and
    DefinitionError.
    """
    if user is not None and not has_role(user, "administer", workflow):
        raise NotAllowed(_("Only an administrator of this workflow can do that."))
    versions = _versions(workflow, from_version, to_version, mapping or {}, ask_again=ask_again)
    chosen = _chosen(versions, instances)
    if dry_run:
        return [plan(versions, _look_at(one)) for one in chosen]
    said = {"actor": user, "via": via, "reason": reason}
    return [_migrate(versions, one.pk, said) for one in chosen]


def _versions(
    workflow: str, old: str, new: str, mapping: Mapping[str, str], *, ask_again: bool
) -> Versions:
    if old == new:
        raise WrongState(_("Both versions are %(version)s.") % {"version": old})
    row = StoredDefinition.objects.filter(workflow=workflow, version=old).first()
    if row is None:
        said = {"workflow": workflow, "version": old}
        raise UnknownWorkflow(_("No instance was ever on %(workflow)s %(version)s.") % said)
    definition = get_definition(workflow, new)
    versions = Versions(row, stored(definition), definition.graph, dict(mapping), ask_again)
    unknown = [path for path in mapping if path not in versions.old_nodes]
    unknown += [path for path in mapping.values() if path not in versions.graph.nodes]
    if unknown:
        raise UnknownStep(
            _("The mapping names no step: %(steps)s.") % {"steps": ", ".join(unknown)}
        )
    return versions


def _chosen(versions: Versions, instances: Iterable[Any] | None) -> list[WorkflowInstance]:
    rows = WorkflowInstance.objects.select_related("definition").defer("definition__content")
    if instances is None:
        return list(rows.live().filter(definition=versions.old).order_by("pk"))
    keys = [getattr(one, "pk", one) for one in instances]
    return list(rows.filter(workflow=versions.old.workflow, pk__in=keys).order_by("pk"))


def _look_at(instance: WorkflowInstance) -> Standing:
    return stand(instance, list(StepExecution.objects.filter(instance=instance).active()))


def _migrate(versions: Versions, instance_id: Any, said: dict[str, Any]) -> Migration:
    with transaction.atomic():
        before = lock_one(instance_id, now())
        # Locked too, as a worker may claim a row without its instance.
        rows = StepExecution.objects.select_for_update().filter(instance=before.instance).active()
        standing = stand(before.instance, list(rows.order_by("id")))
        found = plan(versions, standing)
        if found.refusals:
            return found
        _rewrite(versions, standing, before.at)
        after = lock_one(instance_id, before.at)
        _ask_again(after, [row for row in standing.steps if asks_again(versions, standing, row)])
        settle(after.board)
        after.record(
            MIGRATED,
            before=versions.old.version,
            after=versions.new.version,
            mapping=dict(versions.mapping),
            **said,
        )
        write([after])
        wake_later()
    return replace(found, instance=after.instance, moved=True)


def _rewrite(versions: Versions, standing: Standing, at: datetime) -> None:
    """Give the rows the new version's names and numbers; what is active gets a new fence."""
    instance = standing.instance
    executions = StepExecution.objects.filter(instance=instance)
    _rename(executions, "path", versions)
    _rename(HumanTask.objects.filter(instance=instance), "step", versions)
    _rename(WebhookToken.objects.filter(instance=instance), "path", versions)
    executions.active().update(definition=versions.new, fence=F("fence") + 1)
    free = "ready" if instance.suspended_at is None else "held"
    executions.filter(status=ExecutionStatus.BLOCKED).update(status=free)
    Incident.objects.filter(instance=instance, kind=IncidentKind.BLOCKED, resolved_at=None).update(
        resolved_at=at
    )
    _rewrite_joins(versions, standing, free)
    _drop_deadlines(versions, standing, at)
    visits = {versions.rename(path): count for path, count in instance.visits.items()}
    WorkflowInstance.objects.filter(pk=instance.pk).update(definition=versions.new, visits=visits)


def _rename(rows: QuerySet[Any], name: str, versions: Versions) -> None:
    paths = rows.values_list(name, flat=True).distinct().order_by()
    renamed = {path: versions.rename(path) for path in paths if versions.rename(path) != path}
    if not renamed:
        return
    cases = [When(**{name: old, "then": Value(ON_THE_WAY + new)}) for old, new in renamed.items()]
    rows.filter(**{f"{name}__in": list(renamed)}).update(**{name: Case(*cases)})
    rows.filter(**{f"{name}__startswith": ON_THE_WAY}).update(**{name: Substr(name, 2)})


def _rewrite_joins(versions: Versions, standing: Standing, free: str) -> None:
    """Translate the numbers of the edges that branches came along; what joins no more goes on."""
    for row in standing.rows.values():
        if row.status != ExecutionStatus.JOINING:
            continue
        changes: dict[str, Any] = {"status": free, "arrived": []}
        if versions.rename(row.path) in versions.graph.joins:
            changes = {"arrived": sorted(versions.edges[number] for number in row.arrived)}
        StepExecution.objects.filter(pk=row.pk).update(**changes)


def _drop_deadlines(versions: Versions, standing: Standing, at: datetime) -> None:
    """Without an outcome for nobody's answer a task no longer expires."""
    for row in standing.rows.values():
        task = standing.tasks.get(row.scope)
        if row.kind != DEADLINE or task is None:
            continue
        step = versions.graph.nodes[versions.rename(task.step)].step
        if isinstance(step, BaseHumanStep) and step.timeout_outcome is None:
            StepExecution.objects.filter(pk=row.pk).update(status="canceled", finished_at=at)


def _ask_again(transition: Transition, executions: Collection[StepExecution]) -> None:
    """Close the tasks of these executions and begin new visits to their steps."""
    transition.reason = str(_("The form has changed; it is asked anew."))
    board, scopes = transition.board, {row.scope for row in executions} - {0}
    groups = {scope: begun_in(transition.instance, scope) for scope in scopes}
    for token in [board.tokens[row.pk] for row in executions]:
        board.cancel(token)
        if token.scope:
            begun = groups[token.scope]
            begun.again(board, begun.rows[token.id])
        else:
            enter(board, token.path, previous=token.previous)
