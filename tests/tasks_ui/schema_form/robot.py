"""A robot that fills in forms as a person does: it sees them, changes controls, presses buttons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import Browser
from tests.tasks_ui.schema_form.elements import Element, Page
from tests.tasks_ui.schema_form.sending import sanitised, successful

Look = tuple[str, ...]
"""All that can be seen of a form, in its order: texts, and what the controls hold."""

UNSEEN: Final = frozenset({"script", "style", "template", "datalist", "svg"})
LOOK_AGAIN: Final = "look"


@dataclass(frozen=True)
class Control:
    """One control that a person can change."""

    element: Element

    @property
    def name(self) -> str:
        """Give the name under which it is posted."""
        return self.element.get("name")

    @property
    def kind(self) -> str:
        """Give what it is: "text", "checkbox", "radio", "select", "date" and so on."""
        is_input = self.element.tag == "input"
        return self.element.get("type", "text").lower() if is_input else self.element.tag

    @property
    def is_box(self) -> bool:
        """Whether it is on or off."""
        return self.kind in {"checkbox", "radio"}

    @property
    def is_on(self) -> bool:
        """Whether it is ticked."""
        return "checked" in self.element.attributes

    @property
    def options(self) -> list[str]:
        """Give what can be chosen from a list that opens, as it is posted."""
        usable = (o for o in self.element.find("option") if "disabled" not in o.attributes)
        return [option.get("value") for option in usable]

    @property
    def shown(self) -> str:
        """Give what it holds, as a person sees it."""
        if self.is_box:
            return "on" if self.is_on else ""
        if self.kind == "select":
            return next(iter(self._chosen), "")
        return self.element.text.removeprefix("\n") if self.kind == "textarea" else self._value

    def fill(self, text: str) -> None:
        """Type a text instead of what is there, or choose an option."""
        if self.kind == "select":
            for option in self.element.find("option"):
                option.attributes.pop("selected", None)
                if option.get("value") == text:
                    option.attributes["selected"] = ""
        elif self.kind == "textarea":
            self.element.inside = [f"\n{text}"]
        else:
            self.element.attributes["value"] = sanitised(self.kind, text)

    def tick(self, on: bool = True) -> None:
        """Tick a box, or untick it; of radio buttons the others go out."""
        if self.kind == "radio":
            *_between, top = self.element.above
            for other in top.find("input"):
                if other.get("type") == "radio" and other.get("name") == self.name:
                    other.attributes.pop("checked", None)
        if on:
            self.element.attributes["checked"] = ""
        else:
            self.element.attributes.pop("checked", None)

    @property
    def _value(self) -> str:
        return sanitised(self.kind, self.element.get("value"))

    @property
    def _chosen(self) -> list[str]:
        options = list(self.element.find("option"))
        chosen = [option for option in options if "selected" in option.attributes]
        return [(option.text or option.get("value")) for option in (chosen[-1:] or options[:1])]


class Robot:
    """Somebody at a form.

    Attributes:
        form: the form as it came last from the server.
        root: the page, with everything that was changed in it since.
        given: what the form is made of.
    """

    def __init__(self, schema: Any, ui_schema: Any = None, stored: Any = None) -> None:
        self.given = {"schema": schema, "ui_schema": ui_schema, "stored": stored}
        self.show(SchemaForm(**self.given))

    @property
    def controls(self) -> list[Control]:
        """Give what can be changed, in the order of the page."""
        return [*controls_in(self.root)]

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """Give name and value of each button that changes the form, but for the one that looks."""
        pressable = (
            (button.get("name"), button.get("value"))
            for button in self.root.find("button")
            if button.get("type", "submit") == "submit" and "disabled" not in button.attributes
        )
        return [pair for pair in pressable if pair[1] != LOOK_AGAIN]

    @property
    def look(self) -> Look:
        """Give all that can be seen."""
        return tuple(_seen(self.root))

    @property
    def post(self) -> dict[str, list[str]]:
        """Give what a browser would post now."""
        posted: dict[str, list[str]] = {}
        for name, value in successful(self.root):
            posted.setdefault(name, []).append(value)
        return posted

    def control(self, name: str, value: str = "") -> Control:
        """Give the control of a name; of several the one that posts this value."""
        return next(
            one
            for one in self.controls
            if one.name == name and (not value or one.element.get("value") == value)
        )

    def fill(self, name: str, text: str) -> None:
        """Type into a field or choose from a list, and see what follows."""
        self.control(name).fill(text)
        self.follow()

    def tick(self, name: str, value: str = "", *, on: bool = True) -> None:
        """Tick a box or untick it, and see what follows."""
        self.control(name, value).tick(on)
        self.follow()

    def press(self, name: str, value: str) -> None:
        """Press a button that changes the form."""
        post = self.post
        post.setdefault(name, []).append(value)
        self.show(SchemaForm(**self.given, post=post, preview=True))

    def follow(self) -> None:
        """Look at the form again where it depends on what is filled in, as pages do at once."""
        if self.form.is_live:
            self.press("x", LOOK_AGAIN)

    def send(self) -> SchemaForm:
        """Give what the server makes of it when the form is submitted now."""
        return SchemaForm(**self.given, post=self.post)

    def show(self, form: SchemaForm) -> None:
        """Look at a form that came from the server."""
        self.form = form
        self.root = Page(form.render()).root


def controls_in(root: Element) -> Iterator[Control]:
    """Yield what can be changed: not what is hidden, and no files, which a robot does not have."""
    for element in root.find("input", "select", "textarea"):
        kind = element.get("type", "text").lower()
        is_for_people = kind not in {"hidden", "file"} and not element.is_in("template")
        if element.get("name") and is_for_people and "disabled" not in element.attributes:
            yield Control(element)


def _seen(element: Element) -> Iterator[str]:
    for part in element.inside:
        if isinstance(part, str):
            if text := " ".join(part.split()):
                yield text
        elif part.tag in UNSEEN or "hidden" in part.attributes or part.get("type") == "hidden":
            continue
        elif part.tag in {"input", "select", "textarea"}:
            control = Control(part)
            yield f"[{control.kind}: {control.shown}]"
        else:
            yield from _seen(part)


def untouched(schema: Any, ui_schema: Any, stored: Any) -> SchemaForm:
    """Give the form of what is stored, sent off as it is."""
    post = Browser(SchemaForm(schema, ui_schema, stored=stored).render()).post
    return SchemaForm(schema, ui_schema, stored=stored, post=post)
