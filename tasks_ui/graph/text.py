"""Estimates how wide text is without a browser, and wraps or shortens it to fit."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from math import ceil

ELLIPSIS = "…"
NO_CHARACTERS = "\ufffe\uffff"

# Advance widths in hundredths of the font size, as wide as the widest of the usual system fonts
# (DejaVu Sans): text that turns out narrower only gains air.
WIDTHS = {
    **dict.fromkeys(" ',.Iijl`|", 32),
    **dict.fromkeys('!()-/:;[\\]frt"', 41),
    **dict.fromkeys("s▸", 53),
    **dict.fromkeys("acekovxyz?", 61),
    **dict.fromkeys("DGHNOQU#+<=>^~×", 80),
    **dict.fromkeys("w", 82),
    **dict.fromkeys("mMW%@—…→", 100),
}
WIDTH_BY_CATEGORY = {"Mn": 0, "Me": 0, "Cf": 0, "Lu": 70}
WIDE = 108
USUAL = 64
BOLDER = 1.13

BREAK_AFTER = re.compile(r"(?<=[\s_/-])")


def clean(text: str) -> str:
    """Return text on one line without characters that a document cannot hold."""
    kept = (
        " " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char
        for char in text
        if unicodedata.category(char) != "Cs" and char not in NO_CHARACTERS
    )
    return " ".join("".join(kept).split())


@lru_cache(maxsize=4096)
def text_width(text: str, font_size: int, *, bold: bool = False) -> int:
    """Return the width of a line in whole pixels, rather too wide than too narrow."""
    hundredths = sum(map(_char_width, text)) * (BOLDER if bold else 1)
    return ceil(hundredths * font_size / 100)


def shorten(text: str, limit: int, font_size: int) -> str:
    """Return the text, cut with an ellipsis where it is wider than ``limit`` pixels."""
    if text_width(text, font_size) <= limit:
        return text
    kept = len(text)
    while kept and text_width(text[:kept] + ELLIPSIS, font_size) > limit:
        kept -= 1
    # Accents take no room and so stay with their letters; a joiner with nothing to join goes.
    return text[:kept].rstrip(" _/-\u200d") + ELLIPSIS


def wrap(text: str, limit: int, font_size: int) -> list[str]:
    """Return the text as one line or, where it is too wide, as two of about the same width."""
    pieces = [piece for piece in BREAK_AFTER.split(text) if piece]
    if text_width(text, font_size) <= limit or len(pieces) < 2:
        return [shorten(text, limit, font_size)]
    breaks = [("".join(pieces[:at]).rstrip(), "".join(pieces[at:])) for at in range(1, len(pieces))]
    fitting = [pair for pair in breaks if text_width(pair[0], font_size) <= limit]
    first, second = min(
        fitting or breaks[:1], key=lambda pair: max(text_width(line, font_size) for line in pair)
    )
    return [shorten(first, limit, font_size), shorten(second, limit, font_size)]


@cache
def _char_width(char: str) -> int:
    if char in WIDTHS:
        return WIDTHS[char]
    if unicodedata.east_asian_width(char) in {"W", "F"}:
        return WIDE
    return WIDTH_BY_CATEGORY.get(unicodedata.category(char), USUAL)
