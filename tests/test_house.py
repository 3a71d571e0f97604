"""The house rules that a machine can check: sizes, circles, names, docstrings, locks."""

from __future__ import annotations

import ast
import gzip
import hashlib
import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from scripts.check_locks import LOCKS, REQUIREMENTS, faults_of
from scripts.measure_house import measure, statements_in
from scripts.vendor import VENDOR

pytestmark = pytest.mark.thorough

ROOT: Final = Path(__file__).resolve().parent.parent
LINES: Final = {".py": 400, ".html": 100, ".css": 150, ".js": 60}
PACKAGE_LINES: Final = 2_000
"""Of the files in one folder; the folders in it have budgets of their own."""
PACKAGE_MODULES: Final = 30
STATEMENTS: Final = 30
COMPRESSED: Final = {".js": 34_000, ".css": 25_000}
"""Bytes of all script, and of all style, that a page of the inbox loads, each file by itself."""
README_LINES: Final = 120
OPEN_TO_PAGES: Final = {
    *(f"workflows.{name}" for name in ("engine", "exceptions", "http", "models", "schemas")),
    *(f"workflows.{name}" for name in ("values", "version")),
    "workflows.engine.lists",
    "workflows.engine.queries",
}
"""Pages may import these rooms; of some of them, single modules are forbidden all the same."""
NAMELESS: Final = frozenset(
    {"common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
)


def ours() -> list[Path]:
    """Give every file of the project that people write."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607 - PATH
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [
        path
        for path in paths
        if path.is_file() and VENDOR not in path.parents and "migrations" not in path.parts
    ]


FILES: Final = ours()
MODULES: Final = [path for path in FILES if path.suffix == ".py"]


def named(path: Path) -> str:
    """Give a path as it is called in messages."""
    return str(path.relative_to(ROOT))


@cache
def tree_of(path: Path) -> ast.Module:
    """Parse a module, once for all tests."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions() -> Iterator[tuple[str, int]]:
    """Give every function with its size."""
    for path in MODULES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{named(path)}:{node.lineno} {node.name}", statements_in(node)


def test_no_file_outgrows_its_budget() -> None:
    sizes = {
        named(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in FILES
        if path.suffix in LINES
    }

    assert {name: n for name, n in sizes.items() if n > LINES[Path(name).suffix]} == {}


def test_no_package_outgrows_its_budget() -> None:
    modules = Counter(path.parent for path in MODULES if path.stem != "__init__")
    lines = Counter[Path]()
    for path in MODULES:
        if ROOT / "tests" not in path.parents:
            lines[path.parent] += len(path.read_text(encoding="utf-8").splitlines())

    assert {named(folder): n for folder, n in modules.items() if n > PACKAGE_MODULES} == {}
    assert {named(folder): n for folder, n in lines.items() if n > PACKAGE_LINES} == {}


def test_nothing_imports_in_a_circle() -> None:
    figures, _ = measure(ROOT)

    assert {what: n for what, n in figures.items() if what.startswith("circles") and n} == {}


@cache
def contracts() -> list[dict[str, Any]]:
    """Read what import-linter holds the project to."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return list(settings["tool"]["importlinter"]["contracts"])


def rooms() -> set[str]:
    """Name every room that has its place in a layer."""
    return {
        f"{container}.{room}"
        for contract in contracts()
        for container in contract.get("containers", ())
        for room in re.findall(r"\w+", " ".join(contract["layers"]))
    }


def test_pages_are_kept_out_of_every_room_but_those_that_are_open_to_them() -> None:
    [pages] = [one for one in contracts() if one.get("source_modules") == ["tasks_ui"]]
    within = {room for room in rooms() if room.startswith("workflows.")}

    assert within - set(pages["forbidden_modules"]) == OPEN_TO_PAGES


def test_every_room_says_what_comes_in_and_what_goes_out() -> None:
    packages = [ROOT / room.replace(".", "/") / "__init__.py" for room in rooms()]
    texts = {named(path): ast.get_docstring(tree_of(path)) for path in packages if path.exists()}

    assert len(texts) > 30
    told = re.compile("In: .*Out: ", re.DOTALL)
    assert [name for name, text in texts.items() if not told.search(text or "")] == []


@pytest.mark.parametrize("suffix", [".js", ".css"])
def test_no_page_costs_more_than_its_budget_of_script_and_style(suffix: str) -> None:
    served = [path for path in (ROOT / "static").rglob(f"*{suffix}") if path.stem != "admin"]

    assert served
    assert sum(len(gzip.compress(path.read_bytes())) for path in served) <= COMPRESSED[suffix]


def test_no_function_outgrows_its_budget() -> None:
    assert {name: size for name, size in functions() if size > STATEMENTS} == {}


def test_the_readme_is_short() -> None:
    readme = ROOT / "README.md"

    assert len(readme.read_text(encoding="utf-8").splitlines()) <= README_LINES


def test_every_module_says_in_a_sentence_what_it_is_for() -> None:
    docstrings = {named(path): ast.get_docstring(tree_of(path)) or "" for path in MODULES}

    assert [
        name for name, text in docstrings.items() if not text.split("\n", 1)[0].endswith((".", "?"))
    ] == []


def test_every_module_reads_annotations_late() -> None:
    late = "from __future__ import annotations"
    silent = [
        named(path)
        for path in MODULES
        if late not in path.read_text(encoding="utf-8")
        and any(not isinstance(node, ast.Expr) for node in tree_of(path).body)
    ]

    assert silent == []


def test_no_name_says_nothing() -> None:
    assert [named(path) for path in FILES if path.stem.strip("_") in NAMELESS] == []


def test_nothing_is_left_to_do() -> None:
    # Written apart, so that this file does not find itself.
    marks = ("TO" + "DO", "FIX" + "ME")
    left = [
        f"{named(path)}: {mark}"
        for path in FILES
        if path.suffix in {*LINES, ".md", ".toml"}
        for mark in marks
        if mark in path.read_text(encoding="utf-8")
    ]

    assert left == []


def vendored() -> Iterator[tuple[Path, str]]:
    """Give every file of others with the checksum that is written down for it."""
    packages = tomllib.loads((VENDOR / "vendor.toml").read_text(encoding="utf-8"))
    for name, package in packages.items():
        for file, facts in package["files"].items():
            yield VENDOR / name / file, facts["sha256"]


def test_files_of_others_are_as_they_came() -> None:
    changed = [
        named(path)
        for path, checksum in vendored()
        if hashlib.sha256(path.read_bytes()).hexdigest() != checksum
    ]

    assert changed == []


def test_files_of_others_are_all_written_down() -> None:
    known = {path for path, _ in vendored()} | {VENDOR / "vendor.toml"}

    assert {path for path in VENDOR.rglob("*") if path.is_file()} == known


@pytest.mark.parametrize("name", LOCKS)
def test_locks_hold_all_that_is_asked_for(name: str) -> None:
    assert list(faults_of(name, REQUIREMENTS)) == []
