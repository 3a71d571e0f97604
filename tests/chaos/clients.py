"""Clients: threads that start, decide, call, cancel, suspend, resume and retry, all at once."""

from __future__ import annotations

import http.client
import random
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from django.contrib.auth.models import Group, User
from django.db import Error, connections

from tests.chaos.doors import Door
from tests.chaos.promises import Promise, Promises
from tests.chaos.steps import REVIEWERS, mend
from tests.chaos.workload import random_start
from workflows import engine
from workflows.engine import queries
from workflows.engine.work.webhook_tokens import Address, make_token
from workflows.exceptions import WorkflowError
from workflows.models import HumanTask, StepExecution, WorkflowInstance
from workflows.values.ids import uuid7

T = TypeVar("T")
OPEN: Final = ("ready", "reserved")
LOOKS_AT: Final = 20
"""Rows among which a client chooses."""


class Clients:
    """All clients of one run."""

    def __init__(self, seed: int, door: Door, folder: Path, *, at_once: int) -> None:
        self.promises = Promises()
        self.troubles: list[BaseException] = []
        """What ended a client: a fault of its own, or an answer that must not be."""
        self.last_trouble = ""
        """Why the site could not be reached the last time."""
        self._seed = seed
        self._door = door
        self._folder = folder
        self._at_once = at_once
        self._stopped = threading.Event()
        self._is_finishing = False
        self._threads: list[threading.Thread] = []

    def start(self, *, deciders: int = 2) -> None:
        """Let them come."""
        self._begin("starter", self._start, 0.02)
        for number in range(deciders):
            self._begin(f"decider-{number}", self._decide, 0.03)
        self._begin("caller", self._call, 0.03)
        self._begin("mender", self._mend, 0.1)
        self._begin("meddler", self._meddle, 0.15)

    def finish(self) -> None:
        """From now on nothing is started, cancelled or suspended; what is there is ended."""
        self._is_finishing = True

    def stop(self) -> None:
        """Let them go."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def _begin(self, name: str, act: Callable[[random.Random], None], pause: float) -> None:
        rng = random.Random(f"{self._seed} {name}")  # noqa: S311 - nothing to protect
        thread = threading.Thread(target=self._go_on, args=[act, rng, pause], name=name)
        self._threads.append(thread)
        thread.start()

    def _go_on(
        self, act: Callable[[random.Random], None], rng: random.Random, pause: float
    ) -> None:
        """Act over and over; a site that cannot be reached is tried again."""
        while not self._stopped.wait(rng.uniform(0.5, 1.5) * pause):
            try:
                act(rng)
            except (Error, OSError, http.client.HTTPException) as error:
                self.last_trouble = repr(error)
                connections.close_all()
                self._stopped.wait(0.1)
            except WorkflowError:
                continue  # Somebody else was first: that is what many clients are for.
            except BaseException as error:  # noqa: BLE001 - told at the end
                self.troubles.append(error)
                break
        connections.close_all()

    def _start(self, rng: random.Random) -> None:
        if self._is_finishing or WorkflowInstance.objects.live().count() >= self._at_once:
            return
        workflow, data = random_start(rng)
        key = f"key {rng.getrandbits(64):x}"
        while not self._stopped.is_set():
            try:
                instance = engine.start_workflow(workflow, initial_data=data, key=key)
            except Error:
                # Whether it was stored is open: the same key again starts it once.
                connections.close_all()
                self._stopped.wait(0.1)
            else:
                self.promises.add(Promise("instance.started", instance.pk, ""))
                return

    def _decide(self, rng: random.Random) -> None:
        waiting = HumanTask.objects.filter(status__in=OPEN).select_related("instance")
        task = _any(rng, list(waiting.order_by("pk")[:LOOKS_AT]))
        user = _any(rng, list(User.objects.filter(groups__name=REVIEWERS)))
        if task is None or user is None:
            return
        if task.step == "unanswered" and not self._is_finishing and rng.random() < 0.7:
            return
        word = str(uuid7())
        if self._door.decide(task, user, word):
            self.promises.add(Promise("task.completed", task.instance_id, word, task.execution_id))

    def _call(self, rng: random.Random) -> None:
        waiting = StepExecution.objects.filter(kind="webhook", status="waiting").order_by("pk")
        execution = _any(rng, list(waiting[:LOOKS_AT]))
        if execution is None:
            return
        earlier = StepExecution.objects.filter(
            instance=execution.instance_id, path=execution.path, pk__lte=execution.pk
        )
        address = Address(execution.instance_id, execution.path, earlier.count())
        word = str(uuid7())
        for _ in range(rng.choice((1, 1, 2))):
            if self._door.call(make_token(address), word, word):
                self.promises.add(Promise("call", execution.instance_id, word, execution.pk))

    def _mend(self, rng: random.Random) -> None:
        failed = WorkflowInstance.objects.filter(status="failed")
        instance = _any(rng, list(failed.order_by("pk")[:LOOKS_AT]))
        if instance is not None:
            mend(self._folder, str(instance.pk))
            reason = str(uuid7())
            engine.retry(instance, reason=reason)
            self.promises.add(Promise("instance.retried", instance.pk, reason))
        if self._is_finishing or rng.random() < 0.3:
            self._resume(rng)

    def _resume(self, rng: random.Random) -> None:
        suspended = WorkflowInstance.objects.live().filter(suspended_at__isnull=False)
        instance = _any(rng, list(suspended.order_by("pk")[:LOOKS_AT]))
        if instance is not None:
            reason = str(uuid7())
            engine.resume(instance, reason=reason)
            self.promises.add(Promise("instance.resumed", instance.pk, reason))

    def _meddle(self, rng: random.Random) -> None:
        """Cancel, suspend or take back to its first step some instance that is under way."""
        live = WorkflowInstance.objects.live().order_by("-pk")
        instance = _any(rng, list(live[:LOOKS_AT]))
        if instance is None or self._is_finishing:
            return
        verb = rng.choices(("cancel", "suspend", "again"), (1, 3, 1))[0]
        reason = str(uuid7())
        if verb == "cancel":
            self.promises.may_cancel(instance.pk)
            engine.cancel_workflow(instance, reason=reason)
            self.promises.add(Promise("instance.canceled", instance.pk, reason))
        elif verb == "suspend":
            engine.suspend(instance, reason=reason)
            self.promises.add(Promise("instance.suspended", instance.pk, reason))
        else:
            first = queries.get_definition(instance.workflow).graph.initial
            engine.retry(instance, from_step=first, reason=reason)
            self.promises.add(Promise("instance.retried", instance.pk, reason))


def make_reviewers(count: int = 3) -> list[User]:
    """Make the people who decide."""
    group, _ = Group.objects.get_or_create(name=REVIEWERS)
    users = [User.objects.create_user(f"reviewer-{number}") for number in range(count)]
    for user in users:
        user.groups.add(group)
    return users


def _any(rng: random.Random, rows: list[T]) -> T | None:
    return rng.choice(rows) if rows else None
