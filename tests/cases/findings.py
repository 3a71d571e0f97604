"""What a check has found in the cases, and which findings are allowed, for what reason."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

LISTS: Final = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be."""

    case: str
    message: str

    def __str__(self) -> str:
        return f"{self.case}: {self.message}"


@dataclass(frozen=True)
class Result:
    """How often a check has looked, what it has found, and how many findings were allowed."""

    looked: int
    findings: list[Finding]
    allowed: int = 0

    @property
    def passed(self) -> int:
        """How often all was well, or else allowed."""
        return max(0, self.looked - len(self.findings))


def allowed_in(name: str) -> dict[str, str]:
    """Read a list of exceptions (`refused.toml`): each case with its reason."""
    listed: dict[str, str] = tomllib.loads((LISTS / name).read_text(encoding="utf-8"))
    return listed


def judge(
    looked: int, found: Iterable[Finding], names: Collection[str], exceptions: str, most: int
) -> Result:
    """Take away what is allowed, and add what is listed for nothing.

    Args:
        looked: how often the check has looked.
        found: all that it has found.
        names: the cases that it has looked at.
        exceptions: the file that lists the cases with findings, with their reasons.
        most: how many may be listed.
    """
    allowed = allowed_in(exceptions)
    every = list(found)
    met = {finding.case for finding in every}
    findings = [finding for finding in every if finding.case not in allowed]
    findings += [
        Finding(name, f"{exceptions} lists it for nothing.")
        for name in allowed
        if name in names and name not in met
    ]
    if len(allowed) > most:
        findings.append(Finding(exceptions, f"It lists {len(allowed)} cases, and {most} may be."))
    return Result(looked, findings, len(every) - sum(f.case not in allowed for f in every))
