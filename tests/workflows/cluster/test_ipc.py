"""Locks, events and queues between processes: whoever dies lets go of everything."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.durability.processes import wait_for
from workflows.cluster.ipc import KernelLock, KillproofQueue, PipeEvent, value

_forks = multiprocessing.get_context("fork")


def forked(function: Callable[..., Any], *arguments: Any) -> Any:
    process = _forks.Process(target=function, args=arguments, daemon=True)
    process.start()
    return process


def hold(lock: KernelLock, is_held: PipeEvent) -> None:
    with lock:
        is_held.set()
        signal.pause()


def test_a_lock_keeps_other_processes_out_until_its_holder_is_killed() -> None:
    lock, is_held = KernelLock(), PipeEvent()
    holder = forked(hold, lock, is_held)
    assert is_held.wait(30)

    assert not lock.acquire(block=False)
    holder.kill()
    holder.join()

    assert lock.acquire(block=False)
    lock.release()


def test_a_lock_may_be_taken_twice_and_is_free_when_it_was_let_go_twice() -> None:
    lock, is_held = KernelLock(), PipeEvent()
    with lock, lock:
        pass
    holder = forked(hold, lock, is_held)

    assert is_held.wait(30)
    holder.kill()
    holder.join()


def test_a_fork_does_not_have_the_lock_that_its_parent_has() -> None:
    lock = KernelLock()
    with lock:
        child = os.fork()
        if child == 0:
            os._exit(int(lock.acquire(block=False)))
        status = os.waitpid(child, 0)[1]

    assert os.waitstatus_to_exitcode(status) == 0


def test_a_lock_works_the_same_where_open_files_cannot_be_opened_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("workflows.cluster.ipc.DESCRIPTORS", Path("/nowhere"))
    lock, is_held = KernelLock(), PipeEvent()
    path = lock._path
    holder = forked(hold, lock, is_held)
    assert is_held.wait(30)
    assert not lock.acquire(block=False)
    holder.kill()
    holder.join()
    assert lock.acquire(block=False)
    lock.release()

    assert path.exists()
    del lock
    assert not path.exists()


def test_a_lock_leaves_no_file_behind() -> None:
    lock = KernelLock()

    assert lock._path.exists() is not Path("/proc/self/fd").is_dir()


def serve(jobs: KillproofQueue, answers: KillproofQueue) -> None:
    for job in iter(jobs.get, "stop"):
        answers.put((os.getpid(), job))


def test_a_queue_survives_the_death_of_whoever_waits_for_it() -> None:
    jobs, answers = KillproofQueue(10), KillproofQueue()
    servers = [forked(serve, jobs, answers) for _ in range(3)]
    for number, server in enumerate(servers[:2]):
        # Each has had its turn to wait for ever, or will have it.
        server.kill()
        server.join()
        jobs.put(number)
        pid, job = answers.get()
        assert job == number
        assert pid != server.pid

    jobs.put("stop")
    servers[2].join(30)
    assert servers[2].exitcode == 0


def test_a_queue_tells_how_many_wait() -> None:
    jobs = KillproofQueue(10)
    assert jobs.empty()

    jobs.put(1)

    wait_for(lambda: not jobs.empty())
    assert jobs.qsize() == 1
    jobs.get()


def test_an_event_is_set_for_every_process_and_by_a_handler_in_the_middle_of_it() -> None:
    event = PipeEvent()
    assert not event.wait(0.01)
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGALRM, lambda *_: event.set())
        os.kill(os.getpid(), signal.SIGALRM)
        event.set()
        os._exit(7)

    assert event.wait(30)
    assert event.is_set()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


def test_a_number_whose_lock_died_with_a_process_is_still_read() -> None:
    shared, is_held = value("f", -1), PipeEvent()
    lock = shared.get_lock()
    with lock:
        shared.value += 3
    holder = forked(hold, lock, is_held)
    assert is_held.wait(30)
    holder.kill()
    holder.join()

    assert shared.value == 2
