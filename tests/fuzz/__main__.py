"""`python -m tests.fuzz --posts 200000 --seed N`: hostile posts against forms and pages."""

from __future__ import annotations

import argparse
import logging
import os
import secrets
import sys
import time
from pathlib import Path
from typing import Final

SHARE: Final = 0.02


def main() -> int:
    """Send them, print the seed and what broke, and give the exit status."""
    given = _arguments()
    seed = given.seed or secrets.randbelow(10**9) + 1
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    _say(f"fuzz: seed {seed}")
    began = time.monotonic()

    import django

    django.setup()
    from tests.fuzz import pages, running

    # Each post that is refused leaves a warning.
    logging.disable(logging.CRITICAL)

    cases = given.cases if given.cases.is_dir() else None
    if cases is None:
        _say(f"NO CASES IN {given.cases}: only the project's own schemas are attacked.")
    at_pages = int(given.posts * SHARE)
    failed = pages.run(seed, at_pages, _say)
    failed += running.run(seed, given.posts - at_pages, cases, _say)
    taken = time.monotonic() - began
    _say(f"fuzz: {given.posts:,} posts, {at_pages:,} of them to pages, in {taken:.0f} s")
    _say(f"{given.posts - failed} passed, {failed} failed")
    return int(failed > 0)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--posts", type=int, default=200_000)
    parser.add_argument("--seed", type=int, help="sends the same posts again")
    parser.add_argument("--cases", type=Path, default=Path("../shared/cases"), help="a folder")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
