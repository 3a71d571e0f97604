"""Writes what the engine declares about tasks into docs/states.md."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import django

PAGE: Final = Path(__file__).resolve().parent.parent / "docs/states.md"


def main() -> None:
    """Write the page anew."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # Nothing is signed here.
    os.environ.setdefault("SECRET_KEY", "unused")
    django.setup()
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{PAGE} is written.\n")


def written(page: str) -> str:
    """Give the page with its generated tables as they should be."""
    for name, lines in (("moves", _moves()), ("cells", _cells())):
        table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        page = re.sub(
            rf"<!-- {name} -->.*<!-- /{name} -->",
            f"<!-- {name} -->\n{table}\n<!-- /{name} -->",
            page,
            flags=re.DOTALL,
        )
    return page


def _moves() -> Iterable[Sequence[str]]:
    from workflows.engine.access.task_states import MOVES

    yield ("move", "from", "to", "who", "event", "")
    yield ("---",) * 6
    for move in MOVES:
        yield (
            move.name + (" ●" if move.decides else ""),
            ", ".join(move.sources) or "–",
            str(move.target),
            ", ".join(who.value for who in move.who),
            f"`{move.event}`",
            move.note,
        )


def _cells() -> Iterable[Sequence[str]]:
    from workflows.engine.access.task_states import MOVES, cell
    from workflows.models import TaskStatus

    yield ("move", *TaskStatus)
    yield ("---",) * (1 + len(TaskStatus))
    for move in MOVES[1:]:
        yield (move.name, *(cell(move, status) for status in TaskStatus))


if __name__ == "__main__":
    main()
