"""The examples are registered, sound, and written in the author's words alone."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from workflows import examples
from workflows.checks import check_definitions
from workflows.definition.validation import find_problems
from workflows.engine.queries import get_definition

EXAMPLES = Path(examples.__file__).parent
OF_THE_SITE = ("demo", "management")
"""Folders that play the examples with the engine, and are not there to be copied."""
FILES = sorted(
    path
    for path in EXAMPLES.rglob("*.py")
    if path.relative_to(EXAMPLES).parts[0] not in OF_THE_SITE
)
NAMES = ("document_review", "expense_approval", "onboarding", "order_with_payment")


@pytest.mark.parametrize("name", NAMES)
def test_it_is_found_and_nothing_is_wrong_with_it(name: str) -> None:
    definition = get_definition(name)

    assert find_problems(definition) == ()
    assert [message for message in check_definitions(None) if name in message.msg] == []
    assert definition.description
    assert definition.summary


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_imports_the_package_and_the_standard_library_only(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {
        node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
    } | {
        name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    }
    allowed = {"workflows", *(name for name in imported if name.startswith("workflows.examples"))}
    if path.name == "apps.py":
        allowed |= {"django.apps", "django.utils.translation"}

    assert {name for name in imported if name not in sys.stdlib_module_names} - allowed == set()
