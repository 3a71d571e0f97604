"""Runs benchmarks, each in a process and on a site of its own, and prints one table.

python -m benchmarks [NAME ...] [--database sqlite postgresql] [--quick] [--profile]
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from benchmarks import asked as asking
from benchmarks import sites
from benchmarks.asked import DATABASES, Asked
from benchmarks.figures import Figure, table

ROOT: Final = Path(__file__).resolve().parent.parent
ALL: Final = {
    "machine_steps": DATABASES,
    "dbos_steps": ("postgresql",),
    "real_work": DATABASES,
    "latency": DATABASES,
    "timers": DATABASES,
    "long_instance": DATABASES,
    "idle": DATABASES,
    "scaling": ("postgresql",),
}
"""The benchmarks, and the databases on which each makes sense."""


def main() -> None:
    """Run what was asked for."""
    given = arguments()
    if given.write_to:
        wanted = Asked(benchmark=given.names[0], database=given.database[0], **chosen(given))
        figures = run_here(wanted)
        Path(given.write_to).write_text(json.dumps([asdict(figure) for figure in figures]))
        return
    print(machine())
    all_wanted = [
        Asked(benchmark=name, database=database, **chosen(given))
        for name in given.names or ALL
        for database in ALL[name]
        if database in given.database
    ]
    rows = [
        (one.benchmark, one.database, figure.what, figure.value, figure.goal)
        for one in all_wanted
        for figure in run_elsewhere(one)
    ]
    print(table(("benchmark", "database", "what", "value", "goal"), rows))


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", choices=[*ALL, []], metavar="NAME", help=", ".join(ALL))
    parser.add_argument("--database", nargs="+", choices=DATABASES, default=list(DATABASES))
    parser.add_argument("--write-to", help=argparse.SUPPRESS)
    asking.add_to(parser)
    return parser.parse_args()


def chosen(given: argparse.Namespace) -> dict[str, Any]:
    """Give the options that all benchmarks know."""
    return {name: getattr(given, name) for name in asking.OPTIONS}


def run_elsewhere(wanted: Asked) -> list[Figure]:
    """Run a benchmark in a process of its own, as settings are read once."""
    with tempfile.NamedTemporaryFile() as file:
        command = [sys.executable, "-m", "benchmarks", *wanted.arguments()]
        ended = subprocess.run([*command, "--write-to", file.name], cwd=ROOT, check=False)
        if ended.returncode:
            return [Figure("failed", "see above")]
        return [Figure(**figure) for figure in json.loads(Path(file.name).read_text())]


def run_here(wanted: Asked) -> list[Figure]:
    """Run a benchmark in this process."""
    settings = {"BENCHMARK_STEPS": str(wanted.steps)} if wanted.steps else {}
    with sites.opened(wanted.database, settings) as site:
        figures: list[Figure] = importlib.import_module(f"benchmarks.{wanted.benchmark}").measure(
            wanted, site
        )
        return figures


def machine() -> str:
    """Describe where and when the figures come from."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.node()}: {platform.system()} "
        f"{platform.release()} {platform.machine()}, {os.cpu_count()} CPUs, load {load}; "
        f"Python {platform.python_version()}"
    )


if __name__ == "__main__":
    main()
