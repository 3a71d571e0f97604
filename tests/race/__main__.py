"""`python -m tests.race --database sqlite|postgres --rounds 200`: many races, one after another."""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import sys
import tempfile
from pathlib import Path

from tests import machine


def main() -> int:
    """Run, say what came of it, and give the exit status: 1 where a race went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.race", description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--rounds", type=int, default=200)
    arguments = parser.parse_args()
    os.environ["TEST_DATABASE"] = arguments.database
    folder = Path(tempfile.mkdtemp(prefix="signoff-race-"))
    os.environ[machine.FOLDER] = str(folder)
    os.environ |= machine.environment()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        os.environ["PORT"] = str(probe.getsockname()[1])
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    try:
        wrong = _race(folder, arguments.rounds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.stdout.write(f"{arguments.database}: {arguments.rounds} races, {wrong} went wrong.\n")
    return int(bool(wrong))


def _race(folder: Path, rounds: int) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from tests import people
    from tests.durability.processes import Program, wait_for
    from tests.race import racing

    call_command("migrate", verbosity=0, interactive=False)
    threads = {"WEB_THREADS": str(racing.DECIDERS)}
    site = Program({**os.environ, **threads}, folder / "site.log", "up")
    try:
        wait_for(lambda: "Open http://" in site.said, means=site.said)
        racers = racing.deciders(int(os.environ["PORT"]))
        wrong = 0
        for number, task in enumerate(racing.tasks(rounds, people.ana()), start=1):
            found = racing.run(task, racers)
            wrong += bool(found)
            for sentence in found:
                sys.stdout.write(f"Race {number}: {sentence}\n")
            if number % 20 == 0:
                sys.stdout.write(f"  {number} races\n")
                sys.stdout.flush()
        return wrong
    finally:
        site.kill()


if __name__ == "__main__":
    sys.exit(main())
