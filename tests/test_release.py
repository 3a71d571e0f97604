"""A release has one version, a changelog that can be read, and a tag on code that was tested."""

from __future__ import annotations

import os
import subprocess
import tomllib
from pathlib import Path
from typing import Final

import pytest

from scripts import release
from workflows import version

LONGEST: Final = 120
CHANGELOG: Final = """# Changelog

## [Unreleased]

## [1.2.0] - 2026-11-30

### Added

- A bell.

## [1.1.0] - 2026-10-31

- A door.
"""
MESSAGE: Final = "Signoff 1.2.0\n\n### Added\n\n- A bell."
RUN: Final = '#!/bin/sh\nls -A >"$TOLD"\necho "$CASES" >>"$TOLD"\n'
"""Stands for the long tests: it tells what it was given."""


SECTIONS: Final = release.sections_of(release.ROOT)


def test_one_version_is_in_the_code_the_package_and_the_changelog() -> None:
    packaged = tomllib.loads((release.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    newest = next(section for section in SECTIONS if section.is_dated)

    assert packaged["project"]["version"] == version.VERSION
    assert newest.name == version.VERSION


def test_every_version_but_the_next_has_a_date_and_items() -> None:
    unreleased, *versions = SECTIONS

    assert unreleased.name == release.UNRELEASED
    assert [one.name for one in versions if not (one.is_dated and one.items)] == []


def test_every_item_of_the_changelog_is_one_line() -> None:
    lines = [line for section in SECTIONS for line in section.text.splitlines() if line]

    assert [line for line in lines if not line.startswith(("- ", "### ", "#### "))] == []
    assert [line for line in lines if len(line) > LONGEST] == []


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder."""
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def commit(folder: Path, **changed: str) -> None:
    """Commit all there is, with these files changed first."""
    for name, text in changed.items():
        (folder / {"changelog": "CHANGELOG.md", "run": ".ci/run"}[name]).write_text(text)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Change it")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project that is ready to be released, by somebody whom git knows."""
    # In a hook, these would lead every command to the repository of the hook.
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("TOLD", str(tmp_path / "told"))
    monkeypatch.delenv("CASES", raising=False)
    folder = tmp_path / "work" / "project"
    for name, text in {
        "workflows/version.py": 'VERSION = "1.2.0"\n',
        "pyproject.toml": '[project]\nversion = "1.2.0"\n',
        ".ci/run": RUN,
        ".gitignore": "ignored\n",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / ".ci" / "run").chmod(0o755)
    git(folder, "init", "--quiet")
    git(folder, "config", "user.name", "Ana")
    git(folder, "config", "user.email", "ana@example.org")
    commit(folder, changelog=CHANGELOG)
    return folder


def refusal_of(project: Path) -> str:
    """Try to release, and return the reason why it is refused before anything was tested."""
    with pytest.raises(SystemExit) as ended:
        release.release(project)
    assert not Path(os.environ["TOLD"]).exists()
    return str(ended.value.code)


def test_a_release_tags_the_commit_with_its_section_of_the_changelog(project: Path) -> None:
    release.release(project)

    assert git(project, "rev-parse", "v1.2.0^{commit}") == git(project, "rev-parse", "HEAD")
    assert git(project, "cat-file", "-t", "v1.2.0") == "tag"
    assert git(project, "tag", "--list", "--format=%(contents)", "v1.2.0") == MESSAGE


def test_the_tests_see_what_is_committed_and_the_cases_beside_the_checkout(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEFLAGS", " -- DRY_RUN=")
    (project / "ignored").touch()

    release.release(project)

    *files, cases = Path(os.environ["TOLD"]).read_text().splitlines()
    assert "workflows" in files
    assert "ignored" not in files
    assert cases == str(project.parent / "shared" / "cases")
    assert "MAKEFLAGS" not in release.environment(project)


def test_cases_that_are_named_are_named_from_the_checkout(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASES", "../cases")

    assert release.environment(project)["CASES"] == str(project.parent / "cases")


def test_nothing_is_tagged_when_the_tests_fail(project: Path) -> None:
    commit(project, run="#!/bin/sh\nexit 1\n")

    with pytest.raises(SystemExit, match=r"^Error: \.ci/run fails in a fresh clone"):
        release.release(project)

    assert git(project, "tag") == ""


def test_a_dry_run_says_what_would_happen_and_does_not_do_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    release.release(project, dry_run=True)

    said = capsys.readouterr().out
    assert "Would run .ci/run in the clone." in said
    assert f"as v1.2.0, with this message:\n\n{MESSAGE}\n" in said
    assert not Path(os.environ["TOLD"]).exists()
    assert git(project, "tag") == ""


def test_a_tree_with_changes_is_refused(project: Path) -> None:
    (project / "new.py").touch()

    assert refusal_of(project) == (
        "Error: The working tree has changes: commit them or put them away."
    )


def test_a_version_that_has_its_tag_is_refused(project: Path) -> None:
    git(project, "tag", "v1.2.0")

    assert refusal_of(project) == (
        "Error: The tag v1.2.0 exists: raise VERSION in workflows/version.py."
    )


def test_a_package_of_another_version_is_refused(project: Path) -> None:
    (project / "pyproject.toml").write_text('[project]\nversion = "1.1.0"\n')
    commit(project)

    assert "pyproject.toml does not have the version 1.2.0" in refusal_of(project)


@pytest.mark.parametrize(
    ("present", "instead", "refusal"),
    [
        ("## [1.2.0] - 2026-11-30", "## [1.3.0] - 2026-11-30", "in CHANGELOG.md is not 1.2.0"),
        ("## [1.2.0] - 2026-11-30", "## [1.2.0]", "has no date for 1.2.0"),
        ("## [1.2.0] - 2026-11-30", "## [1.2.0] - 2026-11-31", "has no date for 1.2.0"),
        ("- A bell.", "A bell.", "has no items under [1.2.0]"),
        ("## [Unreleased]", "## [Unreleased]\n\n- A roof.", "has text under [Unreleased]"),
    ],
)
def test_a_changelog_that_is_not_ready_is_refused(
    project: Path, present: str, instead: str, refusal: str
) -> None:
    commit(project, changelog=CHANGELOG.replace(present, instead))

    said = refusal_of(project)

    assert refusal in said
    assert said.count("\n") == 0


def test_a_tag_by_nobody_is_refused_before_the_tests(project: Path) -> None:
    git(project, "config", "--unset", "user.email")
    git(project, "config", "user.useConfigOnly", "true")

    assert refusal_of(project) == (
        "Error: Git does not know who makes the tag: set user.name and user.email."
    )
