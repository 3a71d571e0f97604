"""`python -m tests.chaos --database sqlite|postgres --faults 500 --seed N`: a long run."""

from __future__ import annotations

import argparse
import logging
import os
import secrets
import shutil
import socket
import sys
import tempfile
from pathlib import Path

from tests import machine

PROGRESS = 25
"""Faults between two lines, unless every one is to be said."""


def main() -> int:
    """Run, say what came of it, and give the exit status: 1 where an invariant was broken."""
    arguments = _arguments()
    seed = arguments.seed if arguments.seed is not None else secrets.randbelow(10**6)
    os.environ["TEST_DATABASE"] = arguments.database
    folder = Path(tempfile.mkdtemp(prefix="signoff-chaos-"))
    os.environ[machine.FOLDER] = str(folder)
    os.environ |= machine.environment()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.chaos.site"
    os.environ["PORT"] = str(_free_port())
    say(f"chaos on {arguments.database}, seed {seed}, logs in {folder}")

    import django

    django.setup()
    from django.core.management import call_command

    from tests.chaos import long_run

    logging.disable(logging.CRITICAL)
    call_command("migrate", verbosity=0, interactive=False)
    summary = long_run.long_run(
        seed, folder, arguments.faults, every=1 if arguments.verbose else PROGRESS, say=say
    )
    for name, count in sorted(summary.faults.items()):
        say(f"  {count:5} {name}")
    for line in summary.broken:
        say(line)
    if summary.broken:
        say(f"What happened there: {folder}/broken.txt")
    else:
        shutil.rmtree(folder, ignore_errors=True)
    say(str(summary))
    return int(bool(summary.broken))


def say(line: str) -> None:
    """Print a line that is read at once, also through a pipe."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--faults", type=int, default=500)
    parser.add_argument("--seed", type=int, help="draws the same faults again")
    parser.add_argument("--verbose", action="store_true", help="say every fault")
    return parser.parse_args()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
