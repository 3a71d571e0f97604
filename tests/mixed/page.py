"""Reads a form as a person does: what fields are called, what can be chosen, what is filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Final

from tests.tasks_ui.schema_form.elements import Element, Page
from tests.tasks_ui.schema_form.sending import successful

BOX: Final = {"Yes": "ticked", "No": ""}
"""What stands in the place of a box that was something else before."""
GONE: Final = "(no longer offered)"
"""Said of what was chosen and is no option any more."""


@dataclass
class Field:
    """One field that is in sight: how it is posted, and what is chosen or written in it.

    Attributes:
        options: what can be chosen, by its words; empty where one writes.
    """

    title: str
    name: str
    kind: str
    options: dict[str, str] = field(default_factory=dict)
    filled: list[str] = field(default_factory=list)

    @property
    def seen(self) -> str:
        """Say what whoever looks at it reads there."""
        if self.kind == "tick":
            return "ticked" if self.filled else ""
        if self.options:
            words = {wire: BOX.get(label, label) for label, wire in self.options.items()}
            return ", ".join(sorted(words[one] for one in self.filled if one))
        return "".join(self.filled)

    @property
    def is_at_fault(self) -> bool:
        """Whether what stands there, or nothing, is what nobody would send."""
        is_no_number = self.kind == "number" and not self.seen.isdigit()
        return not self.seen or is_no_number or GONE in self.seen

    def fill_in(self, random: Random) -> None:
        """Choose or write something."""
        offered = [wire for label, wire in self.options.items() if wire and GONE not in label]
        match self.kind:
            case "tick":
                self.filled = random.choice(([], ["true"]))
            case "checkbox":
                self.filled = random.sample(offered, random.randint(1, len(offered)))
            case "radio" | "select":
                self.filled = [random.choice(offered)]
            case "number":
                self.filled = [str(random.randint(1, 10**6))]
            case "date":
                self.filled = [f"2027-{random.randint(1, 12):02}-{random.randint(1, 28):02}"]
            case _:
                self.filled = [f"words{random.randint(1, 10**9)}"]


class OpenForm:
    """The form of a page that is sent to an address."""

    def __init__(self, html: str, action: str) -> None:
        root = Page(html).root
        self.html = html
        self.form = next(
            one
            for one in root.find("form")
            if one.get("method") == "post" and one.get("action").startswith(action)
        )
        self.action = self.form.get("action")
        self._labels = {one.get("for"): _called(one) for one in root.find("label")}
        self.fields = self._fields()
        shown = {one.name for one in self.fields}
        self.unseen = [(name, value) for name, value in successful(self.form) if name not in shown]
        self.hidden = [
            (one.get("name"), one.get("value"))
            for one in self.form.find("input")
            if one.get("type") == "hidden" and one.get("name") in shown
        ]
        self.buttons = {
            _own_text(one): (one.get("name"), one.get("value"))
            for one in self.form.find("button")
            if "formaction" not in one.attributes and one.get("name") in {"outcome", ""}
        }

    @property
    def seen(self) -> dict[str, str]:
        """Say what is filled in, by the titles of the fields."""
        return {one.title: one.seen for one in self.fields if one.seen}

    def post(self, button: str) -> list[tuple[str, str]]:
        """Give what a browser sends when a button is pressed."""
        chosen = [(one.name, text) for one in self.fields for text in one.filled]
        pressed = self.buttons[button]
        return [*self.unseen, *self.hidden, *chosen, *([pressed] if pressed[0] else [])]

    def _fields(self) -> list[Field]:
        found: dict[str, Field] = {}
        for one in self.form.find("input", "select", "textarea"):
            name, kind = one.get("name"), _kind(one)
            if not name.startswith("d/") or kind == "hidden":
                continue
            if kind in {"radio", "checkbox"}:
                self._add_choice(found, one, kind)
                continue
            made = found[name] = Field(self._labels[one.get("id")], name, kind)
            if kind == "select":
                options = [*one.find("option")]
                made.options = {option.text.strip(): option.get("value") for option in options}
                made.filled = [o.get("value") for o in options if "selected" in o.attributes]
            else:
                text = one.text.removeprefix("\n") if kind == "textarea" else one.get("value")
                made.filled = [text] if _is_valid(kind, text) else []
        return [*found.values()]

    def _add_choice(self, found: dict[str, Field], one: Element, kind: str) -> None:
        name, around = one.get("name"), next(one.above)
        legend = next((a for a in one.above if a.tag == "fieldset"), None)
        label = self._labels[one.get("id")] or around.text.strip()
        if legend is None or "field--check" in around.get("class"):
            made = found.setdefault(name, Field(label, name, "tick"))
        else:
            title = _called(next(legend.find("legend")))
            made = found.setdefault(name, Field(title, name, kind))
            made.options[label] = one.get("value")
        if "checked" in one.attributes:
            made.filled = (
                [*made.filled, one.get("value")] if kind == "checkbox" else [one.get("value")]
            )


def _kind(element: Element) -> str:
    if element.get("inputmode") == "numeric":
        return "number"
    return element.get("type", "text") if element.tag == "input" else element.tag


def _is_valid(kind: str, text: str) -> bool:
    """Whether a browser shows it: a field for a day shows nothing else."""
    return bool(text) and (kind != "date" or text.count("-") == 2)


def _called(element: Element) -> str:
    """Give the words of a label, without what is said beside them."""
    named = next(element.find("bdi"), None)
    return (named or element).text.strip()


def _own_text(element: Element) -> str:
    return "".join(part for part in element.inside if isinstance(part, str)).strip()
