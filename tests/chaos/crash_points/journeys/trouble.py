"""Failures, lost workers, cancelling, suspending and retrying."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from tests.chaos.crash_points.journey import LEASE_IS_OVER, Act, Journey, Stage, drain, start, verb
from tests.chaos.crash_points.steps import AskInTime, Break, Do, Listen, Sleep, chain, workflow
from workflows import Edge, ParallelGroup, engine
from workflows.engine.definitions.stored import runnable_ids
from workflows.engine.maintenance.drain import LEASE
from workflows.engine.maintenance.reconcile import block, unblock
from workflows.engine.queue import claims
from workflows.engine.store import clock
from workflows.models import Event, WorkflowInstance
from workflows.models.step_executions import StepExecution

WORKER: Final = "crash-points"
UNKNOWN_CODE: Final = (-1,)


def _claim() -> list[StepExecution]:
    return claims.claim(WORKER, 10, lease=LEASE, definitions=runnable_ids().keys())


def _claim_and_renew(stage: Stage) -> None:
    held = {row.pk: row.fence for row in _claim()}
    claims.renew(WORKER, held, clock.now() + LEASE)


def _claim_and_give_back(stage: Stage) -> None:
    claims.give_back(WORKER, {row.pk: row.fence for row in _claim()})


def _waiting_for_all(name: str) -> Any:
    group = ParallelGroup(AskInTime(), Sleep(), Listen(), on_child_failure="wait")
    return chain(name, group=group)


abandon = Act("claim and die", lambda stage: _claim(), later=LEASE_IS_OVER)
renew = Act("claim and renew", _claim_and_renew)
give_back = Act("claim and give back", _claim_and_give_back)
# Later, as what was stored just now is not called unknown yet.
blocking = Act("block", lambda stage: block(UNKNOWN_CODE, clock.now()), timedelta(hours=1))
unblocking = Act("unblock", lambda stage: unblock(runnable_ids().keys()))
cancel = verb("cancel", lambda one: engine.cancel_workflow(one, reason="No longer needed."))
suspend = verb("suspend", engine.suspend)
resume = verb("resume", engine.resume)
retry = verb("retry", engine.retry)
later = drain(timedelta(hours=2))


def again_from(step: str) -> Act:
    """Begin anew; who got no answer looks first, as asking twice means twice here."""

    def do(instance: WorkflowInstance) -> None:
        if not Event.objects.filter(instance=instance, kind="instance.retried").exists():
            engine.retry(instance, from_step=step)

    return verb(f"retry from {step}", do)


JOURNEYS: Final = (
    Journey("failure", chain("failure", fails=Break(9)), (start(), drain())),
    Journey("handled", chain("handled", fails=Break(1, handled=True)), (start(), drain())),
    Journey(
        "retry later", chain("retry_later", fails=Break(1, attempts=3)), (start(), drain(), later)
    ),
    Journey(
        "retry",
        chain("retry", group=ParallelGroup(Do(), AskInTime(), Break(1))),
        (start(repaired=False), drain(), retry, drain()),
    ),
    Journey(
        "retry from a step",
        chain("from_step", group=ParallelGroup(Do(), AskInTime(), Listen())),
        (start(), drain(), again_from("before"), drain()),
    ),
    Journey(
        "no edge",
        workflow("no_edge", Edge("only", "end", condition="context.get('choice') == 'end'")),
        (start(), drain()),
    ),
    Journey("crash limit", chain("crash_limit"), (start(), abandon, abandon, abandon, later)),
    Journey("renewal", chain("renewal"), (start(), renew, later)),
    Journey("giving back", chain("giving_back"), (start(), give_back, drain())),
    Journey("no code", chain("no_code"), (start(), blocking, unblocking, drain())),
    Journey("cancel", _waiting_for_all("cancel"), (start(), drain(), cancel, later)),
    Journey("cancel at once", chain("cancel_at_once"), (start(), cancel, drain())),
    Journey(
        "suspension",
        _waiting_for_all("suspension"),
        (start(), drain(), suspend, later, resume, drain()),
    ),
    Journey("suspension at once", chain("held"), (start(), suspend, drain(), resume, drain())),
)
