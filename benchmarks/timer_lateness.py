"""How late do timers fire? Prints the lateness of 5-second timers on SQLite and on PostgreSQL.

    python -m benchmarks.timer_lateness [--timers 60] [--seconds 5] [--databases sqlite postgres]

Every timer is a step of an instance of its own; the cluster has two worker processes and nothing
else to do. Lateness is from `due_at` to the first line of the step after the timer.
"""

from __future__ import annotations

import argparse
import os
import platform
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
SPREAD = 0.05
"""Seconds between two starts, so that the timers do not fire at once."""


def main() -> None:
    """Measure each database in a process of its own, as settings are read once."""
    asked = arguments()
    if asked.measure:
        measure(asked.timers, asked.seconds)
        return
    print(machine())
    print(f"{asked.timers} timers of {asked.seconds} s, one every {SPREAD * 1000:.0f} ms")
    print(f"{'database':<10} {'p50':>8} {'p99':>8} {'max':>8} {'min':>8}   (ms late)")
    for database in asked.databases:
        with tempfile.TemporaryDirectory(prefix="signoff-benchmark-") as folder:
            environment = {**os.environ, **site(database, folder)}
            command = [sys.executable, "-m", "benchmarks.timer_lateness", *sys.argv[1:]]
            print(f"{database:<10}", end=" ", flush=True)
            subprocess.run([*command, "--measure"], cwd=ROOT, env=environment, check=True)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--timers", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgres"])
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def site(database: str, folder: str) -> dict[str, str]:
    """Give the environment of a fresh site on that database."""
    url = f"sqlite:///{folder}/site.sqlite3" if database == "sqlite" else postgres.start()
    return {
        "DJANGO_SETTINGS_MODULE": "tests.durability.site",
        "DATA_DIR": folder,
        "DATABASE_URL": url,
        "SECRET_KEY": "a benchmark protects nothing",
        "DEBUG": "0",
        "HTTPS": "0",
        "WORKERS": "2",
    }


def machine() -> str:
    """Describe where the figures come from."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{platform.system()} {platform.release()} {platform.machine()}, {os.cpu_count()} CPUs, "
        f"load {load}; Python {platform.python_version()}"
    )


def measure(timers: int, seconds: float) -> None:
    """Run the timers on a cluster of their own, and print one line."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    cluster = subprocess.Popen(
        [sys.executable, "manage.py", "qcluster"], cwd=ROOT, start_new_session=True
    )
    try:
        late = sorted(1000 * value for value in lateness(timers, seconds))
    finally:
        cluster.send_signal(signal.SIGTERM)
        cluster.wait(30)
    p99 = late[min(len(late) - 1, round(0.99 * (len(late) - 1)))]
    shown = (statistics.median(late), p99, late[-1], late[0])
    print(" ".join(f"{value:8.1f}" for value in shown))


def lateness(timers: int, seconds: float) -> list[float]:
    """Start the timers; give, for each, the seconds from its time to the step after it."""
    from workflows import engine
    from workflows.models import Event, Worker, WorkflowInstance

    wait_until(lambda: Worker.objects.count() == 2)
    with tempfile.TemporaryDirectory() as base:
        for number in range(timers):
            folder = Path(base, str(number))
            folder.mkdir()
            data: dict[str, Any] = {"folder": str(folder), "seconds": seconds}
            engine.start_workflow("durable_pause", initial_data=data)
            time.sleep(SPREAD)
        wait_until(lambda: WorkflowInstance.objects.filter(status="completed").count() == timers)
        return [
            _fired_at(event.instance.data["folder"]) - _moment(event.data["due_at"])
            for event in Event.objects.filter(kind="timer.set").select_related("instance")
        ]


def wait_until(is_so: Any) -> None:
    """Ask now and then until it is so."""
    until = time.monotonic() + 300
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError("The cluster does not do its work.")
        time.sleep(0.5)


def _fired_at(folder: str) -> float:
    last = Path(folder, "notes").read_text().splitlines()[-1]
    return float(last.split()[2])


def _moment(text: str) -> float:
    # JSON keeps milliseconds, cut off: a timer can look late by up to one, never early.
    return datetime.fromisoformat(text).timestamp()


if __name__ == "__main__":
    main()
