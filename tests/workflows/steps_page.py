"""The page on which the step API was first described: its code blocks, ready to run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

PAGE: Final = Path(__file__).with_name("steps_page.md").read_text(encoding="utf-8").splitlines()
# A block begins flush left with a statement; everything else flush left is prose.
BEGINS: Final = re.compile(r"(from \w+ import |class \w+.*:$|\w+ = [\[{\w]|# [A-Z])")
CLOSES: Final = re.compile(r"[)}\]]+$")
BULLET: Final = re.compile(r"  (•|\d\.) ")
ELISION: Final = re.compile(r"^ +\.\.\.\n", re.MULTILINE)
THE_IMPORT: Final = "from litestar_workflows import "


def is_code(line: str, *, inside: bool) -> bool:
    """Whether a line that is not blank is code, `inside` a block or at the place of its start."""
    indented = line.startswith(" ") and not BULLET.match(line)
    return bool(BEGINS.match(line)) or (inside and (indented or bool(CLOSES.match(line))))


def code_lines() -> Iterator[tuple[int, str]]:
    """Give the page's lines of code with their numbers, without blank ones."""
    inside = False
    for number, line in enumerate(PAGE):
        if line.strip():
            inside = is_code(line, inside=inside)
            if inside:
                yield number, line


@cache
def blocks() -> tuple[str, ...]:
    """Give the code blocks: runs of code lines that only blank lines come between."""
    runs: list[list[int]] = []
    for number, _line in code_lines():
        between = PAGE[runs[-1][-1] + 1 : number] if runs else ["prose"]
        if any(line.strip() for line in between):
            runs.append([])
        runs[-1].append(number)
    return tuple("\n".join(PAGE[run[0] : run[-1] + 1]) + "\n" for run in runs)


def runnable(block: str) -> str:
    """Give a block with its import line changed and without the elision of a dictionary."""
    return ELISION.sub("", block.replace(THE_IMPORT, "from workflows import "))


def block_with(text: str) -> str:
    """Give the one block that contains this text."""
    (found,) = (block for block in blocks() if text in block)
    return found


def run_block(text: str, **supplied: Any) -> dict[str, Any]:
    """Run the block that contains this text, and give the names that it defines.

    It finds what blocks before it have imported, and `supplied`, the functions that it calls.
    """
    block = block_with(text)
    names: dict[str, Any] = {"__name__": "steps_page", **supplied}
    for earlier in blocks()[: blocks().index(block)]:
        for line in runnable(earlier).splitlines():
            if line.startswith("from "):
                exec(line, names)  # noqa: S102 – the page is a file of this repository
    # Without this module's own `from __future__ import annotations`.
    code = compile(runnable(block), "steps_page.md", "exec", dont_inherit=True)
    exec(code, names)  # noqa: S102 – as above
    return names
