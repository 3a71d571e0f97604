"""Workflows that start workflows and share their fate, and steps of which few may run at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from tests.chaos.crash_points.journey import LEASE_IS_OVER, Act, Journey, drain, start, verb
from tests.chaos.crash_points.states import LEDGER
from tests.chaos.crash_points.steps import AskInTime, Break, Scarce, chain
from workflows import SubWorkflow, WorkflowContext, engine
from workflows.jobs import reconcile


def _starting(child: str) -> SubWorkflow:
    return SubWorkflow(f"crash_{child}", data=_same_ledger, result="context.get('after')")


def _same_ledger(context: WorkflowContext) -> dict[str, Any]:
    return {LEDGER: context.metadata[LEDGER]}


cancel = verb("cancel the parent", lambda one: engine.cancel_workflow(one, reason="Enough."))
suspend = verb("suspend the parent", engine.suspend)
resume = verb("resume the parent", engine.resume)
later = drain(timedelta(hours=3))
tidy = Act("reconcile", lambda stage: reconcile(), LEASE_IS_OVER)

quick, slow, broken = (
    chain("quick"),
    chain("slow", ask=AskInTime()),
    chain("broken", fails=Break(9)),
)

JOURNEYS: Final = (
    Journey(
        "sub-workflow",
        chain("parent", child=_starting("quick")),
        (start(), drain()),
        others=(quick,),
    ),
    Journey(
        "sub-workflow that waits",
        chain("patient", child=_starting("slow")),
        (start(), drain(), later),
        others=(slow,),
    ),
    Journey(
        "sub-workflow of a cancelled parent",
        chain("cancelled_parent", child=_starting("slow")),
        (start(), drain(), cancel, drain()),
        others=(slow,),
    ),
    Journey(
        "sub-workflow of a suspended parent",
        chain("suspended_parent", child=_starting("slow")),
        (start(), drain(), suspend, drain(), resume, later),
        others=(slow,),
    ),
    Journey(
        "sub-workflow that fails",
        chain("unlucky", child=_starting("broken")),
        (start(), drain()),
        others=(broken,),
    ),
    Journey(
        "one at a time",
        chain("scarce", scarce=Scarce()),
        (start(), drain(), tidy, drain()),
        instances=3,
    ),
)
