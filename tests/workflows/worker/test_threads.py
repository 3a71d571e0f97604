"""Daemon threads: as many as are needed, used again, and never waited for."""

from __future__ import annotations

import asyncio
import contextvars
import threading

import pytest

from workflows.worker.threads import DaemonThreads

SOON = 20.0


def test_calls_run_at_the_same_time() -> None:
    threads, meeting = DaemonThreads(), threading.Barrier(5)

    futures = [threads.submit(meeting.wait, SOON) for _ in range(5)]

    assert sorted(future.result(SOON) for future in futures) == [0, 1, 2, 3, 4]


def test_a_thread_that_is_idle_is_used_again() -> None:
    threads = DaemonThreads()

    names = {threads.submit(threading.get_ident).result(SOON)}
    assert threads._idle.acquire(timeout=SOON)
    threads._idle.release()
    names.add(threads.submit(threading.get_ident).result(SOON))

    assert len(names) == 1


def test_an_error_reaches_the_caller() -> None:
    with pytest.raises(ZeroDivisionError):
        DaemonThreads().submit(lambda: 1 // 0).result(SOON)


def test_a_call_that_hangs_keeps_neither_its_caller_nor_other_calls() -> None:
    threads, never = DaemonThreads(), threading.Event()

    async def hurry() -> str:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await threads.call(never.wait, SOON)
        return str(await threads.call(str.upper, "done"))

    assert asyncio.run(hurry()) == "DONE"
    never.set()


def test_a_call_sees_the_context_of_its_caller() -> None:
    name = contextvars.ContextVar("name", default="nobody")

    async def ask() -> str:
        name.set("ana")
        return str(await DaemonThreads().call(name.get))

    assert asyncio.run(ask()) == "ana"


def test_a_thread_ends_when_it_had_nothing_to_do_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workflows.worker.threads.ENDS_AFTER", 0.01)
    threads = DaemonThreads()

    ended = threads.submit(threading.current_thread).result(SOON)
    ended.join(SOON)

    assert not ended.is_alive()
    assert threads.submit(lambda: "served").result(SOON) == "served"
