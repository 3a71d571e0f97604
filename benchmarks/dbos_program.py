"""A process of DBOS, as its manual says: `python -m benchmarks.dbos_program MODE ADDRESS ...`.

Modes: *migrate* makes the tables; *enqueue* puts all workflows into a queue; *queue* works on that
queue; *threads* and *async* start their share of the workflows themselves, several at a time. The
working ones say when they are ready, wait for a line, and work until they are killed.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from dbos import DBOS, DBOSClient, DBOSConfig

QUEUE: Final = "chains"
VERSION: Final = "1"
AT_ONCE: Final = {"threads": 16, "async": 50, "queue": 50}
"""Workflows that one process runs at a time: of what was tried, what gives the most steps."""

STEPS: Final = int(sys.argv[5]) if len(sys.argv) > 5 else 10


@DBOS.step()
def nothing() -> int:
    """Do nothing."""
    return 1


@DBOS.step()
async def nothing_async() -> int:
    """Do nothing, in a coroutine."""
    return 1


@DBOS.workflow(name="chain")
def chain() -> int:
    """Run the steps, one after the other."""
    for _ in range(STEPS):
        nothing()
    return 1


@DBOS.workflow(name="chain_async")
async def chain_async() -> int:
    """Run the steps, one after the other, in coroutines."""
    for _ in range(STEPS):
        await nothing_async()
    return 1


def main() -> None:
    """Do what the arguments say: mode, address, name of this process, number of workflows."""
    mode, address, name, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    if mode == "enqueue":
        enqueue(address, count)
        return
    DBOS(
        config=DBOSConfig(
            name="chains",
            system_database_url=address,
            log_level="ERROR",
            executor_id=name,
            application_version=VERSION,
            run_migrations=mode == "migrate",
        )
    )
    DBOS.launch()
    if mode == "migrate":
        DBOS.destroy()
        return
    print("ready", flush=True)
    sys.stdin.readline()
    WORK[mode](count)
    # Until whoever counts the results has closed the other end.
    sys.stdin.read()
    os._exit(0)


def enqueue(address: str, count: int) -> None:
    """Put the workflows into the queue; every process works on all queues that there are."""
    client = DBOSClient(system_database_url=address)
    client.register_queue(QUEUE, worker_concurrency=AT_ONCE["queue"], polling_interval_sec=0.05)
    for _ in range(count):
        client.enqueue({"queue_name": QUEUE, "workflow_name": "chain", "app_version": VERSION})
    client.destroy()


def in_threads(count: int) -> None:
    """Run the workflows as plain functions in a pool of threads."""
    with ThreadPoolExecutor(AT_ONCE["threads"]) as pool:
        for done in [pool.submit(chain) for _ in range(count)]:
            done.result()


def in_coroutines(count: int) -> None:
    """Run the workflows as coroutines of one event loop."""

    async def run_all() -> None:
        places = asyncio.Semaphore(AT_ONCE["async"])

        async def run_one() -> None:
            async with places:
                await chain_async()

        await asyncio.gather(*(run_one() for _ in range(count)))

    asyncio.run(run_all())


def from_queue(count: int) -> None:
    """Leave the work to the threads that DBOS has started."""


WORK: Final[dict[str, Callable[[int], None]]] = {
    "threads": in_threads,
    "async": in_coroutines,
    "queue": from_queue,
}

if __name__ == "__main__":
    main()
