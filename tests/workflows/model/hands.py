"""What is done to both: verbs, answers, and a worker's claims and reports."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from django.db.models import F

from tests.workflows.model.interpreter import Journey
from tests.workflows.model.plans import Case, Kind, Plan
from tests.workflows.model.puppets import Stage
from tests.workflows.model.visits import ENTER, FAILED, LEAVE, Visit
from workflows import engine
from workflows.engine.queue.claims import Lease, claim
from workflows.engine.run.finish import finish
from workflows.engine.run.perform import perform
from workflows.engine.store import clock
from workflows.engine.work.load import load
from workflows.engine.work.results import Report
from workflows.engine.work.webhook_tokens import Address, address_path, make_token
from workflows.engine.work.work import Work
from workflows.models import HumanTask, StepExecution, WorkflowInstance

WORKER: Final = "model"
LEASE: Final = timedelta(days=365)
LATER: Final = timedelta(days=1)


@dataclass
class Played:
    """One instance, in the model and in the database.

    Attributes:
        keys: the rows of the visits that are stored.
        at_work: what a worker has taken, also where it was cancelled since.
        done: what was done so far, to be told where it goes wrong.
    """

    case: Case
    journey: Journey
    instance: WorkflowInstance
    keys: dict[Visit, int] = field(default_factory=dict)
    at_work: dict[Visit, Work] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)

    @property
    def stored(self) -> list[Visit]:
        """Give the visits whose row is known, oldest first."""
        return list(self.keys)

    @property
    def has_ended(self) -> bool:
        """Whether nothing more can happen but a retry from a step."""
        return self.journey.status in ("completed", "canceled")

    @property
    def webhooks(self) -> list[str]:
        """Give the paths of all webhooks that can be called early: items have no address yet."""
        steps = self.case.blueprint.steps.items()
        return [path for key, plan in steps for path in _webhooks_in(key, plan)]

    def begin(self, work: Work, visit: Visit) -> None:
        """Let a worker have taken a visit."""
        self.at_work[visit] = work
        self.journey.begin(visit)
        self.done.append(f"begin {visit.name}")


def _webhooks_in(path: str, plan: Plan) -> list[str]:
    own = [path] if plan.kind == Kind.WEBHOOK else []
    inside = () if plan.kind == Kind.EACH else zip(plan.names, plan.children, strict=True)
    return own + [
        found for name, child in inside for found in _webhooks_in(f"{path}/{name}", child)
    ]


class Hands:
    """Moves both."""

    def __enter__(self) -> Hands:
        """Open an event loop for the code of steps."""
        self._loop = asyncio.new_event_loop()
        return self

    def __exit__(self, *error: object) -> None:
        """Close it."""
        self._loop.close()

    def act(self, one: Played, verb: str) -> bool:
        """Do a verb on the whole instance."""
        if not verb:
            return False
        one.done.append(verb)
        name, _, path = verb.rpartition(" ")
        match name or path:
            case "call":
                ordinal = _next_call(one.journey, path)
                address = Address(one.instance.pk, path, ordinal)
                engine.receive_webhook(make_token(address), {"a": ordinal, "z": 1})
                one.journey.call(path, ordinal, {"a": ordinal, "z": 1})
            case "retry from":
                engine.retry(one.instance, from_step=path)
                one.journey.retry_from(path)
            case plain:
                verbs: dict[str, Callable[..., Any]] = {
                    "cancel": engine.cancel_workflow,
                    "resume": engine.resume,
                    "retry": engine.retry,
                    "suspend": engine.suspend,
                }
                verbs[plain](one.instance)
                getattr(one.journey, plain)()
        return True

    def answer(self, one: Played, visit: Visit) -> bool:
        """Let a person decide, or another system call."""
        if visit.plan.kind == Kind.WEBHOOK:
            one.done.append(f"call {visit.name}")
            engine.receive_webhook(make_token(_address(one, visit)), dict(visit.act.writes))
            one.journey.call(visit.path, one.journey.ordinal(visit), visit.act.writes)
        else:
            one.done.append(f"decide {visit.name}")
            task = HumanTask.objects.get(execution_id=one.keys[visit])
            engine.complete_human_task(task, user=None, data=visit.act.writes)
            one.journey.decide(visit)
        return True

    def begin(self, chosen: Iterable[tuple[Played, Sequence[Visit]]]) -> bool:
        """Take just these visits, as a claim does that finds no others."""
        by_key = {one.keys[visit]: (one, visit) for one, visits in chosen for visit in visits}
        if not by_key:
            return False
        rows = StepExecution.objects.filter(pk__in=by_key, status__in=("ready", "scheduled"))
        rows.update(
            status="running",
            fence=F("fence") + 1,
            lease_owner=WORKER,
            lease_until=clock.now() + LEASE,
            due_at=None,
            started_at=clock.now(),
        )
        for work in load(list(StepExecution.objects.filter(pk__in=by_key, status="running"))):
            one, visit = by_key[work.execution_id]
            one.begin(work, visit)
        return True

    def claim(self, played: Sequence[Played]) -> bool:
        """Take all that is due, and what will be tomorrow."""
        by_key = {key: (one, visit) for one in played for visit, key in one.keys.items()}
        claimed = claim(
            WORKER,
            200,
            lease=LEASE,
            definitions=[one.instance.definition_id for one in played],
            now=clock.now() + LATER,
        )
        for work in load(claimed):
            one, visit = by_key[work.execution_id]
            one.begin(work, visit)
        return bool(claimed)

    def finish(self, chosen: Iterable[tuple[Played, Sequence[Visit]]], *, rides: bool) -> bool:
        """Run what was taken, and report all of it in one transaction."""
        ended = [(one, list(visits)) for one, visits in chosen if visits]
        reports = [self._run(one, visit) for one, visits in ended for visit in visits]
        if not reports:
            return False
        lease = Lease(WORKER, clock.now() + LEASE) if rides else None
        riding = {work.instance_id: work for work in finish(reports, lease=lease)}
        for one, visits in ended:
            one.done.append(f"end {', '.join(visit.name for visit in visits)}")
            one.journey.finish(visits)
            if work := riding.get(one.instance.pk):
                one.begin(work, _visit_of(one, work))
        return True

    def _run(self, one: Played, visit: Visit) -> Report:
        act = visit.act
        if visit.phase == LEAVE and visit.callback_act:
            act = visit.callback_act
        Stage.act, Stage.raises = act, visit.runs < act.fails
        work = one.at_work.pop(visit)
        return self._loop.run_until_complete(perform(work, _call_here))


async def _call_here(function: Callable[..., Any], *arguments: Any) -> Any:
    return function(*arguments)


def _address(one: Played, visit: Visit) -> Address:
    """Give the address at which a visit is called: inside of an item, one of the item's own."""
    holder: Visit | None = visit
    while holder is not None and holder.position is None:
        holder = holder.group
    if holder is None:
        return Address(one.instance.pk, visit.path, one.journey.ordinal(visit))
    return Address(one.instance.pk, address_path(visit.path, one.keys[holder]), 1)


def _next_call(journey: Journey, path: str) -> int:
    """Which visit to a webhook the next call is for that comes before it is waited for."""
    ordinal = 1
    while (path, ordinal) in journey.calls or _is_past(journey, path, ordinal):
        ordinal += 1
    return ordinal


def _is_past(journey: Journey, path: str, ordinal: int) -> bool:
    there = [visit for visit in journey.visits if visit.path == path]
    visit = there[ordinal - 1] if len(there) >= ordinal else None
    return visit is not None and (
        not visit.is_open or visit.status == FAILED or visit.phase != ENTER
    )


def _visit_of(one: Played, work: Work) -> Visit:
    """Give the visit that a worker goes on with; its group, if any, was stored before."""
    row = work.execution
    return next(
        visit
        for visit in one.journey.visits
        if (visit.path, visit.number) == (row.path, row.visit)
        and (one.keys[visit.group] if visit.group else 0) == row.scope
    )
