"""Draws the rooms of the code into docs/pictures/rooms.svg, and lists them in the architecture.

Which room stands above which is read from the layers in pyproject.toml, which `make check`
enforces; what a room is for is the first sentence of its docstring. With `--check` nothing is
written, and the command fails where a committed file differs.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from math import ceil
from pathlib import Path
from typing import Final, TypeAlias

from tasks_ui.graph.text import text_width

ROOT: Final = Path(__file__).resolve().parent.parent
PICTURE: Final = ROOT / "docs/pictures/rooms.svg"
PAGE: Final = ROOT / "docs/architecture.md"
TABLE: Final = re.compile(r"(?<=<!-- rooms -->\n).*(?=<!-- /rooms -->)", re.DOTALL)

WIDTH: Final = 830
"""About what GitHub leaves for a picture in a page."""
MARGIN: Final = 16
HEAD: Final = 74
GAP: Final = 8
PAD: Final = 10
NAME, WORDS = 13, 11
"""Sizes of type: of names, and of what is said about them."""
COLUMN: Final = 150
"""Where the words begin in a box as wide as the picture, so that they stand below each other."""
MOST_IN_LINE: Final = 4
MOST_LINES: Final = 3
LOW, LINE = 29, 14
"""Heights: of a box with one line, and of every further line."""

TITLE: Final = "The rooms of the code"
RULE: Final = "Code imports from the layers below its own, never from those above."
SIGNS: Final = "A box with a dashed edge is a single module; every other one is a package."
STYLE: Final = """\
text { font-family: system-ui, "Segoe UI", Helvetica, Arial, "DejaVu Sans", sans-serif; }
.title { font-size: 17px; font-weight: 600; }
.name { font-size: 13px; font-weight: 600; }
.title, .name { fill: #1d2433; }
.words { font-size: 11px; fill: #525b6b; }
.page { fill: #ffffff; stroke: #dfe3ea; }
.layer { fill: #eef1f6; }
.open { fill: #ffffff; stroke: #5b7bd5; }
.room, .module { fill: #ffffff; stroke: #b9c1cf; }
.module { stroke-dasharray: 4 3; }
@media (prefers-color-scheme: dark) {
  .title, .name { fill: #e8ebf2; }
  .words { fill: #a3acbd; }
  .page { fill: #12161d; stroke: #2b323e; }
  .layer { fill: #1e2530; }
  .open { fill: #151a22; stroke: #7f9cf0; }
  .room, .module { fill: #2a3240; stroke: #465164; }
}"""

Layers: TypeAlias = dict[str, list[list[str]]]
"""By what they divide ("" is everything), the layers from top to bottom, each with its rooms."""


@dataclass(frozen=True)
class Room:
    """A package or a module, and what its docstring says it is for."""

    name: str
    place: str
    sentence: str

    @property
    def label(self) -> str:
        """Its name among its neighbours."""
        return self.name.rpartition(".")[2]

    @property
    def is_module(self) -> bool:
        """Whether it is a single file."""
        return self.place.endswith(".py")

    @property
    def plain(self) -> str:
        """The sentence without the marks of code."""
        return self.sentence.replace("`", "")


def main() -> None:
    """Write both files, or say which of them differs from what the code is like."""
    parser = argparse.ArgumentParser(description="Draw and list the rooms of the code.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail on a difference")
    is_check = parser.parse_args().check
    stale = [path for path, text in wanted().items() if path.read_text(encoding="utf-8") != text]
    if is_check and stale:
        said = "; ".join(f"{path.relative_to(ROOT)} differs from the code" for path in stale)
        sys.exit(f"Error: {said}. Run `python -m scripts.draw_rooms`.")
    for path in stale:
        path.write_text(wanted()[path], encoding="utf-8")
        print(f"{path.relative_to(ROOT)} is written.")


def wanted() -> dict[Path, str]:
    """Return what the picture and the page should be."""
    layers = read_layers((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    page = PAGE.read_text(encoding="utf-8")
    return {PICTURE: picture(layers), PAGE: TABLE.sub(lambda _: table(layers), page)}


def read_layers(settings: str) -> Layers:
    """Take the layers out of the contracts; those without a container divide everything."""
    contracts = tomllib.loads(settings)["tool"]["importlinter"]["contracts"]
    return {
        container: [re.split(r"\s*[|:]\s*", layer) for layer in contract["layers"]]
        for contract in contracts
        if contract["type"] == "layers"
        for container in contract.get("containers", [""])
    }


def room(name: str) -> Room:
    """Find a room and read what it is for."""
    place = name.replace(".", "/")
    is_package = (ROOT / place).is_dir()
    path = ROOT / place / "__init__.py" if is_package else ROOT / f"{place}.py"
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    sentence = text.partition("\n")[0]
    return Room(name, f"{place}/" if is_package else f"{place}.py", sentence)


def rooms_in(layers: Layers, container: str) -> list[list[Room]]:
    """Return the layers of a container, each with its rooms in the order of their contract."""
    start = f"{container}." if container else ""
    return [[room(f"{start}{name}") for name in layer] for layer in layers[container]]


def table(layers: Layers) -> str:
    """List every room in the order of the picture, what is inside a room right after it."""
    lines = ["| room | what it is for |", "|---|---|"]
    for found in _all(layers, ""):
        # A bar would end the cell.
        sentence = found.sentence.replace("|", "\\|")
        lines.append(f"| [{found.name}](../{found.place}) | {sentence} |")
    return "\n".join(lines) + "\n"


def _all(layers: Layers, container: str) -> Iterator[Room]:
    for layer in rooms_in(layers, container):
        for found in layer:
            yield found
            if found.name in layers:
                yield from _all(layers, found.name)


def picture(layers: Layers) -> str:
    """Draw everything as SVG; the same contracts and docstrings always make the same text."""
    drawing = Drawing(layers)
    bottom = drawing.layers("", MARGIN, HEAD, WIDTH - 2 * MARGIN) - GAP + MARGIN
    root = 'xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc"'
    return "\n".join(
        [
            f'<svg {root} viewBox="0 0 {WIDTH} {bottom}" width="{WIDTH}" height="{bottom}">',
            f'<title id="title">{TITLE}</title>',
            f'<desc id="desc">{escape(_described(layers))}</desc>',
            f"<style>\n{STYLE}\n</style>",
            _rect("page", 0, 0, WIDTH, bottom),
            _text("title", MARGIN, 28, TITLE),
            _text("words", MARGIN, 46, RULE),
            _text("words", MARGIN, 61, SIGNS),
            *drawing.parts,
            "</svg>\n",
        ]
    )


def _described(layers: Layers) -> str:
    """Say what the picture shows, for those who do not see it."""
    said = [RULE]
    for container in layers:
        rows = "; ".join(", ".join(layer) for layer in layers[container])
        said.append(f"{container or 'The whole'}, from top to bottom: {rows}.")
    return " ".join(said)


class Drawing:
    """Draws from top to bottom; every method takes its place and answers where the next one is."""

    def __init__(self, layers: Layers) -> None:
        self.contracts = layers
        self.parts: list[str] = []

    def layers(self, container: str, x: int, y: int, width: int) -> int:
        """Draw all layers inside a container below each other."""
        for layer in rooms_in(self.contracts, container):
            y = self._layer(layer, x, y, width) + GAP
        return y

    def _layer(self, layer: list[Room], x: int, y: int, width: int) -> int:
        """Draw a layer; what takes more than one line is held together by a background."""
        if len(layer) == 1:
            return self._alone(layer[0], x, y, width)
        if len(layer) <= MOST_IN_LINE and not any(found.name in self.contracts for found in layer):
            return self._line(layer, x, y, width)
        background = len(self.parts)
        top, inside = y, width - 2 * PAD
        y += PAD
        for line in _lines([found for found in layer if found.name not in self.contracts]):
            y = self._line(line, x + PAD, y, inside) + GAP
        for found in layer:
            if found.name in self.contracts:
                y = self._open(found, x + PAD, y, inside) + GAP
        bottom = y - GAP + PAD
        self.parts.insert(background, _rect("layer", x, top, width, bottom - top))
        return bottom

    def _alone(self, found: Room, x: int, y: int, width: int) -> int:
        """Draw the only room of a layer, as wide as the layer, its words beside its name."""
        if found.name in self.contracts:
            return self._open(found, x, y, width)
        self._box(found, x, y, width, LOW, [_words_beside(found, x, y + 19, width)])
        return y + LOW

    def _open(self, found: Room, x: int, y: int, width: int) -> int:
        """Draw a room with the layers inside it."""
        place = len(self.parts)
        bottom = self.layers(found.name, x + PAD, y + 36, width - 2 * PAD) - GAP + PAD
        words = _words_beside(found, x, y + 23, width)
        self._box(found, x, y, width, bottom - y, [words], at=place)
        return bottom

    def _line(self, line: list[Room], x: int, y: int, width: int) -> int:
        """Draw boxes of one size beside each other, what is said in them below their names."""
        each = (width - GAP * (len(line) - 1)) // len(line)
        said = [_caption(found.plain, each - 24) for found in line]
        height = LOW + LINE * max(map(len, said)) + 1
        for number, (found, words) in enumerate(zip(line, said, strict=True)):
            left = x + number * (each + GAP)
            # What is left of the division goes to the last, so that the edges are in line.
            own = x + width - left if number == len(line) - 1 else each
            texts = [_text("name", left + 12, y + 19, found.label)]
            texts += [
                _text("words", left + 12, y + 19 + LINE * (row + 1), text)
                for row, text in enumerate(words)
            ]
            self._box(found, left, y, own, height, texts)
        return y + height

    def _box(
        self,
        found: Room,
        x: int,
        y: int,
        width: int,
        height: int,
        texts: list[str],
        at: int | None = None,
    ) -> None:
        is_open = found.name in self.contracts
        kind = "open" if is_open else "module" if found.is_module else "room"
        lines = [
            f"<g><title>{escape(f'{found.name}: {found.plain}')}</title>",
            _rect(kind, x, y, width, height),
            *texts,
            "</g>",
        ]
        self.parts.insert(len(self.parts) if at is None else at, "\n".join(lines))


def _lines(rooms: list[Room]) -> Iterator[list[Room]]:
    """Divide rooms into as few lines as they fit in, of about the same number each."""
    lines = ceil(len(rooms) / MOST_IN_LINE)
    for number in range(lines):
        yield rooms[number * len(rooms) // lines : (number + 1) * len(rooms) // lines]


def _words_beside(found: Room, x: int, baseline: int, width: int) -> str:
    name = _text("name", x + 12, baseline, found.label)
    fits = text_width(found.plain, WORDS) <= width - COLUMN - 12
    words = found.plain if fits else _clause(found.plain)
    return f"{name}\n{_text('words', x + COLUMN, baseline, words)}"


def _caption(sentence: str, limit: int) -> list[str]:
    """Break the sentence into a few lines, or else its beginning; none where neither fits."""
    for words in (sentence, _clause(sentence)):
        lines = _wrapped(words, limit)
        if len(lines) <= MOST_LINES:
            # As narrow as they can be without another line, so that no word is left alone.
            narrower = (_wrapped(words, each) for each in range(limit // 2, limit, 4))
            return next((one for one in narrower if len(one) == len(lines)), lines)
    return []


def _wrapped(text: str, limit: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer, WORDS) <= limit:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _clause(sentence: str) -> str:
    """Return what comes before the first comma, colon or semicolon."""
    return re.split(r"[:;,]", sentence, maxsplit=1)[0]


def _text(role: str, x: int, baseline: int, text: str) -> str:
    return f'<text class="{role}" x="{x}" y="{baseline}">{escape(text)}</text>'


def _rect(role: str, x: int, y: int, width: int, height: int) -> str:
    at = f'x="{x}.5" y="{y}.5" width="{width - 1}" height="{height - 1}"'
    return f'<rect class="{role}" {at} rx="6"/>'


if __name__ == "__main__":
    main()
