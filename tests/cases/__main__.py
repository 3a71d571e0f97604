"""`python -m tests.cases --cases ../shared/cases`: every check over every case, and a table."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from tests.cases.findings import Result
from tests.cases.reading import Case, own_cases, read_cases
from tests.cases.spreading import over_all_cores

TOLD = 40
"""How many findings of one check are printed."""


def main() -> int:
    """Walk, print the table, and give the exit status: 1 where anything was found."""
    arguments = _arguments()
    folder = arguments.cases
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    cases = [*own_cases(), *read_cases(folder)]
    if not folder.is_dir():
        _say(f"NO CASES IN {folder}: only the project's own {len(cases)} are walked.")
    asked = [check for check in checks() if _is_asked_for(check, arguments.only)]
    with over_all_cores():
        results = {check.NAME: _run(check, cases) for check in asked}
    _say(f"\n{'check':<32}{'looked':>8}{'passed':>8}{'failed':>8}{'allowed':>9}")
    for name, result in results.items():
        counts = f"{result.looked:>8}{result.passed:>8}{len(result.findings):>8}{result.allowed:>9}"
        _say(f"{name:<32}{counts}")
    failed = sum(len(result.findings) for result in results.values())
    _say(f"{sum(result.passed for result in results.values())} passed, {failed} failed")
    return int(failed > 0)


def checks() -> list[ModuleType]:
    """Give the checks, in the order in which they run."""
    from tests.cases import (
        check_generated,
        check_in_browser,
        check_listed,
        check_looks,
        check_mutilated,
        check_refusals,
        check_rendering,
        check_round_trip,
        check_telling,
        check_verdicts,
    )

    return [
        check_refusals,
        check_listed,
        check_verdicts,
        check_mutilated,
        check_rendering,
        check_round_trip,
        check_generated,
        check_telling,
        check_looks,
        check_in_browser,
    ]


def _is_asked_for(check: ModuleType, names: Sequence[str]) -> bool:
    return not names or check.__name__.rpartition("check_")[2] in names


def _run(check: ModuleType, cases: Sequence[Case]) -> Result:
    result: Result = check.run(cases)
    for finding in result.findings[:TOLD]:
        _say(f"{check.NAME}: {finding}")
    if len(result.findings) > TOLD:
        _say(f"{check.NAME}: and {len(result.findings) - TOLD} more")
    return result


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.cases", description=__doc__)
    parser.add_argument("--cases", type=Path, default=Path("../shared/cases"), help="a folder")
    parser.add_argument("only", nargs="*", help="checks: refusals, listed, verdicts …; or all")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
