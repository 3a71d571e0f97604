"""Daemon threads: as many as are needed, used again, and never waited for."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import threading
from collections.abc import Awaitable
from functools import partial

import pytest

from workflows.exceptions import StepStopped
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


async def give_up(call: Awaitable[object]) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await call


def test_a_call_whose_caller_gives_up_is_stopped_where_it_is() -> None:
    threads, cleaned = DaemonThreads(), threading.Event()

    def run_for_ever() -> None:
        try:
            while True:
                with contextlib.suppress(Exception):
                    sum(range(10))
        finally:
            cleaned.set()

    asyncio.run(give_up(threads.call(run_for_ever)))

    assert cleaned.is_set()


def test_a_caller_waits_for_what_cannot_be_stopped_and_other_calls_do_not() -> None:
    threads, go_on, order = DaemonThreads(), threading.Event(), list[str]()

    def hang() -> None:
        go_on.wait(SOON)
        order.append("hung")

    async def hurry() -> None:
        slow = asyncio.create_task(give_up(threads.call(hang)))
        await asyncio.sleep(0.1)
        order.append(str(await threads.call(str.upper, "quick")))
        assert not slow.done()
        go_on.set()
        await slow

    asyncio.run(hurry())

    assert order[0] == "QUICK"


def test_nothing_is_raised_in_a_thread_after_the_call_that_was_stopped() -> None:
    threads = DaemonThreads()

    for pause in range(200):
        call = threads._begin(partial(sum, range(pause * 50)))
        call.stop()
        # Either it was stopped or it was quicker; the next one is another's.
        if call.future.exception(SOON) is not None:
            assert isinstance(call.future.exception(), StepStopped)
        assert threads.submit(sum, range(2_000)).result(SOON) == 1_999_000


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
