"""HTML as a tree of elements, read by nothing but the standard library."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import Final

# Elements that have no end tag.
VOID: Final = frozenset(
    {"br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


@dataclass(eq=False)
class Element:
    """One element: its attributes, and the elements and texts inside it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: Element | None = None
    inside: list[Element | str] = field(default_factory=list)

    def get(self, name: str, default: str = "") -> str:
        """Give an attribute."""
        return self.attributes.get(name, default)

    def walk(self) -> Iterator[Element]:
        """Yield the element and every element inside it, in the order of the page."""
        yield self
        for child in self.children:
            yield from child.walk()

    def find(self, *tags: str) -> Iterator[Element]:
        """Yield the elements inside it that have one of these tags."""
        return (element for element in self.walk() if element.tag in tags and element is not self)

    @cached_property
    def labels(self) -> list[Element]:
        """Give the labels inside it, of which a long form has many."""
        return [*self.find("label")]

    @property
    def children(self) -> list[Element]:
        """Give the elements right inside it."""
        return [child for child in self.inside if isinstance(child, Element)]

    @property
    def above(self) -> Iterator[Element]:
        """Yield what the element is in, the nearest first."""
        element = self.parent
        while element is not None:
            yield element
            element = element.parent

    @property
    def text(self) -> str:
        """Give all its text."""
        return "".join(part if isinstance(part, str) else part.text for part in self.inside)

    def is_in(self, *tags: str) -> bool:
        """Whether it is somewhere inside such an element."""
        return any(element.tag in tags for element in self.above)

    def __str__(self) -> str:
        known = [f' {name}="{self.get(name)}"' for name in ("id", "name") if self.get(name)]
        return f"<{self.tag}{''.join(known)}>"


class Page(HTMLParser):
    """Reads a page; `root` is its tree, `faults` what no browser should have to mend."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.root = Element("")
        self.faults: list[str] = []
        self._open = self.root
        self.feed(html)
        self.close()
        if self._open is not self.root:
            self.faults.append(f"{self._open} is never closed")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Add an element, and go into it."""
        given = {name: value or "" for name, value in reversed(attrs)}
        element = Element(tag, given, self._open)
        if len(given) < len(attrs):
            self.faults.append(f"{element} has an attribute twice")
        self._open.inside.append(element)
        if tag not in VOID:
            self._open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Add an element of a drawing, which ends at once."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Go out of the element again."""
        if self._open.tag == tag and self._open.parent:
            self._open = self._open.parent
        else:
            self.faults.append(f"</{tag}> ends {self._open}")

    def handle_data(self, data: str) -> None:
        """Add text."""
        self._open.inside.append(data)
