"""Retry: reopen what failed, or begin again at a step."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from workflows.engine.access.reopening import is_replaced
from workflows.engine.board.advance import begun_in, enter, settle
from workflows.engine.board.board import CANCELED, ENTER, FAILED, READY, WAITING, Board, Token
from workflows.engine.instances.control import locked_for_administrator
from workflows.engine.transitions.commit import write
from workflows.engine.transitions.incidents import resolve_incidents
from workflows.engine.transitions.transition import Transition
from workflows.exceptions import UnknownStep, WrongState
from workflows.models.instances import InstanceStatus, WorkflowInstance
from workflows.models.step_executions import StepExecution
from workflows.wakeups import wake_later


def retry(
    instance: Any,
    *,
    from_step: str | None = None,
    user: Any = None,
    reason: str = "",
    via: str = "web",
) -> WorkflowInstance:
    """Reopen the failed executions with their groups; or begin anew at `from_step`.

    Without a step the instance must have failed; what succeeded is kept, and siblings that
    were cancelled by the failure get new visits. With a step, whatever is active is
    cancelled, the data is kept, and the instance may be in any state but completed.
    """
    with transaction.atomic():
        transition = locked_for_administrator(instance, user)
        if from_step is None:
            _reopen_failed(transition)
        else:
            _begin_at(transition, from_step)
        transition.record(
            "instance.retried", path=from_step or "", actor=user, via=via, reason=reason
        )
        write([transition])
        wake_later()
    return transition.instance


def _reopen_failed(transition: Transition) -> None:
    if transition.instance.status != InstanceStatus.FAILED:
        said = {"status": transition.instance.get_status_display().lower()}
        raise WrongState(_("This request is %(status)s; only a failed one is retried.") % said)
    board = transition.board
    failed = [token for token in board.tokens.values() if token.status == FAILED]
    groups = [token for token in failed if _failed_with_children(transition, token)]
    reopened = {group.id for group in groups}
    for token in failed:
        if token.scope and token.scope not in reopened:
            # This group has not failed with it: it waits for the others, and now for it, too.
            group = board.tokens[token.scope]
            board.alter(group, pending=group.pending + 1)
        if token.id not in reopened:
            _reopen(transition, token)
    for group in sorted(groups, key=lambda group: group.id):
        _reopen_group(transition, group)
    settle(board)


def _failed_with_children(transition: Transition, token: Token) -> bool:
    """Whether a group failed because of a child, and not in its own callback or condition."""
    return bool(transition.board.graph.nodes[token.path].children) and any(
        child.status == FAILED for child in transition.board.children(token.id)
    )


def _reopen(transition: Transition, token: Token) -> None:
    StepExecution.objects.filter(pk=token.id).update(
        fence=F("fence") + 1, attempt=0, crashes=0, finished_at=None
    )
    transition.board.alter(token, status=READY, error="")
    resolve_incidents(transition, [token.id])
    transition.record("step.retried", path=token.path, execution_id=token.id)


def _reopen_group(transition: Transition, group: Token) -> None:
    """Wait again for the group's children; those cancelled by the failure start anew."""
    board = transition.board
    begun = begun_in(transition.instance, group.id)
    last = begun.last()
    for row in last:
        if row.status == CANCELED:
            begun.again(board, row)
    StepExecution.objects.filter(pk=group.id).update(finished_at=None)
    node = board.graph.nodes[group.path]
    open_children = len(board.children(group.id))
    to_come = len(node.children) - len(last) if node.passes_results_on else 0
    board.alter(group, status=WAITING, phase=ENTER, pending=open_children + to_come, error="")
    transition.record("step.retried", path=group.path, execution_id=group.id)


def _refuse_replaced(instance: WorkflowInstance) -> None:
    """Leave alone what the step that started it has given up for another one."""
    if is_replaced(instance):
        raise WrongState(_("The step that started this request has started another one since."))


def _begin_at(transition: Transition, path: str) -> None:
    instance, graph = transition.instance, transition.definition.graph
    if path not in graph.nodes or graph.nodes[path].parent is not None:
        known = ", ".join(node.path for node in graph.top_level)
        said = {"path": path, "known": known}
        raise UnknownStep(_("There is no step %(path)s; there are: %(known)s.") % said)
    if instance.status == InstanceStatus.COMPLETED:
        raise WrongState(_("This request is completed; start a new one."))
    _refuse_replaced(instance)
    board: Board = transition.board
    transition.reason = str(_("The request was taken back to another step."))
    for token in [token for token in board.tokens.values() if token.scope == 0]:
        board.cancel(token)
    latest = StepExecution.objects.filter(instance=instance, path=path, scope=0)
    board.visits[path] = latest.aggregate(last=Max("visit"))["last"] or 0
    enter(board, path, previous=None)
