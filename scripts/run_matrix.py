"""Runs the unit tests on every other supported Python, with the newest Django that each can have.

SQLite alone, without browsers and processes: these do not differ by interpreter, and `make test`
has them. An interpreter that is not here is said and counted as skipped, never passed over.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from scripts.run_tests import CORES, Count, run

PYTHONS: Final = ("3.11", "3.12", "3.13")
"""The lock says which Django each one gets: 5.2 below 3.12, where 6 begins."""

OWN: Final = f"{sys.version_info.major}.{sys.version_info.minor}"

ROOT: Final = Path(__file__).resolve().parent.parent
ENVIRONMENTS: Final = ROOT / ".venv-matrix"
LOCK: Final = ROOT / "requirements" / "test.txt"
CHOSEN: Final = ("-m", "not slow and not browser and not hypothesis")
MISSING: Final = Count(skipped=1)


def main() -> None:
    """Run all, count all; the last line is the sum, and failures are the exit status."""
    total, missing = Count(), []
    for version in PYTHONS:
        if version == OWN:
            print(f"Python {version} is the one of `make test`, which runs these and more.")
            continue
        if not is_here(version):
            missing.append(version)
            total = total.plus(MISSING)
            print(f"NOT TESTED: Python {version} is not on this machine.", flush=True)
            continue
        total = total.plus(tested_on(version))
    if missing:
        print(f"NOT TESTED for want of an interpreter: {', '.join(missing)}.", flush=True)
    print(total, flush=True)
    sys.exit(1 if total.failed or not total.passed else 0)


def is_here(version: str) -> bool:
    """Whether there is an interpreter of this version that can make an environment."""
    found = subprocess.run(
        [ROOT / "scripts" / "find-python", version], check=False, capture_output=True
    )
    return found.returncode == 0


def tested_on(version: str) -> Count:
    """Run the tests on one version; an environment that cannot be made is a failure."""
    environment = ENVIRONMENTS / version
    if not is_installed(environment) and not install(environment, version):
        print(f"FAILED: the environment of Python {version} cannot be made.", flush=True)
        return Count(failed=1)
    python = str(environment / "bin" / "python")
    django = subprocess.run(
        [python, "-m", "django", "--version"], check=True, capture_output=True, text=True
    )
    print(f"Tests on Python {version} with Django {django.stdout.strip()}", flush=True)
    chosen = {**os.environ, "TEST_DATABASE": "sqlite"}
    arguments = [*CHOSEN, *sys.argv[1:]]
    return run(arguments, python=python, processes=CORES, environment=chosen)


def is_installed(environment: Path) -> bool:
    """Whether the environment is there and as young as the lock."""
    stamp = environment / "installed"
    return stamp.exists() and stamp.stat().st_mtime >= LOCK.stat().st_mtime


def install(environment: Path, version: str) -> bool:
    """Make or update an environment from the lock."""
    command = [str(ROOT / "scripts" / "install"), "test", str(environment), version]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        return False
    (environment / "installed").touch()
    return True


if __name__ == "__main__":
    main()
