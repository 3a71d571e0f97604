"""The measures of the house count what they say, on trees small enough to count by hand."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import measure_house
from scripts.measure_house import Row

TREE = {
    "config/__init__.py": '"""The site."""\n',
    "tasks_ui/migrations/0001_first.py": "class Migration: ...\n",
    "tasks_ui/pages.py": '''\
"""Pages."""

import workflows
from workflows.engine import start, undo
from workflows.engine.verbs import Start


def show(page):
    """Give the page."""
    page.open()  # Once.

    def inner():
        """Say what it is.

        In two paragraphs.
        """
        return page

    return inner


class Start:
    class Meta: ...

    def _hidden(self): ...
''',
    "tests/helper.py": "\n\n",
    "tests/test_pages.py": "def test_it(): ...\n",
    "workflows/__init__.py": "",
    "workflows/engine/__init__.py": '''\
"""Verbs."""

from workflows.engine.verbs import start, undo

__all__ = ["start", "undo"]
''',
    "workflows/engine/verbs.py": '''\
LIMIT = 3
"""How many."""


def start():
    # The pages are heavy.
    from tasks_ui import pages

    return pages


def undo(): ...


class Start:
    """A start."""

    def show(self):
        """Show how it starts, which is a sentence of more than sixty characters."""
''',
    "workflows/pages.py": "def show(): ...\n",
}

FIGURES = {
    "modules": 3,
    "lines": 25 + 19 + 5 + 1 + 1,
    "folders": 4,
    "most modules in a folder": 1,
    "median modules in a folder": 1,
    "median lines of a module": 19,
    "most lines of a file": 25,
    "functions and methods": 7,
    "median statements of a function": 0,
    "most statements of a function": 2,
    "circles of modules": 0,
    "circles of packages": 0,
    "circles of modules with deferred imports": 1,
    "circles of packages with deferred imports": 1,
    "modules in circles": 0,
    "imports between modules": 5,
    "imports per module": 5 / 6,
    "deferred imports": 1,
    "imports for types alone (left out)": 0,
    "most importers of a module": 2,
    "most imports of a module": 3,
    "names in __all__ of workflows.engine": 2,
    "modules of workflows that tasks_ui imports": 3,
    "public names defined in several modules": 2,
    "file names used in several folders": 1,
    "public functions, methods and classes": 7,
    "of these with a docstring": 3,
    "docstrings of functions": 3,
    'of these beginning with "Give"': 1,
    "of these one line below 60 characters": 1,
    "lines with comments per 1000 of code": 2000 / 21,
    "lines of docstrings per 1000 of code": 11000 / 21,
    "migrations of tasks_ui": 1,
    "migrations of workflows": 0,
    "test files (test_*.py)": 1,
    "lines of Python under tests": 3,
}


def write_tree(root: Path, files: dict[str, str]) -> None:
    """Write files into folders that need not be there yet."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def rows_of(root: Path, title: str) -> list[Row]:
    """Measure a tree and take the one table of this title."""
    _, tables = measure_house.measure(root)
    [rows] = [rows for name, _, rows in tables if name == title]
    return rows


def test_every_figure_of_a_small_tree_is_what_a_reader_counts(tmp_path: Path) -> None:
    write_tree(tmp_path, TREE)

    figures, _ = measure_house.measure(tmp_path)

    assert figures == FIGURES


def test_folders_are_listed_with_what_is_in_them_and_below(tmp_path: Path) -> None:
    write_tree(tmp_path, TREE)

    assert rows_of(tmp_path, "Folders") == [
        ("config", 0, 1, 1),
        ("tasks_ui", 1, 25, 25),
        ("workflows", 1, 1, 25),
        ("workflows/engine", 1, 24, 24),
    ]


