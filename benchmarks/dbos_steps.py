"""Measures the steps a second beside those of DBOS with as many processes, in its best mode."""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from typing import Any, Final
from urllib.parse import urlsplit

import psutil
import psycopg

from benchmarks.harness import instances
from benchmarks.harness.asked import Asked
from benchmarks.harness.figures import Figure, duration, rate
from benchmarks.harness.processes import Spent, await_that, cluster, cpu_seconds, spent
from benchmarks.harness.sites import Site
from benchmarks.machine_steps import WARM_UP, Round, run
from benchmarks.workflows import STEPS

MODES: Final = ("threads", "async", "queue")
DONE: Final = "SELECT count(*) FROM dbos.workflow_status WHERE status = 'SUCCESS'"
SPAN: Final = """
SELECT count(*), (max(completed_at_epoch_ms) - min(started_at_epoch_ms)) / 1000.0
FROM dbos.operation_outputs
"""


def measure(asked: Asked, site: Site) -> list[Figure]:
    """Take turns: the engine, DBOS in one mode, the engine, DBOS in the next."""
    count = asked.instances or (60 if asked.quick else 200)
    workers = asked.workers or 2
    template = instances.first("nothing")
    ours: list[Round] = []
    theirs: dict[str, list[Round]] = {mode: [] for mode in MODES}
    with cluster(site, workers) as running:
        run(site, [running], template, WARM_UP)
        for number in range(asked.rounds or (1 if asked.quick else 3)):
            for mode in MODES:
                ours.append(run(site, [running], template, 5 * count))
                database = f"dbos_{mode}_{number}"
                theirs[mode].append(run_dbos(site, database, mode, count, workers))
    rates = {mode: median(one.rate for one in rounds) for mode, rounds in theirs.items()}
    best = max(rates, key=rates.__getitem__)
    own = median(one.rate for one in ours)
    return [
        Figure("engine: steps", rate(own)),
        *(Figure(f"DBOS, {mode}: steps", rate(value)) for mode, value in rates.items()),
        *cost("engine", ours),
        *cost(f"DBOS, {best}", theirs[best]),
        Figure(f"engine : DBOS, {best}", f"{own / rates[best]:.1f}", "≥ 10"),
    ]


def cost(who: str, rounds: list[Round]) -> list[Figure]:
    """Say what a step costs the workers and the server."""
    both = median((one.spent.workers + one.spent.server) / one.steps for one in rounds)
    return [Figure(f"{who}: CPU per step, with the server's", duration(both))]


def run_dbos(site: Site, database: str, mode: str, count: int, workers: int) -> Round:
    """Run the workflows in processes of DBOS, on the same server, in a database of their own."""
    address = urlsplit(site.address)._replace(scheme="postgresql", path=f"/{database}").geturl()
    subprocess.run(command("migrate", address, "first", 0), check=True)
    if mode == "queue":
        subprocess.run(command("enqueue", address, "first", count), check=True)
    programs = [
        started(command(mode, address, f"worker-{number}", count // workers))
        for number in range(workers)
    ]
    try:
        return worked(site, address, programs, count // workers * workers)
    finally:
        for program in programs:
            program.kill()
            program.wait()


def worked(site: Site, address: str, programs: list[Any], count: int) -> Round:
    """Let the programs begin, and wait for the last workflow."""
    for program in programs:
        assert program.stdout.readline() == b"ready\n"
    family = [psutil.Process(program.pid) for program in programs]
    before, server = sum(map(cpu_seconds, family)), spent(site).server
    for program in programs:
        program.stdin.write(b"\n")
        program.stdin.flush()
    with psycopg.connect(address, autocommit=True) as connection:
        await_that(lambda: connection.execute(DONE).fetchone() == (count,))
        costs = Spent(sum(map(cpu_seconds, family)) - before, spent(site).server - server)
        found = connection.execute(SPAN).fetchone()
    assert found is not None
    assert found[0] == count * STEPS
    return Round(found[0], float(found[1]), costs)


def command(mode: str, address: str, name: str, count: int) -> list[str]:
    """Give the command of one program."""
    here = [sys.executable, "-m", "benchmarks.dbos_program"]
    return [*here, mode, address, name, str(count), str(STEPS)]


def started(arguments: list[str]) -> subprocess.Popen[bytes]:
    """Start a program that is spoken to."""
    return subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
