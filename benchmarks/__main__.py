"""Runs benchmarks, each in a process and on a site of its own, and prints one table.

python -m benchmarks [NAME ...] [--database sqlite postgresql] [--quick]
python -m benchmarks --write docs/benchmarks.md
python -m benchmarks machine_steps --database sqlite --instances 500 --workers 2 --rounds 3
python -m benchmarks machine_steps --database sqlite --instances 100 --profile
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from benchmarks.harness import asked as asking
from benchmarks.harness import machine, pages, sites
from benchmarks.harness.asked import DATABASES, Asked
from benchmarks.harness.figures import Figure, table
from workflows.cluster import parent_pipe

ALL: Final = {
    "machine_steps": DATABASES,
    "dbos_steps": ("postgresql",),
    "real_work": DATABASES,
    "latency": DATABASES,
    "timers": DATABASES,
    "long_instance": DATABASES,
    "idle": DATABASES,
    "scaling": ("postgresql",),
    "forms": ("sqlite",),
    "inbox": DATABASES,
    "viewflow": DATABASES,
}
"""The benchmarks, and the databases on which each makes sense."""

APART: Final = {"inbox": "inbox", "viewflow": "inbox"}
"""Those that only run when they are asked for, and the block of a page that has their table."""

HEAD: Final = ("benchmark", "what", "SQLite", "PostgreSQL", "goal")


def main() -> None:
    """Run what was asked for."""
    given = arguments()
    if given.answer_in:
        one = Asked(benchmark=given.names[0], database=given.database[0], **chosen(given))
        figures = [asdict(figure) for figure in run_here(one)]
        Path(given.answer_in).write_text(json.dumps(figures))
        return
    described, rows = machine.described(), rows_of(given)
    text = f"{described}\n\n{table(HEAD, rows)}\n\nLoad then: {machine.load()}."
    print(text)
    if given.write:
        write(Path(given.write), given.names, rows, described, text)


def write(path: Path, names: list[str], rows: list[list[str]], described: str, text: str) -> None:
    """Put a whole run into a page; benchmarks that were named, into the table that is there."""
    page = path.read_text()
    what = next((APART[name] for name in names if name in APART), "figures")
    whole = [name for name in ALL if APART.get(name, "figures") == what]
    if names and set(names) != set(whole) and pages.has_table(page, what):
        begun, _, load = described.splitlines()[0].partition(" on ")
        again = f"Again on {begun}, load {load.rpartition('load ')[2][:-1]}: {', '.join(names)}."
        path.write_text(pages.renewed(page, rows, again, what))
    else:
        path.write_text(pages.replaced(page, text, what))


def rows_of(given: argparse.Namespace) -> list[list[str]]:
    """Run the benchmarks, one after the other; give a row per figure for both databases."""
    rows: dict[tuple[str, str], list[str]] = {}
    for name in given.names or (name for name in ALL if name not in APART):
        for database in DATABASES:
            if database not in ALL[name] or database not in given.database:
                continue
            for figure in run_elsewhere(Asked(benchmark=name, database=database, **chosen(given))):
                empty = [name, figure.what, "", "", figure.goal]
                row = rows.setdefault((name, figure.what), empty)
                row[2 + DATABASES.index(database)] = figure.value
    return list(rows.values())


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", choices=[*ALL, []], metavar="NAME", help=", ".join(ALL))
    parser.add_argument("--database", nargs="+", choices=DATABASES, default=list(DATABASES))
    parser.add_argument("--answer-in", help=argparse.SUPPRESS)
    parser.add_argument("--write", metavar="PAGE", help="put the table into this page")
    asking.add_to(parser)
    return parser.parse_args()


def chosen(given: argparse.Namespace) -> dict[str, Any]:
    """Give the options that all benchmarks know."""
    return {name: getattr(given, name) for name in asking.OPTIONS}


def run_elsewhere(wanted: Asked) -> list[Figure]:
    """Run a benchmark in a process of its own, as settings are read once."""
    print(f"{wanted.benchmark} on {wanted.database} ...", file=sys.stderr)
    reading, writing = parent_pipe.make()
    with tempfile.NamedTemporaryFile() as file:
        ended = subprocess.run(
            [sys.executable, "-m", "benchmarks", *wanted.arguments(), "--answer-in", file.name],
            cwd=sites.ROOT,
            env={**os.environ, parent_pipe.VARIABLE: str(reading)},
            pass_fds=[reading],
            check=False,
        )
        os.close(reading)
        os.close(writing)
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


if __name__ == "__main__":
    main()
