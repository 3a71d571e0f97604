"""The pages of documentation, their links, and the anchors that links can lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.docs.blocks import ROOT

PAGES: Final = tuple(
    str(path.relative_to(ROOT)) for path in (*ROOT.glob("*.md"), *sorted(ROOT.glob("docs/**/*.md")))
)
LINK: Final = re.compile(r"\[((?:[^\[\]]|!\[[^\]]*\]\([^)]*\))*)\]\(([^)\s]+)\)")
CODE: Final = re.compile(r"^```.*?^```$|``.+?``|`[^`\n]+`", re.MULTILINE | re.DOTALL)
HEADING: Final = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)


@dataclass(frozen=True)
class Link:
    """One link of a page: its words, the file that it leads to, and the place in there."""

    words: str
    target: str
    path: Path
    anchor: str

    def __str__(self) -> str:
        return self.target


def text_of(page: str) -> str:
    """Read a page, named from the project's folder."""
    return (ROOT / page).read_text(encoding="utf-8")


def links_of(page: str) -> Iterator[Link]:
    """Find every link of a page that stays within the project; code has none."""
    for words, target in LINK.findall(CODE.sub(_without_links, text_of(page))):
        if not re.match(r"[a-z]+:", target):
            place, _hash, anchor = target.partition("#")
            path = (ROOT / page).parent / place if place else ROOT / page
            yield Link(words.replace("\\", ""), target, path.resolve(), anchor)


def anchors_of(page: Path) -> set[str]:
    """Name the places that links can lead to as GitHub does, after the headings of the page."""
    found: list[str] = []
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    for heading in HEADING.findall(text):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        name = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
        repeated = found.count(name)
        found += [name, f"{name}-{repeated}"] if repeated else [name]
    return {*found}


def _without_links(code: re.Match[str]) -> str:
    return code[0].replace("](", "] (")
