"""What the command line asks of a benchmark."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import Final

DATABASES: Final = ("sqlite", "postgresql")
FLAGS: Final = ("quick", "profile")
NUMBERS: Final = ("workers", "instances", "steps", "rounds")
OPTIONS: Final = (*FLAGS, *NUMBERS)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One benchmark on one database; what is 0 the benchmark chooses for itself."""

    benchmark: str
    database: str
    quick: bool = False
    profile: bool = False
    workers: int = 0
    instances: int = 0
    steps: int = 0
    rounds: int = 0

    def arguments(self) -> list[str]:
        """Give it as it is written on a command line."""
        written = [self.benchmark, "--database", self.database]
        written += [f"--{name}" for name in FLAGS if getattr(self, name)]
        for name in NUMBERS:
            written += [f"--{name}", str(getattr(self, name))]
        return written


def add_to(parser: argparse.ArgumentParser) -> None:
    """Let a command line say these things."""
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    parser.add_argument("--profile", action="store_true", help="say where the time of it goes")
    for name in NUMBERS:
        parser.add_argument(f"--{name}", type=int, default=0, metavar="N")
