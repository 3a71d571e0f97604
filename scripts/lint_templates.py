"""Checks templates for what the security policy, htmx 4 and the readers of a page refuse."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

COMMENT: Final = re.compile(r"{#.*?#}|{%\s*comment\b.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)
TRANSLATED: Final = re.compile(r"{%\s*blocktranslate\b.*?endblocktranslate\s*%}", re.DOTALL)
CSRF_TOKEN: Final = re.compile(r"{%\s*csrf_token\s*%}")
TAG: Final = re.compile(r"{%.*?%}", re.DOTALL)
VARIABLE: Final = re.compile(r"{{.*?}}", re.DOTALL)
UNESCAPED: Final = re.compile(r"\|\s*safe(seq)?\b|{%\s*autoescape\s+off")
WORD: Final = re.compile(r"[^\W\d_]{2,}")

NOT_IN_HTMX_4: Final = frozenset(
    {
        *(
            "hx-disabled-elt",
            "hx-disinherit",
            "hx-ext",
            "hx-history",
            "hx-history-elt",
            "hx-inherit",
        ),
        *("hx-params", "hx-request", "hx-vars"),
    }
)
SPOKEN_ATTRIBUTES: Final = frozenset({"alt", "aria-label", "placeholder", "title"})
NOT_SPOKEN: Final = frozenset({"code", "kbd", "script", "style"})
NAMES: Final = frozenset({"Signoff"})


class Page(HTMLParser):
    """Reads one template as HTML and collects what is wrong with it."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[tuple[int, str]] = []
        self.silent: list[str] = []
        self.unprotected: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Check one element."""
        attributes = {name: value or "" for name, value in attrs}
        for fault in (*faults_of_element(tag, attributes), *faults_of_attributes(attributes)):
            self.fault(fault)
        match tag:
            case "form" if attributes.get("method", "").lower() == "post":
                self.unprotected.append(self.getpos()[0])
            case "csrf-token" if self.unprotected:
                self.unprotected.pop()
            case _ if tag in NOT_SPOKEN:
                self.silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()
        if tag == "form" and self.unprotected:
            line = self.unprotected.pop()
            self.faults.append((line, "a form that posts needs {% csrf_token %}"))

    def handle_data(self, data: str) -> None:
        """Check text: everything that a person reads is translated."""
        words = set(WORD.findall(data)) - NAMES
        if words and not self.silent:
            line = self.getpos()[0] + data[: len(data) - len(data.lstrip())].count("\n")
            self.faults.append((line, f"{data.strip()[:40]!r} is not in {{% translate %}}"))

    def fault(self, text: str) -> None:
        """Note a fault at the element that is being read."""
        self.faults.append((self.getpos()[0], text))


def faults_of_element(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    """Say what is wrong with the element as a whole."""
    match tag:
        case "style":
            yield "no inline style: the policy blocks it"
        case "script" if "src" not in attributes and attributes.get("type") != "application/json":
            yield "no inline script: the policy blocks it"
        case "button" if "type" not in attributes:
            yield "a button needs its type"
        case "img" if "alt" not in attributes:
            yield "an image needs alt, empty where it only decorates"


def faults_of_attributes(attributes: dict[str, str]) -> Iterator[str]:
    """Say what is wrong with single attributes."""
    for name, value in attributes.items():
        if name == "style":
            yield "no style attribute: the policy blocks it"
        if name.startswith(("on", "hx-on")):
            yield f"no {name}: the policy blocks code in attributes"
        if value.strip().lower().startswith(("js:", "javascript:")):
            yield f"no code in {name}: the policy blocks it"
        if name.partition(":")[0] == "hx-trigger" and "[" in value:
            yield "no filter in hx-trigger: htmx would compile it, which the policy blocks"
        if name.partition(":")[0] in NOT_IN_HTMX_4:
            yield f"{name} does nothing in htmx 4"
        if name in SPOKEN_ATTRIBUTES and set(WORD.findall(value)) - NAMES:
            yield f"{name} is not in {{% translate %}}"


def faults(source: str) -> list[tuple[int, str]]:
    """Give the line and the text of every fault in a template."""
    page = Page()
    page.feed(as_html(source))
    page.close()
    found = [
        (source[: match.start()].count("\n") + 1, "no unescaped output: mark_safe where it is made")
        for match in UNESCAPED.finditer(source)
    ]
    return sorted(page.faults + found)


def as_html(source: str) -> str:
    """Take Django's tags out of a template, every line staying where it was."""
    for pattern in (COMMENT, TRANSLATED):
        source = pattern.sub(_only_lines, source)
    source = CSRF_TOKEN.sub("<csrf-token>", source)
    source = VARIABLE.sub("·", TAG.sub(_only_lines, source))
    return source


def _only_lines(match: re.Match[str]) -> str:
    return "\n" * match.group().count("\n")


def main() -> None:
    """Check the files named on the command line."""
    found = [
        f"{name}:{line}: {text}"
        for name in sys.argv[1:]
        for line, text in faults(Path(name).read_text(encoding="utf-8"))
    ]
    sys.exit("\n".join(found) or 0)


if __name__ == "__main__":
    main()
