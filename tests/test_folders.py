"""What a test run leaves behind when it is killed is gone after the next one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.folders import MARK, make_folder

ROOT = Path(__file__).resolve().parent.parent


def test_a_folder_left_by_a_killed_process_is_deleted_by_the_next(tmp_path: Path) -> None:
    program = (
        "import os, pathlib, sys; from tests.folders import make_folder;"
        "make_folder('run-', pathlib.Path(sys.argv[1])); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, check=False)
    [left] = tmp_path.iterdir()

    made = make_folder("run-", tmp_path)

    assert made != left
    assert list(tmp_path.iterdir()) == [made]


def test_a_folder_that_is_in_use_stays(tmp_path: Path) -> None:
    first = make_folder("run-", tmp_path)

    second = make_folder("run-", tmp_path)

    assert {first, second} == set(tmp_path.iterdir())
    assert (first / MARK).exists()
