"""Fills an empty database with a million tasks, to see how lists bear it.

python -m benchmarks.load_many [--tasks N] [--open N] [--people N] [--groups N] [--seed N]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from time import monotonic
from typing import Final

from benchmarks.load_many.many import AUDITOR, LEAD, NEWCOMER, REVIEWER, Size, load_many
from workflows.models import WorkflowInstance

PEOPLE: Final = {
    REVIEWER: "reviews for six groups",
    LEAD: "leads twenty-five groups",
    NEWCOMER: "has no group and an empty inbox",
    AUDITOR: "may see and do everything",
}
MEANINGS: Final = {
    "tasks": "tasks, each of a request of its own",
    "open": "of them open",
    "people": "people",
    "groups": "groups",
    "seed": "from which everything is drawn",
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Fill the site's database, unless there is something in it."""
    size = _asked(arguments)
    if WorkflowInstance.objects.exists():
        sys.exit(
            "This database has requests in it. Set DATA_DIR to an empty folder, or DATABASE_URL to "
            "an empty database."
        )
    started = monotonic()
    load_many(size, lambda what: print(f"{monotonic() - started:6.1f} s  {what}", flush=True))
    print("Nobody has a password yet: see `manage.py changepassword`.")
    for number, does in PEOPLE.items():
        print(f"  person{number:04}  {does}")


def _asked(arguments: Sequence[str] | None) -> Size:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load_many")
    for name, usual in asdict(Size()).items():
        meaning = f"{MEANINGS[name]} ({usual:,})"
        parser.add_argument(f"--{name}", type=int, default=usual, help=meaning)
    size = Size(**vars(parser.parse_args(arguments)))
    if min(size.tasks, size.people, size.groups) < 1 or not 0 <= size.open <= size.tasks / 2:
        parser.error(
            "there must be at least one task, person and group, and at most half of the tasks can "
            "be open."
        )
    return size
