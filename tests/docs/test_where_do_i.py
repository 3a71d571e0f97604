"""What "Where do I …?" names is there: every file that it links, every name in code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, TypeGuard

import pytest

from tests.docs.blocks import ROOT
from tests.docs.pages import anchors_of, links_of, text_of

PAGE: Final = "docs/where-do-i.md"
SECTIONS: Final = dict(re.findall(r"^## (.+?)\n(.+?)(?=^## |\Z)", text_of(PAGE), re.M | re.S))
CHANGES: Final = [name for name in SECTIONS if name.startswith("Add ")]
MOST_FIRST: Final = 3
"""Files to open before a stranger has found the place."""

CODE: Final = [
    (page, name)
    for page in (PAGE, "docs/architecture.md", "CONTRIBUTING.md")
    for name in dict.fromkeys(re.findall(r"`([^`\n]+)`", text_of(page)))
]
A_PATH: Final = re.compile(r"[\w.-]+(?:/[\w.-]+)*(?:/|\.(?:py|md|html|js|toml|svg))")
A_NAME: Final = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
PYTHON: Final = [
    path
    for package in ("benchmarks", "config", "scripts", "tasks_ui", "tests", "workflows")
    for path in (ROOT / package).rglob("*.py")
]


def is_path(name: str) -> bool:
    """Whether code looks like a path: from the project's folder, or the end of one."""
    return A_PATH.fullmatch(name) is not None


def exists(name: str) -> bool:
    """Whether there is a file or a folder whose path ends like this."""
    if (ROOT / name).exists():
        return True
    end = Path(name).parts
    return any(path.parts[-len(end) :] == end for path in PYTHON)


@cache
def tree_of(path: Path) -> ast.Module:
    """Parse a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def is_defined(name: str) -> bool:
    """Whether it is a module, or defined in one; a class needs no module before it."""
    parts = name.split(".")
    first = 0 if parts[0][0].isupper() else 1
    return any(
        is_in(tree_of(path), parts[at:])
        for path in PYTHON
        for at in range(first, len(parts) + 1)
        if ends_like(path, parts[:at])
    )


def ends_like(path: Path, names: list[str]) -> bool:
    """Whether a module is called so; the packages around it need not all be named."""
    own = path.relative_to(ROOT).with_suffix("").parts
    own = own[:-1] if own[-1] == "__init__" else own
    return list(own[len(own) - len(names) :]) == names


def is_in(tree: ast.Module | ast.ClassDef, names: list[str]) -> bool:
    """Whether a module or class defines the first name, and this the next, and so on."""
    if not names:
        return True
    for node in tree.body:
        if names[0] in defined_by(node):
            return not names[1:] or (isinstance(node, ast.ClassDef) and is_in(node, names[1:]))
    return False


def defined_by(node: ast.stmt) -> Iterator[str]:
    """Find what a statement gives a name to."""
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from (one.asname or one.name for one in node.names)
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from (one.id for target in targets for one in ast.walk(target) if is_name(one))


def is_name(node: ast.AST) -> TypeGuard[ast.Name]:
    """Whether it is a plain name."""
    return isinstance(node, ast.Name)


def test_every_link_says_where_it_leads() -> None:
    lost = [
        str(link)
        for link in links_of(PAGE)
        if not link.path.exists()
        or (link.path.suffix != ".md" and not is_called(link.words, link.path))
    ]

    assert lost == []


def is_called(words: str, path: Path) -> bool:
    """Whether the words of a link are the end of its path; a package may stand for its file."""
    place = str(path.relative_to(ROOT))
    package = place.removesuffix("/__init__.py")
    return any(f"/{one}".endswith(f"/{words.rstrip('/')}") for one in (place, package))


@pytest.mark.parametrize("section", CHANGES)
def test_a_change_begins_with_at_most_three_files_and_names_its_tests(section: str) -> None:
    numbered = re.findall(r"^(\d)\. \[", SECTIONS[section], re.MULTILINE)
    tests = SECTIONS[section].partition("\nTest: ")[2]

    assert 1 <= len(numbered) <= MOST_FIRST
    assert "](../tests/" in tests


def test_every_change_is_there() -> None:
    assert len(CHANGES) >= 16
    assert len(anchors_of(ROOT / PAGE)) == len(SECTIONS) + 1


@pytest.mark.parametrize(("page", "name"), CODE)
def test_what_is_named_in_code_is_there(page: str, name: str) -> None:
    if is_path(name):
        assert exists(name)
    elif A_NAME.fullmatch(name):
        assert is_defined(name)


def test_a_name_that_is_nowhere_is_noticed() -> None:
    assert is_defined("claims.claim")
    assert is_defined("Transition.record")
    assert is_defined("workflows.engine.queue.claims.Lease")
    assert not is_defined("claims.clam")
    assert not is_defined("workflows.engine.claims.claim")
    assert exists("workflows/engine/queue/claims.py")
    assert not exists("workflows/engine/claims.py")
