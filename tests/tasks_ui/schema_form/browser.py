"""What a browser would make of a form: what it posts untouched, and what is wrong for readers."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

from tasks_ui.schema_form import SchemaForm

VISIBLE = frozenset({"input", "select", "textarea"})


class Browser(HTMLParser):
    """Reads the fields of a form as a browser does; `post` is what it sends."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.post: dict[str, list[str]] = {}
        self.ids: Counter[str] = Counter()
        self.labels: set[str] = set()
        self.controls: set[str] = set()
        self.mentioned: set[str] = set()
        self._area: str | None = None
        self._text = ""
        self._list: str | None = None
        self._chosen: list[str] = []
        self._offered: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read one element."""
        given = {name: value or "" for name, value in attrs}
        self.ids[given.get("id", "")] += 1
        self.mentioned.update(
            given.get("aria-describedby", "").split(), given.get("list", "").split()
        )
        if tag == "label":
            self.labels.add(given.get("for", ""))
        if tag in VISIBLE and given.get("type") != "hidden":
            self.controls.add(given.get("id", ""))
        match tag:
            case "input":
                self._input(given)
            case "textarea":
                self._area, self._text = given["name"], ""
            case "select":
                self._list, self._chosen, self._offered = given["name"], [], []
            case "option" if self._list:
                self._offered.append(given.get("value", ""))
                self._chosen += [given.get("value", "")] if "selected" in given else []

    def handle_data(self, data: str) -> None:
        """Read text."""
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        """Send what is complete."""
        if tag == "textarea" and self._area:
            # A browser drops the first line end and sends the others in its own way.
            self._send(self._area, self._text.removeprefix("\n").replace("\n", "\r\n"))
        elif tag == "select" and self._list:
            self._send(self._list, [*self._offered[:1], *self._chosen][-1])
            self._list = None

    @property
    def problems(self) -> list[str]:
        """Give what a reader of the page would stumble over."""
        ids = {name: n for name, n in self.ids.items() if name}
        return [
            *(f"{name} is there {n} times" for name, n in ids.items() if n > 1),
            *(f"{name or 'a control'} has no label" for name in self.controls - self.labels),
            *(f"{name} is mentioned and not there" for name in self.mentioned - ids.keys()),
        ]

    def _input(self, given: dict[str, str]) -> None:
        if given.get("type") in {"checkbox", "radio"}:
            if "checked" in given:
                self._send(given["name"], given.get("value", "on"))
        else:
            self._send(given["name"], given.get("value", ""))

    def _send(self, name: str, text: str) -> None:
        self.post.setdefault(name, []).append(text)


def untouched(form: SchemaForm) -> dict[str, list[str]]:
    """Give what a browser posts when nobody touches the form; it has to be readable for all."""
    browser = Browser(form.render())
    assert browser.problems == []
    return browser.post
