"""Puts tables of figures into a page: of whole runs, and of benchmarks that were run again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from benchmarks.harness.figures import table

BEGIN: Final = "<!-- {what} -->"
END: Final = "<!-- end of {what} -->"

Row = Sequence[str]


def replaced(page: str, text: str, what: str) -> str:
    """Put a text in the place of the block of a page that is marked with `what`."""
    before, _block, after = _parts(page, what)
    return f"{before}{BEGIN.format(what=what)}\n\n{text}\n\n{END.format(what=what)}{after}"


def renewed(page: str, rows: Iterable[Row], note: str, what: str) -> str:
    """Put figures in the place of older ones in the table of a block; `note` says so below it."""
    lines = _parts(page, what)[1].strip().splitlines()
    head, _rule, *before = (_cells(line) for line in lines if line.startswith("|"))
    new = {tuple(row[:2]): row for row in rows}
    merged = [_over(row, new.pop(tuple(row[:2]), row)) for row in before]
    first = next(at for at, line in enumerate(lines) if line.startswith("|"))
    around = [line for line in lines if not line.startswith("|")]
    text = "\n".join([*around[:first], table(head, [*merged, *new.values()]), *around[first:]])
    return replaced(page, f"{text}\n\n{note}", what)


def has_table(page: str, what: str) -> bool:
    """Whether there are figures in the block already."""
    return "\n|" in _parts(page, what)[1]


def _over(old: Row, new: Row) -> list[str]:
    return [now or then for then, now in zip(old, new, strict=True)]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")[1:-1]]


def _parts(page: str, what: str) -> tuple[str, str, str]:
    before, _begin, rest = page.partition(BEGIN.format(what=what))
    block, end, after = rest.partition(END.format(what=what))
    if not end:
        raise ValueError(f"The page has no block that is marked with {what!r}.")
    return before, block, after
