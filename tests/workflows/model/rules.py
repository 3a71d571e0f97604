"""What follows when a visit ends: branches, joins, groups, and the instance's status.

Every question is answered by looking at all visits again; nothing is counted or kept besides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.workflows.model.plans import Blueprint, Kind, Plan
from tests.workflows.model.visits import (
    CANCELED,
    FAILED,
    HELD,
    JOINING,
    LEAVE,
    READY,
    RUNNING,
    SKIPPED,
    SUCCEEDED,
    WAITING,
    Visit,
)
from tests.workflows.model.ways import Ways


class Rules:
    """The visits, data, status and history of one instance, and how they change."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint
        self.ways = Ways(next(iter(blueprint.steps)), blueprint.ways)
        self.visits: list[Visit] = []
        self.data: dict[str, Any] = {}
        self.data_revision = 1
        self.status = "pending"
        self.is_suspended = False
        self.events: list[tuple[str, Visit | None]] = []
        self.calls: dict[tuple[str, int], Mapping[str, int]] = {}
        self.new: list[Visit] = []
        self.groups_that_failed: list[Visit] = []

    def record(self, kind: str, visit: Visit | None = None) -> None:
        """Add a line to the history."""
        self.events.append((kind, visit))

    def ordinal(self, visit: Visit) -> int:
        """Give which of the visits to its path it is, from 1, over all groups."""
        return 1 + [one for one in self.visits if one.path == visit.path].index(visit)

    def open_visits(self) -> list[Visit]:
        """All visits that are still on the board, oldest first."""
        return [visit for visit in self.visits if visit.is_open]

    def children(self, group: Visit) -> list[Visit]:
        """Give the last visit to each child that a group has begun, in declared order."""
        last = {(one.path, one.position): one for one in self.visits if one.group is group}
        paths = [f"{group.path}/{name}" for name in group.plan.names]
        return sorted(last.values(), key=lambda one: (paths.index(one.path), one.position or 0))

    @property
    def ready(self) -> str:
        """The status of what could run now."""
        return HELD if self.is_suspended else READY

    def add(
        self,
        path: str,
        plan: Plan,
        *,
        group: Visit | None = None,
        previous: Visit | None = None,
        position: int | None = None,
    ) -> Visit:
        """Add a visit that is ready, with the next number."""
        number = 1 + sum(one.path == path and one.group is group for one in self.visits)
        visit = Visit(path, plan, number, self.ready, group, previous, position=position)
        self.visits.append(visit)
        self.new.append(visit)
        return visit

    def enter(self, path: str, previous: Visit | None = None) -> Visit:
        """Begin a visit to a step of the top level; one too many fails at once."""
        plan = self.blueprint.steps[path]
        visit = self.add(path, plan, previous=previous)
        if visit.number > plan.max_visits:
            visit.status = FAILED
            self.record("step.failed", visit)
        return visit

    def end(self, visit: Visit, status: str, taken: list[int]) -> None:
        """End a visit for good; its branch goes on along the edges that were taken."""
        visit.status = status
        self.record(f"step.{status}", visit)
        if visit.group:
            self._child_has_ended(visit.group, visit)
        for number in taken:
            self._arrive(number, visit)
        self.let_joins_go_on()

    def fail(self, visit: Visit) -> None:
        """Fail a visit for good; it stays on the board."""
        visit.status = FAILED
        self.record("step.failed", visit)
        if visit.group:
            self._child_has_ended(visit.group, visit)
        self.let_joins_go_on()

    def cancel_visit(self, visit: Visit) -> None:
        """Cancel a visit and all inside it; what was never stored is just forgotten."""
        for inside in [one for one in self.open_visits() if one.group is visit]:
            self.cancel_visit(inside)
        if visit in self.new:
            self.visits.remove(visit)
            return
        has_task = visit.plan.kind == Kind.HUMAN and visit.status == WAITING
        visit.status = CANCELED
        self.record("step.canceled", visit)
        if has_task:
            self.record("task.canceled", visit)

    def _arrive(self, number: int, came_from: Visit) -> None:
        """Let a branch come along an edge: into the step, or to wait there for others."""
        target = self.ways.ways[number].target
        if number not in self.ways.merges[target]:
            self.enter(target, came_from)
            return
        here = [one for one in self.open_visits() if one.path == target and one.status == JOINING]
        free = [one for one in here if number not in one.came]
        visit = free[0] if free else self.enter(target, came_from)
        if visit.status != FAILED:
            visit.status = JOINING
        visit.came.add(number)
        visit.previous = came_from

    def let_joins_go_on(self) -> None:
        """Let every join go on to which nobody can come any more.

        Where there is none, the first goes on of those that wait only for each other.
        """
        order = list(self.blueprint.steps)
        joins = [visit for visit in self.open_visits() if visit.status == JOINING]
        joins.sort(key=lambda visit: (order.index(visit.path), visit.number))
        free = [join for join in joins if not self._awaited_by(join)]
        for join in free or [join for join in joins if self._waits_only_for_joins(join)][:1]:
            join.status = self.ready

    def _awaited_by(self, join: Visit) -> list[Visit]:
        """All branches that can still come along an edge of the join that nobody came along."""
        missing = self.ways.merges[join.path] - join.came
        branches = [one for one in self.open_visits() if one.group is None and one is not join]
        return [one for one in branches if self.ways.may_come(one.path, missing, join.path)]

    def _waits_only_for_joins(self, join: Visit) -> bool:
        """Whether all that it waits for, and all that these wait for, is joins that wait."""
        found: list[Visit] = []
        to_do = [join]
        while to_do:
            visit = to_do.pop()
            if visit.status != JOINING:
                return False
            if visit not in found:
                found.append(visit)
                to_do += self._awaited_by(visit)
        return True

    def _child_has_ended(self, group: Visit, child: Visit) -> None:
        plan, children = group.plan, self.children(group)
        at_work = [one for one in children if one.is_open and one.status != FAILED]
        failed = [one for one in children if one.status == FAILED]
        waits = plan.kind == Kind.RACE or plan.waits_for_all
        if child.status == FAILED and not waits:
            for one in at_work:
                self.cancel_visit(one)
            self._fail_group(group)
        elif child.status == SUCCEEDED and plan.kind == Kind.RACE:
            for one in at_work + failed:
                self.cancel_visit(one)
            self.let_be_left(group)
        elif plan.kind == Kind.SEQUENCE and child.status != FAILED and self._has_more(group):
            passed_on = child.previous if child.status == SKIPPED else child
            number = len(children)
            path = f"{group.path}/{plan.names[number]}"
            self.add(path, plan.children[number], group=group, previous=passed_on)
        elif not at_work and failed:
            self._fail_group(group)
        elif not at_work:
            self.let_be_left(group)

    def _has_more(self, group: Visit) -> bool:
        return len(self.children(group)) < len(group.plan.children)

    def let_be_left(self, group: Visit) -> None:
        """Make a group's visit ready to be left, as its children have ended."""
        group.go_to(LEAVE)
        group.status = self.ready

    def _fail_group(self, group: Visit) -> None:
        group.status = FAILED
        self.groups_that_failed.append(group)
        if group.group:
            self._child_has_ended(group.group, group)

    def show_status(self) -> None:
        """Give the instance the status that follows from what is open."""
        found = {visit.status for visit in self.open_visits()}
        before = self.status
        if not found:
            self.status = "completed"
        elif FAILED in found:
            self.status = "failed"
        else:
            self.status = "running" if found & {READY, RUNNING, HELD} else "waiting"
        if self.status != before and self.status in ("completed", "failed"):
            self.record(f"instance.{self.status}")
