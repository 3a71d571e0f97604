"""What a file is called, once nothing is left in its name that could deceive or do harm."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MAX_NAME: Final = 200
MAX_SUFFIX: Final = 20
NAMELESS: Final = "file"

# Format characters that scripts and emoji need; the others turn the direction of text or hide.
JOINERS: Final = frozenset("\u200c\u200d")
UNSAFE: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def safe_name(name: str) -> str:
    """Give the name without folders, characters that deceive, and what is too long.

    The end of a long name stays: it says what kind of file it is.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(letter for letter in last if letter in JOINERS or not _is_unsafe(letter))
    words = " ".join(kept.split()).strip(". ")
    if not words.strip("".join(JOINERS)):
        return NAMELESS
    stem, dot, suffix = words.rpartition(".")
    if len(words) <= MAX_NAME:
        short = words
    elif stem and len(suffix) <= MAX_SUFFIX:
        short = f"{stem[: MAX_NAME - len(suffix) - 1].rstrip()}{dot}{suffix}"
    else:
        short = words[:MAX_NAME]
    return short


def _is_unsafe(letter: str) -> bool:
    return unicodedata.category(letter) in UNSAFE
