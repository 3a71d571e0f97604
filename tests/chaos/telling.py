"""Tells the whole story of instances at which an invariant was broken, before they are deleted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from tests.chaos.ledger import Run
from workflows.models import Event, StepExecution, WorkflowInstance

AN_ID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
AT_MOST: Final = 20


def stories(broken: Iterable[str], runs: Sequence[Run]) -> Iterator[str]:
    """Give the lines of the stories of the first instances that the sentences name."""
    named = list(dict.fromkeys(number for line in broken for number in AN_ID.findall(line)))
    for instance in WorkflowInstance.objects.filter(pk__in=named[:AT_MOST]):
        yield f"\n{instance.workflow} {instance.pk} {instance.status}: {instance.data}"
        for row in StepExecution.objects.filter(instance=instance):
            yield (
                f"  {row.pk} {row.path} {row.visit} {row.kind} {row.phase} {row.status} fence "
                f"{row.fence} attempt {row.attempt} crashes {row.crashes} pending {row.pending} "
                f"scope {row.scope} {row.started_at} {row.finished_at}: {row.result} {row.error}"
            )
        for event in Event.objects.filter(instance=instance):
            what = f"{event.kind} {event.path} {event.execution_id} {event.data}"
            yield f"  {event.at} {event.seq} {what}"
        for run in runs:
            if run.instance == str(instance.pk):
                yield f"  {run}"
