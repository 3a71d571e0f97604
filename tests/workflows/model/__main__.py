"""Plays many random workflows on one database: `python -m tests.workflows.model --graphs 5000`."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import time


def main() -> None:
    """Play, print the seed and a line with the sum; end with an error at a difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--graphs", type=int, default=int(os.environ.get("MODEL_GRAPHS", "5000")))
    parser.add_argument("--seed", type=int, default=int(os.environ.get("MODEL_SEED", "0")))
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    arguments = parser.parse_args()
    seed = arguments.seed or secrets.randbelow(10**9) + 1
    os.environ["TEST_DATABASE"] = arguments.database
    sys.stdout.write(f"model: seed {seed}\n")
    sys.stdout.flush()
    started = time.monotonic()
    played = _play(arguments.graphs, seed)
    taken = time.monotonic() - started
    sys.stdout.write(f"model: {played} on {arguments.database} in {taken:.0f} s, no difference.\n")


def _play(graphs: int, seed: int) -> str:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.test.utils import setup_databases, teardown_databases

    from tests.workflows.model.playing import play_many

    databases = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    try:
        return str(play_many(graphs, seed))
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
