"""Regular expressions of the web (ECMA-262), written as RE2 writes the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

SPACE: Final = r"\t-\r\x20\x{a0}\x{feff}\x{2028}\x{2029}\p{Zs}"
NOT_LINE_END: Final = r"[^\n\r\x{2028}\x{2029}]"
ANYTHING: Final = "(?s:.)"
NOTHING: Final = r"[^\x{0}-\x{10ffff}]"
CATEGORIES: Final = {
    "Letter": "L",
    "Lowercase_Letter": "Ll",
    "Uppercase_Letter": "Lu",
    "Titlecase_Letter": "Lt",
    "Modifier_Letter": "Lm",
    "Other_Letter": "Lo",
    "Mark": "M",
    "Number": "N",
    "Decimal_Number": "Nd",
    "digit": "Nd",
    "Punctuation": "P",
    "punct": "P",
    "Symbol": "S",
    "Separator": "Z",
    "Space_Separator": "Zs",
    "Other": "C",
}

_TOKEN: Final = re.compile(
    r"\\u(?P<high>[dD][89abAB][0-9A-Fa-f]{2})\\u(?P<low>[dD][c-fC-F][0-9A-Fa-f]{2})"
    r"|\\u(?P<four>[0-9A-Fa-f]{4})"
    r"|\\u(?P<braced>\{[0-9A-Fa-f]+\})"
    r"|\\c(?P<control>[A-Za-z])"
    r"|\\(?P<kind>[pP])\{(?:(?:Script|sc|General_Category|gc)=)?(?P<name>\w+)\}"
    r"|\\(?P<space>[sS])"
    r"|\\(?P<escaped>.)"
    r"|(?P<all>\[\^\])"
    r"|(?P<none>\[\])"
    r"|(?P<open>\[\^?)"
    r"|(?P<close>\])"
    r"|(?P<dot>\.)"
    r"|(?P<other>.)",
    re.DOTALL,
)

_LOOK: Final = re.compile(r"\(\?(?P<kind>[=!])")


def to_re2(pattern: str) -> str:
    """Give the pattern as RE2 writes it; what RE2 cannot say stays as it is."""
    written: list[str] = []
    in_class = False
    for found in _TOKEN.finditer(pattern):
        written.append(_token(found, in_class=in_class))
        if found.lastgroup == "open":
            in_class = True
        elif found.lastgroup == "close":
            in_class = False
    return "".join(written)


def conditions(pattern: str) -> Iterator[tuple[str, bool]]:
    """Yield patterns that have to be found, or must not be, which together are the one.

    RE2 cannot look ahead. Where all looking ahead is done from the start of the text, as rules for
    passwords do (`^(?=.*[0-9])(?=.*[a-z]).{8,}$`), each look is a search of its own.
    """
    rest = pattern.removeprefix("^")
    if rest == pattern or not _LOOK.match(rest) or _has_choice(rest):
        yield pattern, True
        return
    while look := _LOOK.match(rest):
        end = _end_of_group(rest)
        if end is None:
            break
        yield f"^(?:{rest[look.end() : end]})", look["kind"] == "="
        rest = rest[end + 1 :]
    yield f"^{rest}", True


def _token(found: re.Match[str], *, in_class: bool) -> str:
    group = str(found.lastgroup)
    if group == "space":
        return _space(found["space"], in_class=in_class)
    if in_class and group in {"all", "none", "open", "dot"}:
        # Within brackets these are letters, and the bracket that opens has to be written so.
        return found[0].replace("[", r"\[", 1)
    return WRITERS[group](found) if group in WRITERS else found[0]


def _space(kind: str, *, in_class: bool) -> str:
    if in_class:
        return SPACE if kind == "s" else r"\S"
    return f"[{SPACE}]" if kind == "s" else f"[^{SPACE}]"


def _pair(found: re.Match[str]) -> str:
    high, low = int(found["high"], 16), int(found["low"], 16)
    return rf"\x{{{0x10000 + ((high - 0xD800) << 10) + low - 0xDC00:x}}}"


def _property(found: re.Match[str]) -> str:
    return rf"\{found['kind']}{{{CATEGORIES.get(found['name'], found['name'])}}}"


def _escaped(found: re.Match[str]) -> str:
    # RE2 knows no escaped underscore, and letters beyond ASCII never need it.
    letter = found["escaped"]
    return letter if letter == "_" or not letter.isascii() else found[0]


WRITERS: Final[dict[str, Callable[[re.Match[str]], str]]] = {
    "low": _pair,
    "four": lambda found: rf"\x{{{found['four']}}}",
    "braced": lambda found: rf"\x{found['braced']}",
    "control": lambda found: rf"\x{{{ord(found['control']) % 32:x}}}",
    "name": _property,
    "escaped": _escaped,
    "all": lambda found: ANYTHING,
    "none": lambda found: NOTHING,
    "dot": lambda found: NOT_LINE_END,
}
"""By the last group of a token, what writes it for RE2."""


def _depths(pattern: str) -> Iterator[tuple[int, str, int]]:
    """Yield position, text and depth of brackets of every part outside of classes."""
    depth, in_class = 0, False
    for found in _TOKEN.finditer(pattern):
        if found.lastgroup == "open":
            in_class = True
        elif found.lastgroup == "close":
            in_class = False
        elif not in_class:
            depth += (found[0] == "(") - (found[0] == ")")
            yield found.start(), found[0], depth


def _has_choice(pattern: str) -> bool:
    return any(part == "|" and depth == 0 for _at, part, depth in _depths(pattern))


def _end_of_group(pattern: str) -> int | None:
    """Give where the group ends that the pattern begins with; None where it does not."""
    ends = (at for at, part, depth in _depths(pattern) if part == ")" and depth == 0)
    return next(ends, None)
