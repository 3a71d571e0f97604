"""`python -m tests.mixed --database sqlite|postgres --posts 2000`: forms between two releases."""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import sys
import tempfile
from pathlib import Path

from tests import machine


def main() -> int:
    """Run, say what came of it, and give the exit status: 1 where something was recorded unseen."""
    parser = argparse.ArgumentParser(prog="python -m tests.mixed", description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--posts", type=int, default=2000)
    parser.add_argument("--seed", default=secrets.token_hex(4))
    arguments = parser.parse_args()
    os.environ["TEST_DATABASE"] = arguments.database
    folder = Path(tempfile.mkdtemp(prefix="signoff-mixed-"))
    os.environ[machine.FOLDER] = str(folder)
    os.environ |= machine.environment()
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    try:
        wrong = _submit(folder, arguments.seed, arguments.posts)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return int(wrong)


def _submit(folder: Path, seed: str, posts: int) -> bool:
    import django

    django.setup()
    from django.core.management import call_command

    from tests import people
    from tests.mixed.running import servers, submit

    call_command("migrate", verbosity=0, interactive=False)
    ben, admin = people.ben(), people.admin()
    with servers(os.environ, folder, seed) as ports:
        told = submit(ports, ben, admin, seed, posts)
    for sentence in told.wrong:
        sys.stdout.write(f"{sentence}\n")
    database = os.environ["TEST_DATABASE"]
    sys.stdout.write(
        f"{database}, seed {seed}: {told.sent} forms sent, {told.recorded} recorded, "
        f"{told.refused} sent back ({told.changed} as the form had changed), "
        f"{len(told.wrong)} otherwise than they were seen.\n"
    )
    return bool(told.wrong)


if __name__ == "__main__":
    sys.exit(main())
