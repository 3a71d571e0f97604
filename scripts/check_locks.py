"""Checks the locks without a network: nothing forgotten, everything hashed, no address inside."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REQUIREMENTS: Final = Path(__file__).resolve().parent.parent / "requirements"
LOCKS: Final = ("run", "test", "check", "bench", "viewflow")
LOCKED: Final = re.compile(r"^(?P<name>[a-z0-9][a-z0-9.-]*)(\[[^]]*\])?==(?P<version>[^ ;]+)")


def main() -> None:
    """End with an error for every fault of every lock."""
    faults = [fault for name in LOCKS for fault in faults_of(name, REQUIREMENTS)]
    sys.exit("\n".join(faults) or 0)


def faults_of(name: str, folder: Path) -> Iterator[str]:
    """Say what is wrong with the lock of this .in file."""
    lock = (folder / f"{name}.txt").read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"\n(?=[a-z0-9])", lock.strip()) if entry]
    locked: dict[str, list[str]] = {}
    for entry in entries:
        if not (match := LOCKED.match(entry)):
            yield f"{name}.txt: {entry.splitlines()[0]!r} is no pinned package."
        else:
            locked.setdefault(canonicalize_name(match["name"]), []).append(match["version"])
            if "--hash=sha256:" not in entry:
                yield f"{name}.txt: {match['name']} has no hash."
    if "://" in lock:
        yield f"{name}.txt: holds an address; locks carry none."
    for wanted in asked_for(name, folder):
        versions = locked.get(canonicalize_name(wanted.name), [])
        if not versions or not all(wanted.specifier.contains(version) for version in versions):
            yield f"{name}.txt: does not hold {wanted}. Remedy: make lock"


def asked_for(name: str, folder: Path) -> Iterator[Requirement]:
    """Give what the .in file asks for, with the files that it takes in."""
    for line in (folder / f"{name}.in").read_text(encoding="utf-8").splitlines():
        text = line.partition("#")[0].strip()
        if text.startswith("-r "):
            yield from asked_for(text.removeprefix("-r ").removesuffix(".in"), folder)
        elif text:
            yield Requirement(text)


if __name__ == "__main__":
    main()
