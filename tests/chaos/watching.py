"""Watches the database all along: contradictions in it, and due work that nobody does."""

from __future__ import annotations

import threading
from typing import Final

from django.db import Error, connections
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from tests.chaos.ledger import now
from workflows.engine.store import clock
from workflows.models import StepExecution, WorkflowInstance
from workflows.models.instances import ENDED
from workflows.models.step_executions import ATTACHED

LOOKS_EVERY: Final = 0.25
STALLED: Final = 60.0
"""Seconds after which due work that nobody does is a wedge; an idle machine needs a lease."""

SEQUENCES: Final = "/line"
"""How the paths of sequential groups end: they count children to come, too."""

_active = StepExecution.objects.filter(instance=OuterRef("pk")).active()
_steps = ~Q(kind__in=ATTACHED)
"""Clocks that hang on tasks are none: they may run out when all is over."""


def contradictions() -> list[str]:
    """Give what must not be so at any moment; each line comes from one statement, one snapshot."""
    found = [
        f"Instance {pk} is {status} without an active step."
        for pk, status in WorkflowInstance.objects.live()
        .filter(~Exists(_active))
        .values_list("pk", "status")
    ]
    found += [
        f"Instance {row['instance']} has ended, and {row['path']} is {row['status']}."
        for row in StepExecution.objects.active()
        .filter(_steps, instance__status__in=ENDED)
        .values("instance", "path", "status")
    ]
    found += [
        f"{row['path']} of {row['instance']} is {row['status']}; its lease: {row['lease_until']}."
        for row in StepExecution.objects.filter(
            Q(status="running", lease_until=None) | ~Q(status="running") & ~Q(lease_until=None)
        ).values("instance", "path", "status", "lease_until")
    ]
    return found + _groups_that_count_wrong()


def _groups_that_count_wrong() -> list[str]:
    """Children name their group by its number, so that the two are counted against each other."""
    waiting = StepExecution.objects.filter(kind="group", status="waiting")
    children = (
        StepExecution.objects.filter(scope=OuterRef("pk"))
        .active()
        .exclude(status="failed")
        .order_by()
        .values("scope")
        .annotate(count=Count("pk"))
        .values("count")
    )
    counted = waiting.annotate(children=Coalesce(Subquery(children), 0)).exclude(
        pending=F("children")
    )
    return [
        f"{row['path']} of {row['instance']} waits for {row['pending']}, and has "
        f"{row['children']} active children."
        for row in counted.values("instance", "path", "pending", "children")
        if not (row["path"].endswith(SEQUENCES) and row["children"] == 1)
    ]


class Watch:
    """A thread that looks over and over, and remembers the worst."""

    def __init__(self, stalled: float = STALLED) -> None:
        self._stalled = stalled
        self.found: list[str] = []
        self.longest_stall = 0.0
        self.stalled = ""
        """What it was that was due for longest."""
        self._due_since: dict[tuple[int, int], float] = {}
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="watch")

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Watch no longer."""
        self._stopped.set()
        self._thread.join()

    @property
    def stall(self) -> float:
        """Seconds for which the work that is due longest has been due."""
        return now() - min(self._due_since.copy().values(), default=now())

    def _run(self) -> None:
        while not self._stopped.wait(LOOKS_EVERY):
            try:
                self._look()
            except Error:
                connections.close_all()  # The database is a victim, too.
            except BaseException as error:  # noqa: BLE001 - told at the end
                self.found.append(f"Nobody watched any more: {error!r}")
                break
        connections.close_all()

    def _look(self) -> None:
        self.found += [line for line in contradictions() if line not in self.found]
        moment = clock.now()
        due = StepExecution.objects.filter(
            Q(status="ready")
            | Q(status="scheduled", due_at__lt=moment)
            | Q(status="running", lease_until__lt=moment)
        )
        rows = list(due.values_list("pk", "fence", "path", "status", "instance"))
        seen = {(pk, fence): self._due_since.get((pk, fence), now()) for pk, fence, *_ in rows}
        self._due_since = seen
        if rows and self.stall > self.longest_stall:
            self.longest_stall = self.stall
            self.stalled = str(min(rows, key=lambda row: seen[row[0], row[1]]))
        for pk, fence, path, status, instance in rows:
            if now() - seen[pk, fence] > self._stalled:
                line = f"{path} of {instance} is {status} and due, and nobody does it."
                self.found += [line] if line not in self.found else []
