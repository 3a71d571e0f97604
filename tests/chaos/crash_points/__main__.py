"""The command: `python -m tests.chaos.crash_points --database sqlite`, every point, or a share."""

from __future__ import annotations

import argparse
import logging
import os
import random
import secrets
import sys
import tempfile
import time
from pathlib import Path

import django


def main() -> None:
    """Enumerate, print how many points there were, and end with an error where one shows."""
    options = _options()
    if options.database:
        os.environ["TEST_DATABASE"] = options.database
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    # Deaths are expected here, and their traces would drown what is not.
    logging.disable(logging.CRITICAL)
    if options.database:
        _make_database()
    with tempfile.TemporaryDirectory() as folder:
        _run(options, Path(folder))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.crash_points", description=__doc__)
    parser.add_argument(
        "--database",
        choices=["sqlite", "postgres"],
        help="make one for this; otherwise DATABASE_URL's, which must have the tables, is used",
    )
    parser.add_argument("--share", type=int, help="die in so many points, drawn from the seed")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--plant", action="store_true", help="break the engine: it must show")
    parser.add_argument("--only", help="take the journeys with this in their name")
    return parser.parse_args()


def _make_database() -> None:
    from django.test.utils import setup_databases

    setup_databases(verbosity=0, interactive=False)


def _run(options: argparse.Namespace, folder: Path) -> None:
    from django.db import connection

    from tests.chaos.crash_points.enumeration import all_points, some_points
    from tests.chaos.crash_points.journeys import ALL
    from tests.chaos.crash_points.plants import record_without_a_transaction
    from tests.chaos.crash_points.scene import set_scene

    if options.plant:
        record_without_a_transaction()
    journeys = tuple(one for one in ALL if (options.only or "") in one.name)
    set_scene(journeys)
    started, found = time.monotonic(), []
    if options.share:
        seed = secrets.randbits(32) if options.seed is None else options.seed
        say(f"Seed {seed}")
        rng = random.Random(seed)  # noqa: S311 - drawn, not guessed
        points = list(some_points(journeys, folder, rng, options.share))
        deaths, ways = len(points), len({point.journey.name for point in points})
    else:
        deaths, ways = 0, len(journeys)
        for journey in journeys:
            try:
                count = all_points(journey, folder)
            except AssertionError as error:
                found.append(journey.name)
                say(str(error))
            else:
                say(f"{journey.name:32} {count:5} crash points")
                deaths += count
    ended = f"it shows in {', '.join(found)}" if found else "nothing lost, nothing doubled"
    seconds = time.monotonic() - started
    where = f"{deaths} deaths on {ways} journeys"
    say(f"Crash points on {connection.vendor}: {where}, {ended} ({seconds:.0f} s).")
    sys.exit(1 if found else 0)


def say(text: str) -> None:
    """Print a line at once: a run takes minutes."""
    print(text, flush=True)  # noqa: T201 - a command prints


if __name__ == "__main__":
    main()
