"""The fenced blocks of a Markdown page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent.parent
FENCED: Final = re.compile(r"^```(\w+)(?: ([^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """One block: its language, what follows the language, and its text."""

    language: str
    place: str
    text: str


def blocks_of(page: str) -> list[Block]:
    """Give the blocks of a page, named from the project's folder."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return [Block(*(part or "" for part in found)) for found in FENCED.findall(text)]
