"""The benchmarks still run: one of them, in its shortest form, into a page."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import pages

ROOT = Path(__file__).resolve().parent.parent
PAGE = "# A page\n\n<!-- figures -->\nold\n<!-- end of figures -->\n\nafter\n"


@pytest.mark.slow
@pytest.mark.only_on("sqlite")
def test_a_benchmark_puts_its_table_into_the_marked_block_of_a_page(tmp_path: Path) -> None:
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


def test_a_benchmark_that_is_run_again_takes_the_place_of_its_own_figures_alone() -> None:
    page = (
        "<!-- figures -->\n\nThen, on that machine.\n\n"
        "| benchmark | what | SQLite | PostgreSQL |\n| --- | --- | --- | --- |\n"
        "| idle | CPU | 1 % | 2 % |\n| timers | late | 5 ms | 6 ms |\n\nLoad then: 0.\n\n"
        "<!-- end of figures -->\n"
    )

    written = pages.renewed(page, [["timers", "late", "4 ms", ""]], "Again: timers.", "figures")

    lines = [line.split() for line in written.splitlines() if line]
    assert ["|", "idle", "|", "CPU", "|", "1", "%", "|", "2", "%", "|"] in lines
    assert ["|", "timers", "|", "late", "|", "4", "ms", "|", "6", "ms", "|"] in lines
    assert [line for line in written.splitlines() if line][-3:] == [
        "Load then: 0.",
        "Again: timers.",
        "<!-- end of figures -->",
    ]
