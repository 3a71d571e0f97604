"""django-q2's cluster as this site runs it: with parts that survive `kill -9`, and watched.

Its processes share queues, events and numbers whose locks stay taken for ever when their holder is
killed, and one idle worker always holds one. `install` puts others in their place.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured
from django.dispatch import receiver
from django_q import cluster
from django_q.conf import Conf
from django_q.signals import post_execute, post_execute_in_worker, post_spawn, pre_execute

from workflows import worker
from workflows.cluster import ipc, parent_pipe, watchdog
from workflows.worker.options import Options
from workflows.worker.shared_memory import liveness, slots

PARTS: Final = {
    "Event": ipc.PipeEvent,
    "Queue": ipc.KillproofQueue,
    "Value": ipc.value,
}
"""What django_q.cluster makes its processes' connections of."""

MARGIN: Final = 3.0
"""Seconds that workers get beyond the grace of their steps to end by themselves."""


def install() -> None:
    """Have the clusters that this process starts use the parts; call before one is made."""
    for name, part in PARTS.items():
        if not hasattr(cluster, name):
            raise ImproperlyConfigured(
                f"This version of django-q2 has no {name} in django_q.cluster: install the version "
                "in requirements/run.txt."
            )
        setattr(cluster, name, part)


def become_sentinel() -> None:
    """Prepare the sentinel, before it forks everybody else; once per process."""
    if slots.shared is not None or multiprocessing.parent_process() is None:
        return
    parent_pipe.follow_parent()
    parent_pipe.tie_forks()
    _ignore_sigterm()
    workers = int(Conf.WORKERS)
    slots.share(workers + 1)
    signs = liveness.share(workers)
    watchdog.start(signs, Options.of_site().grace.total_seconds() + MARGIN)


def _ignore_sigterm() -> None:
    """Leave a signal to the whole process group to the main process, which tells this one.

    Otherwise the sentinel would be the first to end, and take the workers along in mid-step.
    """
    sentinel = os.getpid()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)

    def listen_again() -> None:
        if os.getppid() == sentinel:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)

    os.register_at_fork(after_in_child=listen_again)


@receiver(post_spawn)
def _start_worker(**_: Any) -> None:
    """Begin the heartbeat of a worker process that django-q2 has just started."""
    worker.start()


@receiver(pre_execute)
def _begin_job(**_: Any) -> None:
    if liveness.shared is not None:
        liveness.shared.begin_job()


@receiver(post_execute_in_worker)
def _end_job(**_: Any) -> None:
    if liveness.shared is not None:
        liveness.shared.end_job()


@receiver(post_execute)
def _handle_result(**_: Any) -> None:
    if liveness.shared is not None:
        liveness.shared.mark(liveness.Sign.HANDLED)
