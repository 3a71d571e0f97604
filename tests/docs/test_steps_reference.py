"""The reference of steps leaves nothing out, and its blocks are sound."""

from __future__ import annotations

import dataclasses
import inspect
import re

import pytest

import workflows
from tests.docs.blocks import ROOT, blocks_of

PAGE = "docs/reference/steps.md"
TEXT = (ROOT / PAGE).read_text(encoding="utf-8")
PROSE = re.sub(r"^```.*?^```$", "", TEXT, flags=re.MULTILINE | re.DOTALL)
CODE = [*re.findall(r"`([^`]+)`", PROSE), *re.findall(r"^#+ (.+)$", PROSE, re.MULTILINE)]
NAMED = set(re.findall(r"[A-Za-z_]\w*", " ".join(CODE)))
INSIDE = {"graph", "history", "steps"}
"""Members that are the engine's own, or whose place in a signature the page shows with a star."""


def members(of: type) -> set[str]:
    """Give what an author can set, override or call on a class."""
    constructor = inspect.signature(of).parameters
    fields = (
        {field.name for field in dataclasses.fields(of)} if dataclasses.is_dataclass(of) else ()
    )
    return {
        name
        for name in (*vars(of), *constructor, *fields)
        if not name.startswith("_") and name not in ("args", "kwargs")
    }


@pytest.mark.parametrize("name", workflows.__all__)
def test_it_names_every_word_and_member(name: str) -> None:
    word = getattr(workflows, name)
    expected = members(word) if inspect.isclass(word) and name != "StepType" else set()

    assert ({name} | expected) - INSIDE - NAMED == set()


def test_its_blocks_can_be_read() -> None:
    for block in blocks_of(PAGE):
        compile(block.text, PAGE, "exec")
