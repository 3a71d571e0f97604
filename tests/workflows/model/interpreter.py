"""The model: one instance played by the rules of docs/architecture.md and docs/states.md.

It shares no code with the engine, and is written to be read against those pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from tests.workflows.model.plans import KEYS, Kind, Plan
from tests.workflows.model.rules import Rules
from tests.workflows.model.visits import (
    CANCELED,
    FAILED,
    HANDLED,
    HELD,
    LEAVE,
    READY,
    RUNNING,
    SCHEDULED,
    SKIPPED,
    SUCCEEDED,
    WAITING,
    Visit,
)


class Journey(Rules):
    """One instance: what can be done to it, and what its steps do."""

    def start(self) -> None:
        """Enter the first step."""
        with self._transition():
            self.record("instance.started")
            self.enter(self.ways.initial)

    def begin(self, visit: Visit) -> None:
        """Let a worker take a visit, with the data as they are now."""
        visit.status, visit.seen, visit.put_off = RUNNING, dict(self.data), self.is_suspended

    def finish(self, visits: Sequence[Visit]) -> None:
        """Record in one transaction what workers report; nothing of what was cancelled."""
        if not any(visit.status == RUNNING for visit in visits):
            return
        with self._transition():
            for visit in visits:
                if visit.status == RUNNING:
                    self._run(visit)

    def decide(self, visit: Visit) -> None:
        """Take a person's submission; a worker is to leave the step."""
        self.record("task.completed", visit)
        self._answer(visit, _declared(visit.act.writes))

    def call(self, path: str, ordinal: int, payload: Mapping[str, int]) -> None:
        """Take another system's call for a visit to a webhook, kept where it comes early."""
        there = [one for one in self.visits if one.path == path]
        visit = there[ordinal - 1] if len(there) >= ordinal else None
        self.calls[path, ordinal] = payload
        if visit is not None and visit.status == WAITING:
            self.record("webhook.received", visit)
            self._answer(visit, payload)
        else:
            self.record("webhook.kept")

    def cancel(self) -> None:
        """End all that is open."""
        self.new = []
        for visit in self.open_visits():
            if visit.group is None:
                self.cancel_visit(visit)
        self.status = "canceled"
        self.record("instance.canceled")

    def suspend(self) -> None:
        """Let nothing new start."""
        self._replace(READY, HELD)
        self.is_suspended = True
        self.record("instance.suspended")

    def resume(self) -> None:
        """Let go on what was held."""
        self._replace(HELD, READY)
        self.is_suspended = False
        self.record("instance.resumed")

    def retry(self) -> None:
        """Reopen what has failed, and the groups that failed with it."""
        with self._transition():
            failed = [visit for visit in self.open_visits() if visit.status == FAILED]
            groups = [one for one in failed if any(child.group is one for child in failed)]
            for visit in failed:
                visit.status, visit.attempts = WAITING if visit in groups else self.ready, 0
                self.record("step.retried", visit)
            for group in groups:
                self._begin_canceled_children_anew(group)
            self.let_joins_go_on()
            self.record("instance.retried")

    def retry_from(self, path: str) -> None:
        """Cancel what is open, and begin again at a step, with the data as they are."""
        with self._transition():
            for visit in self.open_visits():
                if visit.group is None:
                    self.cancel_visit(visit)
            self.enter(path)
            self.record("instance.retried")

    @contextmanager
    def _transition(self) -> Iterator[None]:
        self.new, self.groups_that_failed = [], []
        yield
        for group in self.groups_that_failed:
            if group.status == FAILED:
                self.record("step.failed", group)
        self.show_status()

    def _begin_canceled_children_anew(self, group: Visit) -> None:
        for child in self.children(group):
            if child.status == CANCELED:
                self.add(
                    child.path,
                    child.plan,
                    group=group,
                    previous=child.previous,
                    position=child.position,
                )

    def _replace(self, old: str, new: str) -> None:
        for visit in self.open_visits():
            if visit.status == old:
                visit.status = new

    def _answer(self, visit: Visit, answer: Mapping[str, int]) -> None:
        visit.status, visit.result = self.ready, dict(answer)
        if self.status == "waiting":
            self.status = "running"

    def _run(self, visit: Visit) -> None:
        if visit.put_off:
            visit.status = self.ready
        elif visit.phase == LEAVE:
            self._leave(visit)
        elif visit.plan.kind != Kind.GATEWAY and visit.act.skips:
            self._route(visit, SKIPPED, None, {})
        elif self._raises(visit, visit.plan, visit.act.fails):
            handled = visit.plan.kind == Kind.MACHINE and visit.act.handled
            self._has_raised(visit, visit.plan, handled=handled)
        else:
            self._enter(visit)

    def _raises(self, visit: Visit, plan: Plan, fails: int) -> bool:
        visit.runs += 1
        return visit.runs <= fails or (plan.kind == Kind.GATEWAY and not self._named(visit))

    def _has_raised(self, visit: Visit, plan: Plan, *, handled: bool = False) -> None:
        visit.attempts += 1
        if visit.attempts < plan.attempts:
            visit.status = SCHEDULED
            self.record("step.attempt_failed", visit)
        elif handled:
            self._route(visit, HANDLED, None, {})
        else:
            self.fail(visit)

    def _enter(self, visit: Visit) -> None:
        act = visit.act
        match visit.plan.kind:
            case Kind.MACHINE:
                self._route(visit, SUCCEEDED, visit.answer(act, visit.previous_result), act.writes)
            case Kind.GATEWAY:
                self._write(act.writes)
                visit.result = act.to[0] if len(act.to) == 1 else list(act.to)
                self.end(visit, SUCCEEDED, self._named(visit))
            case Kind.TIMER if not act.waits:
                self._route(visit, SUCCEEDED, None, {})
            case Kind.TIMER:
                self._wait(visit, SCHEDULED, "timer.set")
            case Kind.HUMAN:
                self._wait(visit, WAITING, "task.created")
            case Kind.WEBHOOK:
                self._listen(visit)
            case _:
                self._open_group(visit)

    def _wait(self, visit: Visit, status: str, event: str) -> None:
        visit.go_to(LEAVE)
        visit.status = status
        self.record(event, visit)

    def _listen(self, visit: Visit) -> None:
        payload = self.calls.get((visit.path, self.ordinal(visit)))
        if payload is None:
            self._wait(visit, WAITING, "webhook.awaited")
        else:
            self._wait(visit, self.ready, "webhook.received")
            visit.result = dict(payload)

    def _open_group(self, group: Visit) -> None:
        plan = group.plan
        begun = list(range(len(plan.children)))
        if plan.kind == Kind.SEQUENCE:
            begun = begun[:1]
        elif plan.kind == Kind.CHOICE:
            chosen = group.act.to[0]
            named = [number for number in begun if plan.names[number] == chosen]
            begun = named or (begun[-1:] if plan.has_default else [])
            if not begun:
                self._route(group, SKIPPED, None, {})
                return
        group.status = WAITING
        if plan.kind == Kind.EACH:
            self._begin_each(group)
            return
        for number in begun:
            path = f"{group.path}/{plan.names[number]}"
            self.add(path, plan.children[number], group=group, previous=group.previous)

    def _begin_each(self, group: Visit) -> None:
        (child,), (name,) = group.plan.children, group.plan.names
        path = f"{group.path}/{name}"
        for position in range(group.act.items):
            self.add(path, child, group=group, previous=group.previous, position=position)
        if not group.act.items:
            self.let_be_left(group)

    def _leave(self, visit: Visit) -> None:
        if visit.plan.kind in (Kind.HUMAN, Kind.WEBHOOK):
            merged = {} if visit.is_apart else _declared(visit.result or {})
            self._route(visit, SUCCEEDED, visit.result, merged)
        elif visit.plan.children:
            self._leave_group(visit, self._result_of_group(visit))
        else:
            self._route(visit, SUCCEEDED, visit.result, {})

    def _result_of_group(self, group: Visit) -> Any:
        children = self.children(group)
        if group.plan.kind in (Kind.PARALLEL, Kind.EACH):
            return [child.result for child in children]
        if group.plan.kind == Kind.RACE:
            won = [child for child in children if child.status == SUCCEEDED]
            name = won[0].path.rpartition("/")[2] if won else None
            return {"winner": name, "result": won[0].result if won else None}
        told = [child.result for child in children if child.status in (SUCCEEDED, HANDLED)]
        return told[-1] if told else None

    def _leave_group(self, group: Visit, result: Any) -> None:
        callback, act = group.plan.callback, group.callback_act
        if callback is None or act is None or act.skips:
            self._route(group, SUCCEEDED, result, {})
        elif self._raises(group, callback, act.fails):
            self._has_raised(group, callback, handled=act.handled)
        else:
            self._route(group, SUCCEEDED, group.answer(act, result), act.writes)

    def _route(self, visit: Visit, status: str, result: Any, writes: Mapping[str, int]) -> None:
        """End a visit by the edges whose condition holds; where none does, fail to leave."""
        data = {**visit.seen, **writes}
        visit.result = result
        self._write(writes)
        edges = [] if visit.group else self.ways.out_of(visit.path)
        try:
            taken = [number for number in edges if self._holds(number, data, result)]
        except ValueError:
            taken = []
        if edges and not taken:
            if visit.phase != LEAVE:
                visit.go_to(LEAVE)
            self.fail(visit)
        else:
            self.end(visit, status, taken)

    def _holds(self, number: int, data: Mapping[str, Any], result: Any) -> bool:
        test = self.ways.ways[number].test
        return test is None or test.holds(data, result)

    def _named(self, visit: Visit) -> list[int]:
        """Numbers of the edges to the steps that a gateway names; none where one is unknown."""
        targets: dict[str, int] = {}
        for number in self.ways.out_of(visit.path):
            targets.setdefault(self.ways.ways[number].target, number)
        named = list(dict.fromkeys(visit.act.to))
        return [targets[name] for name in named] if set(named) <= set(targets) else []

    def _write(self, writes: Mapping[str, int]) -> None:
        changed = {**self.data, **writes}
        if changed != self.data:
            self.data, self.data_revision = changed, self.data_revision + 1


def _declared(answer: Mapping[str, int]) -> dict[str, int]:
    return {key: value for key, value in answer.items() if key in KEYS}
