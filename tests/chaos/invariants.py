"""What must be so when all is over, whatever has happened; each broken one is a sentence."""

from __future__ import annotations

import itertools
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from tests.chaos.ledger import ENDED, FENCE_OF, RAISED, Run
from tests.chaos.promises import Promise, Promises
from workflows.models import Event, HumanTask, StepExecution, WebhookToken, WorkflowInstance
from workflows.models.step_executions import ATTACHED, CLOSED

Explains = Callable[[int, float, float], bool]
"""Whether an interruption hit a process (its number) between two moments of the ledger's clock."""

ENDS = tuple(f"step.{status}" for status in CLOSED)


def broken_at_the_end(runs: Sequence[Run], promises: Promises, explains: Explains) -> list[str]:
    """Give a sentence for everything that should not be so once all instances have ended."""
    return [
        *instances_that_did_not_end(promises),
        *executions_left_over(),
        *gaps_in_the_history(),
        *ends_told_twice_or_never(),
        *results_under_an_old_fence(),
        *effects_without_a_run(runs),
        *runs_without_a_reason(runs, explains),
        *timers_that_were_early(),
        *broken_promises(promises.made()),
    ]


def instances_that_did_not_end(promises: Promises) -> Iterator[str]:
    """Every instance is completed, unless somebody cancelled it, or the step that started it."""
    left = WorkflowInstance.objects.exclude(status="completed")
    for pk, status, parent in left.values_list("pk", "status", "parent__status"):
        is_canceled = pk in promises.cancels() or parent == "canceled"
        if status != "canceled" or not is_canceled:
            yield f"Instance {pk} is {status} at the end."


def executions_left_over() -> Iterator[str]:
    """Nothing runs, waits or is open any more."""
    left = StepExecution.objects.active().exclude(kind__in=ATTACHED)
    for row in left.values("pk", "instance", "path", "status"):
        yield f"Execution {row['pk']} ({row['path']} of {row['instance']}) is {row['status']}."
    for pk in HumanTask.objects.filter(closed_at=None).values_list("pk", flat=True):
        yield f"Task {pk} is still open."


def gaps_in_the_history() -> Iterator[str]:
    """Count each instance's events, whose numbers go from 1 to its last one."""
    numbers: dict[Any, list[int]] = defaultdict(list)
    for instance, seq in Event.objects.order_by("seq").values_list("instance", "seq"):
        numbers[instance].append(seq)
    for pk, last in WorkflowInstance.objects.values_list("pk", "last_seq"):
        if numbers[pk] != list(range(1, last + 1)):
            yield f"The history of instance {pk} is {numbers[pk]}, and its last number is {last}."


def ends_told_twice_or_never() -> Iterator[str]:
    """Hold ends against events: what is over for good has one that says so, others have none."""
    told = Counter(Event.objects.filter(kind__in=ENDS).order_by().values_list("execution", "kind"))
    rows = StepExecution.objects.exclude(kind__in=ATTACHED)
    for pk, instance, path, status in rows.values_list("pk", "instance", "path", "status"):
        kinds = {kind: told[pk, kind] for kind in ENDS if told[pk, kind]}
        expected = {f"step.{status}": 1} if status in CLOSED else {}
        if kinds != expected:
            yield f"{path} of {instance} (execution {pk}) is {status}; its events say {kinds}."


def results_under_an_old_fence() -> Iterator[str]:
    """Hold results and data against fences: each was made under the last one that there was."""
    last: dict[str, int] = {}
    rows = StepExecution.objects.filter(status="succeeded")
    for row in rows.only("instance", "path", "result", "fence"):
        last[f"{FENCE_OF}{row.pk}"] = row.fence
        result = row.result if isinstance(row.result, dict) else {}
        if result.get("execution") == row.pk and result["fence"] != row.fence:
            yield (
                f"{row.path} of {row.instance_id} (execution {row.pk}) has a result under the "
                f"fence {result['fence']}, and its fence is {row.fence}."
            )
    for pk, data in WorkflowInstance.objects.values_list("pk", "data"):
        for key in data:
            if key.startswith(FENCE_OF) and last.get(key) != data[key]:
                yield f"Instance {pk} has data that were written under the old {key}: {data[key]}."


def effects_without_a_run(runs: Sequence[Run]) -> Iterator[str]:
    """Hold the database against the ledger: what has succeeded did run to its end."""
    ended = {(run.execution, run.fence) for run in runs if run.how == ENDED}
    rows = StepExecution.objects.filter(status="succeeded", kind="machine")
    for pk, path, instance, fence in rows.values_list("pk", "path", "instance", "fence"):
        if (pk, fence) not in ended:
            yield f"{path} of {instance} (execution {pk}) never ran to its end under {fence}."


def runs_without_a_reason(runs: Sequence[Run], explains: Explains) -> Iterator[str]:
    """Find doubles: a step runs once per claim, and again only if it failed or was interrupted."""
    by_execution: dict[int, list[Run]] = defaultdict(list)
    for run in runs:
        by_execution[run.execution].append(run)
    for of_one in by_execution.values():
        for one, other in itertools.pairwise(sorted(of_one, key=lambda run: run.fence)):
            if one.fence == other.fence:
                yield f"{one.path} of {one.instance} ran twice under the fence {one.fence}."
            elif one.how != RAISED and not _is_explained(one, other, explains):
                yield (
                    f"{one.path} of {one.instance} (execution {one.execution}) ran in {one.pid} "
                    f"under the fence {one.fence}, and again in {other.pid} under {other.fence}, "
                    f"{other.began_at - one.began_at:.1f} s later, with no interruption."
                )


def _is_explained(one: Run, other: Run, explains: Explains) -> bool:
    # What is interrupted between its claim and its first line may begin when its lease is over,
    # and even after its successor.
    return explains(one.pid, min(one.leased_at, one.began_at), max(one.began_at, other.began_at))


def timers_that_were_early() -> Iterator[str]:
    """Hold timers against the clock: a step is over at its moment or later."""
    ended = dict(Event.objects.filter(kind="step.succeeded").values_list("execution", "at"))
    for execution, path, data in Event.objects.filter(kind="timer.set").values_list(
        "execution", "path", "data"
    ):
        due_at = datetime.fromisoformat(data["due_at"])
        if execution in ended and ended[execution] < due_at:
            yield f"Timer {path} (execution {execution}) fired at {ended[execution]}, not {due_at}."


def broken_promises(promises: Sequence[Promise]) -> Iterator[str]:
    """Whatever was acknowledged is in the history, once, and in the data."""
    told: Counter[tuple[Any, str, str]] = Counter()
    for instance, kind, data in Event.objects.values_list("instance", "kind", "data"):
        words = {data.get("reason", ""), (data.get("submitted") or {}).get("word", "")}
        told.update((instance, kind, word) for word in words)
    payloads = {
        (row.instance_id, (row.payload or {}).get("said"))
        for row in WebhookToken.objects.filter(received_at__isnull=False)
    }
    results = dict(StepExecution.objects.values_list("pk", "result"))
    statuses = dict(StepExecution.objects.values_list("pk", "status"))
    for promise in promises:
        if promise.kind == "call":
            kept = (promise.instance_id, promise.word) in payloads
        else:
            kept = told[promise.instance_id, promise.kind, promise.word] == 1
        if not kept:
            yield f"{promise} was acknowledged, and is not in the history of the instance."
        elif statuses.get(promise.subject) == "succeeded" and promise.word not in json.dumps(
            results[promise.subject]
        ):
            yield f"{promise} was acknowledged, and the result is {results[promise.subject]}."
