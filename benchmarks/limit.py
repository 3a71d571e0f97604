"""The hand-written loop to compare with: one transaction per step, and no framework at all.

Each transaction claims a row with SKIP LOCKED (or under SQLite's write lock), does nothing, writes
the result, a line of history and the next row. It speaks to sqlite3 and psycopg directly, with
statements that are prepared once, and leaves out all that a loop for one workflow could: reading
the instance, merging data, asking what follows.
"""

from __future__ import annotations

import multiprocessing
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from typing import Any, Final
from uuid import UUID

import psycopg

from config.addresses import SQLITE_PRAGMAS

TABLES: Final = """
DROP TABLE IF EXISTS limit_event;
DROP TABLE IF EXISTS limit_step;
DROP TABLE IF EXISTS limit_instance;
CREATE TABLE limit_instance (
    id {uuid} PRIMARY KEY, status varchar(10) NOT NULL, data {json} NOT NULL,
    created_at {moment} NOT NULL, finished_at {moment}
);
CREATE TABLE limit_step (
    id {serial} PRIMARY KEY, instance_id {uuid} NOT NULL REFERENCES limit_instance(id),
    path varchar(400) NOT NULL, visit integer NOT NULL, status varchar(10) NOT NULL,
    priority smallint NOT NULL, due_at {moment}, lease_owner varchar(100) NOT NULL,
    lease_until {moment}, fence integer NOT NULL, result {json},
    created_at {moment} NOT NULL, started_at {moment}, finished_at {moment},
    UNIQUE (instance_id, path, visit)
);
CREATE INDEX limit_ready ON limit_step (priority DESC, id) WHERE status = 'ready';
CREATE INDEX limit_scheduled ON limit_step (due_at) WHERE status = 'scheduled';
CREATE INDEX limit_running ON limit_step (lease_until) WHERE status = 'running';
CREATE TABLE limit_event (
    id {serial} PRIMARY KEY, instance_id {uuid} NOT NULL REFERENCES limit_instance(id),
    seq integer NOT NULL, kind varchar(40) NOT NULL, path varchar(400) NOT NULL,
    step_id bigint REFERENCES limit_step(id), at {moment} NOT NULL, data {json} NOT NULL,
    UNIQUE (instance_id, seq)
);
CREATE INDEX limit_event_step ON limit_event (step_id);
"""
TYPES: Final = {
    "sqlite": {
        "uuid": "char(32)",
        "json": "text",
        "moment": "datetime",
        "serial": "integer",
    },
    "postgresql": {
        "uuid": "uuid",
        "json": "jsonb",
        "moment": "timestamptz",
        "serial": "bigserial",
    },
}
INSTANCE: Final = "INSERT INTO limit_instance VALUES (?, 'running', '{}', CURRENT_TIMESTAMP, NULL)"
NEXT: Final = """
INSERT INTO limit_step
    (instance_id, path, visit, status, priority, lease_owner, fence, created_at)
VALUES (?, ?, 1, 'ready', 0, '', 0, CURRENT_TIMESTAMP)
"""
CLAIM: Final = """
UPDATE limit_step
SET status = 'running', fence = fence + 1, lease_owner = ?,
    lease_until = CURRENT_TIMESTAMP, started_at = CURRENT_TIMESTAMP
WHERE id = (SELECT id FROM limit_step WHERE status = 'ready' ORDER BY priority DESC, id LIMIT 1
            {skip_locked})
RETURNING id, instance_id, path, fence
"""
RESULT: Final = """
UPDATE limit_step
SET status = 'succeeded', result = '1', lease_owner = '', lease_until = NULL,
    finished_at = CURRENT_TIMESTAMP
WHERE id = ? AND status = 'running' AND fence = ?
"""
HISTORY: Final = """
INSERT INTO limit_event (instance_id, seq, kind, path, step_id, at, data)
VALUES (?, ?, 'step.succeeded', ?, ?, CURRENT_TIMESTAMP, '{}')
"""
END: Final = (
    "UPDATE limit_instance SET status = 'completed', finished_at = CURRENT_TIMESTAMP WHERE id = ?"
)
IS_LEFT: Final = "SELECT 1 FROM limit_instance WHERE status = 'running' LIMIT 1"