def test_names_defined_twice_are_listed_with_their_places(tmp_path: Path) -> None:
    write_tree(tmp_path, TREE)

    assert rows_of(tmp_path, "Public names defined in several modules") == [
        ("Start", 2, "tasks_ui.pages, workflows.engine.verbs"),
        ("show", 2, "tasks_ui.pages, workflows.pages"),
    ]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (
            {"a.py": "import workflows.b", "b.py": "from . import c", "c.py": "from .a import x"},
            [("modules", 3, "workflows.a, workflows.b, workflows.c")],
        ),
        (
            {
                "a/__init__.py": "",
                "a/one.py": "from workflows.b import two",
                "a/three.py": "",
                "b/__init__.py": "",
                "b/two.py": "from ..a import three",
            },
            [("packages", 2, "workflows.a, workflows.b")],
        ),
        (
            {
                "a/__init__.py": "from workflows.a.b.one import x",
                "a/b/__init__.py": "",
                "a/b/one.py": "",
                "a/b/two.py": "from workflows.a import x",
            },
            [("packages", 2, "workflows.a.__init__, workflows.a.b")],
        ),
        ({"a.py": "class A:\n    import workflows.a, django", "b.py": "import workflows.a"}, []),
        (
            {
                "a.py": "from typing import TYPE_CHECKING\n"
                "if TYPE_CHECKING:\n    from workflows.b import x\nelse:\n    x = 1",
                "b.py": "from workflows.a import y",
            },
            [],
        ),
        (
            {
                "a.py": "if not TYPE_CHECKING:\n    from workflows import b",
                "b.py": "try:\n    from workflows import a\nexcept ImportError:\n    a = 1",
            },
            [("modules", 2, "workflows.a, workflows.b")],
        ),
    ],
)
def test_circles_that_close_at_the_start_are_found(
    tmp_path: Path, files: dict[str, str], found: list[Row]
) -> None:
    write_tree(tmp_path / "workflows", {"__init__.py": "", "work.py": "def work(): ...", **files})

    rows = rows_of(tmp_path, "Circles")

    assert [row for row in rows if "deferred" not in str(row[0])] == found


def test_a_circle_by_an_import_inside_a_function_is_told_apart(tmp_path: Path) -> None:
    write_tree(tmp_path, TREE)

    assert rows_of(tmp_path, "Circles") == [
        (
            "modules with deferred imports",
            3,
            "tasks_ui.pages, workflows.engine, workflows.engine.verbs",
        ),
        ("packages with deferred imports", 2, "tasks_ui, workflows"),
    ]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Call the script with these arguments."""

    def call(*arguments: str | Path) -> None:
        monkeypatch.setattr(sys, "argv", ["measure_house", *map(str, arguments)])
        measure_house.main()

    return call


def test_two_trees_are_put_side_by_side(
    tmp_path: Path, command: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    write_tree(tmp_path / "before", TREE)
    write_tree(tmp_path / "after", {**TREE, "workflows/more.py": "def undo(): ..."})

    command("--root", tmp_path / "after", "--compare", tmp_path / "before")

    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == [
        "| figure | before | after |",
        "| --- | --- | --- |",
        "| modules | 3 | 4 |",
    ]
    assert "| public names defined in several modules | 2 | 3 |" in lines
    assert "| `names in __all__ of workflows.engine` | 2 | 2 |" in lines
    assert len(lines) == len(FIGURES) + 2


@pytest.mark.parametrize(
    ("layout", "beginning"),
    [
        ("text", ["Summary", "", "figure                                      value"]),
        ("markdown", ["## Summary", "", "| figure | value |"]),
    ],
)
def test_the_report_begins_with_its_summary(
    tmp_path: Path,
    command: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
    layout: str,
    beginning: list[str],
) -> None:
    write_tree(tmp_path, TREE)

    command("--root", tmp_path, "--format", layout)

    assert capsys.readouterr().out.splitlines()[:3] == beginning


def test_a_folder_without_the_packages_is_refused(
    tmp_path: Path, command: Callable[..., None]
) -> None:
    with pytest.raises(SystemExit, match="holds none of config, tasks_ui, workflows"):
        command("--root", tmp_path)


@pytest.mark.slow
def test_it_runs_as_a_plain_file_on_a_tree_that_does_not_hold_it(tmp_path: Path) -> None:
    write_tree(tmp_path, TREE)

    ran = subprocess.run(
        [sys.executable, "-I", measure_house.__file__, "--root", tmp_path],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )

    assert ran.stdout.startswith("Summary\n")
    assert ran.stderr == ""
