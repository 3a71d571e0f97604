"""Makes a release: an annotated tag on a commit that passes every test in a fresh clone.

The version is in workflows/version.py and in pyproject.toml, and has a dated section in
CHANGELOG.md, which becomes the message of the tag. Nothing is pushed.
"""

from __future__ import annotations

import argparse
import os
import re
import runpy
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parent.parent
TESTS: Final = (".ci/run",)
UNRELEASED: Final = "Unreleased"
HEADING: Final = re.compile(r"^## \[(?P<name>[^]]*)\](?: - (?P<date>.*))?$", re.MULTILINE)
DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
MAKES_OWN: Final = frozenset({"MAKEFLAGS", "MAKELEVEL", "MFLAGS", "PYTHONPYCACHEPREFIX"})
"""What `make release` sets for itself, and the tests' own make has to set anew."""


class Section(NamedTuple):
    """What the changelog says about one version, or about what is not released yet."""

    name: str
    date: str
    text: str

    @property
    def items(self) -> list[str]:
        """The lines that say what has changed."""
        return [line for line in self.text.splitlines() if line.startswith("- ")]

    @property
    def is_dated(self) -> bool:
        """Whether there is a day in the heading, and that day in the calendar."""
        try:
            return bool(DAY.fullmatch(self.date) and date.fromisoformat(self.date))
        except ValueError:
            return False


def main() -> None:
    """Release what is checked out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dry-run", action="store_true", help="run no tests and make no tag")
    release(ROOT, dry_run=parser.parse_args().dry_run)


def release(root: Path, *, dry_run: bool = False, tests: tuple[str, ...] = TESTS) -> None:
    """Check, clone, test and tag; end with an error at what stands in the way."""
    if faults := [f"Error: {fault}" for fault in faults_of(root)]:
        sys.exit("\n".join(faults))
    version, commit = version_of(root), git(root, "rev-parse", "HEAD")
    tag, message = f"v{version}", message_of(root)
    say(f"Everything is ready to release {version} from {commit[:12]}.")
    with tempfile.TemporaryDirectory(prefix="signoff-release-") as folder:
        clone = Path(folder) / "signoff"
        say("Cloning that commit into a temporary folder.")
        git(root, "clone", "--quiet", "--no-checkout", str(root), str(clone))
        git(clone, "checkout", "--quiet", "--detach", commit)
        say(f"{'Would run' if dry_run else 'Running'} {' '.join(tests)} in the clone.")
        if not dry_run and not passes(clone, tests, environment(root)):
            sys.exit(f"Error: {' '.join(tests)} fails in a fresh clone, so nothing was tagged.")
    say(f"{'Would tag' if dry_run else 'Tagging'} {commit[:12]} as {tag}, with this message:")
    say(f"\n{message}")
    if not dry_run:
        # Git would take the headings for comments and leave them out.
        git(root, "tag", "--annotate", "--cleanup=verbatim", "--message", message, tag, commit)
        say(f"Done. To publish it: git push origin {tag}")


def faults_of(root: Path) -> Iterator[str]:
    """Say what stands in the way of a release, each in one sentence."""
    version = version_of(root)
    if git(root, "status", "--porcelain"):
        yield "The working tree has changes: commit them or put them away."
    if git(root, "tag", "--list", f"v{version}"):
        yield f"The tag v{version} exists: raise VERSION in workflows/version.py."
    packaged = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    if packaged["project"]["version"] != version:
        yield f"pyproject.toml does not have the version {version} of workflows/version.py."
    yield from faults_of_changelog(sections_of(root), version)
    if not knows_who_tags(root):
        yield "Git does not know who makes the tag: set user.name and user.email."


def faults_of_changelog(sections: list[Section], version: str) -> Iterator[str]:
    """Say what is wrong with the newest sections."""
    for section in sections:
        if section.name == UNRELEASED and section.text:
            yield f"CHANGELOG.md has text under [{UNRELEASED}]: move it under [{version}]."
    newest = next((section for section in sections if section.name != UNRELEASED), None)
    if newest is None or newest.name != version:
        yield f"The newest version in CHANGELOG.md is not {version}: add a section for it."
        return
    if not newest.is_dated:
        yield f"CHANGELOG.md has no date for {version}: write ## [{version}] - YYYY-MM-DD."
    if not newest.items:
        yield f"CHANGELOG.md has no items under [{version}]: say what has changed."


def sections_of(root: Path) -> list[Section]:
    """Read the changelog's sections, the newest first, as they stand there."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    found = list(HEADING.finditer(text))
    ends = [heading.start() for heading in found[1:]] + [len(text)]
    return [
        Section(heading["name"], heading["date"] or "", text[heading.end() : end].strip())
        for heading, end in zip(found, ends, strict=True)
    ]


def message_of(root: Path) -> str:
    """Put what the changelog says about the version under a first line that names it."""
    version = version_of(root)
    text = next(section.text for section in sections_of(root) if section.name == version)
    return f"Signoff {version}\n\n{text}\n"


def version_of(root: Path) -> str:
    """Read the version without importing the package around it."""
    return str(runpy.run_path(str(root / "workflows" / "version.py"))["VERSION"])


def knows_who_tags(root: Path) -> bool:
    """Ask early: without a name and an address, git would refuse after all tests have run."""
    command = ["git", "-C", str(root), "var", "GIT_COMMITTER_IDENT"]
    return not subprocess.run(command, check=False, capture_output=True).returncode


def environment(root: Path) -> dict[str, str]:
    """Tell the tests where the collected cases are: the clone has none beside it."""
    inherited = {name: value for name, value in os.environ.items() if name not in MAKES_OWN}
    cases = root / (os.environ.get("CASES") or "../shared/cases")
    return {**inherited, "CASES": str(cases.resolve())}


def passes(folder: Path, command: tuple[str, ...], variables: dict[str, str]) -> bool:
    """Run the tests, which print for themselves."""
    return not subprocess.run(command, cwd=folder, env=variables, check=False).returncode


def git(folder: Path, *arguments: str) -> str:
    """Run git in this folder and return its output; its errors go to the terminal."""
    command = ["git", "-C", str(folder), *arguments]
    ended = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return ended.stdout.strip()


def say(text: str) -> None:
    """Print at once: the tests write to the same place."""
    print(text, flush=True)


if __name__ == "__main__":
    main()