@dataclass(frozen=True)
class Loop:
    """What one run of the loop came to."""

    steps: int
    seconds: float
    cpu: float
    """CPU seconds of its processes, without the server's."""


def run(database: str, address: str, *, instances: int, steps: int, workers: int) -> Loop:
    """Run the loop in that many processes; `address` is a file or a connection's parameters."""
    _prepare(database, address, instances)
    spawn = multiprocessing.get_context("spawn")
    barrier, answers = spawn.Barrier(workers), spawn.SimpleQueue()
    processes = [
        spawn.Process(target=_work, args=(database, address, steps, barrier, answers))
        for _ in range(workers)
    ]
    for process in processes:
        process.start()
    found = [answers.get() for _ in processes]
    for process in processes:
        process.join()
    _check(database, address, instances, steps)
    done, begins, ends, cpu = zip(*found, strict=True)
    assert sum(done) == instances * steps
    return Loop(sum(done), max(ends) - min(begins), sum(cpu))


def _spoken(database: str, statement: str) -> str:
    """Give a statement as the database's driver takes it."""
    if database == "sqlite":
        return statement.replace("{skip_locked}", "")
    return statement.replace("?", "%s").replace("{skip_locked}", "FOR UPDATE SKIP LOCKED")


def _connect(database: str, address: str) -> Any:
    if database == "postgresql":
        connection = psycopg.connect(address)
        connection.prepare_threshold = 1
        return connection
    file = sqlite3.connect(address, timeout=20, isolation_level=None)
    for pragma in SQLITE_PRAGMAS:
        file.execute(pragma)
    return file


def _prepare(database: str, address: str, instances: int) -> None:
    connection = _connect(database, address)
    for statement in TABLES.format(**TYPES[database]).split(";"):
        connection.execute(statement)
    ids = [(UUID(int=number).hex,) for number in range(1, instances + 1)]
    if database == "sqlite":
        connection.execute("BEGIN")
    cursor = connection.cursor()
    cursor.executemany(_spoken(database, INSTANCE), ids)
    cursor.executemany(_spoken(database, NEXT), [(identity, "step_1") for (identity,) in ids])
    connection.commit()
    connection.close()


def _work(database: str, address: str, steps: int, barrier: Barrier, answers: Any) -> None:
    connection = _connect(database, address)
    step = _step_of(database, connection, steps)
    barrier.wait()
    done, begins, cpu = 0, time.time(), time.process_time()
    while True:
        if step():
            done += 1
        elif connection.execute(IS_LEFT).fetchone():
            connection.commit()
            time.sleep(0.001)
        else:
            break
    answers.put((done, begins, time.time(), time.process_time() - cpu))


def _step_of(database: str, connection: Any, steps: int) -> Callable[[], bool]:
    """Give a function that runs one step in one transaction; it says no where none is ready."""
    claim, result, history, following, end = (
        _spoken(database, statement) for statement in (CLAIM, RESULT, HISTORY, NEXT, END)
    )
    cursor = connection.cursor()

    def step() -> bool:
        if database == "sqlite":
            cursor.execute("BEGIN IMMEDIATE")
        claimed = cursor.execute(claim, ("worker",)).fetchone()
        if claimed:
            number, instance, path, fence = claimed
            position = int(path[5:])
            cursor.execute(result, (number, fence))
            assert cursor.rowcount == 1
            cursor.execute(history, (instance, position, path, number))
            if position < steps:
                cursor.execute(following, (instance, f"step_{position + 1}"))
            else:
                cursor.execute(end, (instance,))
        connection.commit()
        return claimed is not None

    return step


def _check(database: str, address: str, instances: int, steps: int) -> None:
    """Assert that every step has run once and that the history has all of it."""
    connection = _connect(database, address)
    for question, answer in (
        ("SELECT count(*) FROM limit_instance WHERE status = 'completed'", instances),
        ("SELECT count(*) FROM limit_step WHERE status = 'succeeded' AND fence = 1", None),
        ("SELECT count(*) FROM limit_step", None),
        ("SELECT count(*) FROM limit_event", None),
        ("SELECT sum(seq) FROM limit_event", instances * steps * (steps + 1) // 2),
    ):
        found = connection.execute(question).fetchone()[0]
        assert found == (instances * steps if answer is None else answer), (question, found)
    connection.close()
