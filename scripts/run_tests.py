"""Runs the whole suite on every database; the last line counts all of it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final, NamedTuple
from xml.etree import ElementTree

DATABASES: Final = ("sqlite", "postgres")
CORES: Final = os.cpu_count() or 1
PATIENT: Final = min(2 * CORES, 6)
"""Processes where much of the time is waiting: for clusters, for the browser, for a lock. No more,
as each of them may have started a cluster and a browser of its own.
"""


class Count(NamedTuple):
    """How the tests of one or more runs ended."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def plus(self, other: Count) -> Count:
        """Add two runs."""
        return Count(*(sum(pair) for pair in zip(self, other, strict=True)))

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def main() -> None:
    """Run, count, and end with an error where anything failed."""
    total = Count()
    for database in DATABASES:
        print(f"Tests on {database}", flush=True)
        chosen = {**os.environ, "TEST_DATABASE": database}
        total = total.plus(run(sys.argv[1:], processes=PATIENT, environment=chosen))
    print(total, flush=True)
    sys.exit(1 if total.failed or not total.passed else 0)


def run(
    arguments: list[str],
    *,
    processes: int,
    environment: dict[str, str],
    python: str = sys.executable,
) -> Count:
    """Run pytest once, on this or another interpreter, and count.

    Each process is given two tests at a time: of longer lists one could hold all that are slow.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        ended = subprocess.run(
            [
                *(python, "-m", "pytest", "-q", f"-n{processes}", "--maxschedchunk=2"),
                *(f"--junit-xml={report}", *arguments),
            ],
            env=environment,
            check=False,
        )
        return count(report, ended.returncode)


def count(report: Path, exit_code: int) -> Count:
    """Count what pytest reports; a run that broke off counts as one failure more."""
    if not report.exists():
        return Count(failed=1)
    suites = ElementTree.parse(report).getroot().iter("testsuite")  # noqa: S314 - pytest's own file
    result = Count()
    for suite in suites:
        tests, failures, errors, skipped = (
            int(suite.attrib[name]) for name in ("tests", "failures", "errors", "skipped")
        )
        failed = failures + errors
        result = result.plus(Count(tests - failed - skipped, failed, skipped))
    broke_off = exit_code != 0 and not result.failed
    return result.plus(Count(failed=int(broke_off)))


if __name__ == "__main__":
    main()
