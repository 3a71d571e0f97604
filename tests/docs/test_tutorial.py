"""The tutorial works: every block is run, in order, in a copy of the project."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.blocks import ROOT, Block, blocks_of

pytestmark = pytest.mark.slow

LINKED = ("workflows", "tasks_ui", "templates", "static")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a folder that is the project, but for what the tutorial changes."""
    folder = tmp_path / "project"
    (folder / "config").mkdir(parents=True)
    for name in LINKED:
        (folder / name).symlink_to(ROOT / name)
    for path in (ROOT / "manage.py", *(ROOT / "config").glob("*.py")):
        copy = folder / path.relative_to(ROOT)
        copy.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def test_every_block_does_what_the_tutorial_says(
    project: Path, process_environment: dict[str, str]
) -> None:
    environment = {**process_environment, "DEBUG": "1"}
    printed = ""
    for block in blocks_of("docs/tutorial.md"):
        match block.language, block.place:
            case "text", _:
                assert printed == block.text
            case "sh", _:
                lines = [shlex.split(line) for line in block.text.splitlines()]
                printed = "".join(run(command, project, environment) for command in lines)
            case "python", "shell":
                shell = ["manage.py", "shell", "--no-imports", "--command", block.text]
                printed = run([sys.executable, *shell], project, environment)
            case "python", place:
                (project / place).write_text(block.text)
            case "diff", place:
                change(project / place, block)


def run(command: list[str], folder: Path, environment: dict[str, str]) -> str:
    """Run a command as the reader does and give what it prints."""
    program = sys.executable if command[0] == ".venv/bin/python" else command[0]
    ended = subprocess.run(
        [program, *command[1:]],
        cwd=folder,
        env={**os.environ, **environment},
        check=False,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def change(path: Path, block: Block) -> None:
    """Change a file as the block shows."""
    lines = block.text.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] != "+")
    after = "".join(line[1:] for line in lines if line[0] != "-")
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after))
