"""The benchmarks still run: one of them, in its shortest form, into a page."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = """# A page

<!-- figures -->

Then, on that machine.

| benchmark     | what                       | SQLite | PostgreSQL | goal |
| ------------- | -------------------------- | ------ | ---------- | ---- |
| machine_steps | engine : hand-written loop | old    | 3.21       | ≥ 2  |
| idle          | statements                 | 0.50/s | 0.55/s     | < 1  |

<!-- end of figures -->

after
"""


@pytest.mark.slow
@pytest.mark.only_on("sqlite")
def test_a_benchmark_puts_its_figures_into_the_marked_table_of_a_page(
    tmp_path: Path,
) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE)
    wanted = ["machine_steps", "--database", "sqlite", "--instances", "3", "--rounds", "1"]

    subprocess.run(
        [sys.executable, "-m", "benchmarks", *wanted, "--steps", "2", "--write", str(page)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )

    written = page.read_text()
    assert written.startswith("# A page\n\n<!-- figures -->\n")
    assert written.endswith("<!-- end of figures -->\n\nafter\n")
    assert "| engine : hand-written loop" in written
    assert "failed" not in written
    assert "old" not in written
    assert "| 3.21 " in written
    assert "| idle | statements | 0.50/s | 0.55/s |" in " ".join(written.split())
    assert "UTC, load" in written
