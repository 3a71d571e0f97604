"""Resolves requirements/*.in into locks for every platform: with hashes, without any address."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

REQUIREMENTS: Final = Path(__file__).resolve().parent.parent / "requirements"
OPTIONS: Final = (
    *("--universal", "--python-version", "3.11", "--generate-hashes", "--upgrade", "--quiet"),
    *("--no-header", "--no-annotate", "--no-emit-index-url"),
)


def main() -> None:
    """Lock the largest set first: the others then take the same versions."""
    compile_lock("check", OPTIONS)
    for name in ("bench", "test", "run", "viewflow"):
        compile_lock(name, (*OPTIONS, "--constraint", "check.txt"))


def compile_lock(name: str, options: tuple[str, ...]) -> None:
    """Write one lock beside its .in file."""
    command = [sys.executable, "-m", "uv", "pip", "compile", *options]
    subprocess.run(
        [*command, f"{name}.in", "--output-file", f"{name}.txt"], cwd=REQUIREMENTS, check=True
    )
    print(f"requirements/{name}.txt")


if __name__ == "__main__":
    main()
