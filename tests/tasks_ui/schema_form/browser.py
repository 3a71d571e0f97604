"""What a browser would make of a form: what it posts untouched, and what is wrong for readers."""

from __future__ import annotations

from functools import cached_property

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.accessibility import problems_of
from tests.tasks_ui.schema_form.elements import Element, Page
from tests.tasks_ui.schema_form.sending import successful


class Browser:
    """Reads a form as a browser does; `post` is what it sends while no button is pressed."""

    def __init__(self, html: str) -> None:
        page = Page(html)
        self.root = page.root
        self._faults = page.faults
        self.post: dict[str, list[str]] = {}
        for name, value in successful(page.root):
            self.post.setdefault(name, []).append(value)

    @cached_property
    def problems(self) -> list[str]:
        """Give what a reader of the page would stumble over."""
        return [*self._faults, *problems_of(self.root)]

    @property
    def ids(self) -> set[str]:
        """Give every id of the page."""
        return {element.get("id") for element in self.root.walk()} - {""}

    @property
    def mentioned(self) -> set[str]:
        """Give the ids of what explains a control or suggests values for it."""
        return {
            name
            for element in self.root.walk()
            for attribute in ("aria-describedby", "list")
            for name in element.get(attribute).split()
        }

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """Give name and value of each button that can be pressed."""
        return [
            (button.get("name"), button.get("value"))
            for button in self.root.find("button")
            if button.get("type", "submit") == "submit" and "disabled" not in button.attributes
        ]

    def pressing(self, name: str, value: str) -> dict[str, list[str]]:
        """Give what is posted by pressing a button."""
        return self.post | {name: [*self.post.get(name, []), value]}


def untouched(form: SchemaForm) -> dict[str, list[str]]:
    """Give what a browser posts when nobody touches the form; it has to be readable for all."""
    browser = Browser(form.render())
    assert browser.problems == []
    return browser.post


def alternatives(form: SchemaForm, name: str) -> dict[str, str]:
    """Give what stands for each alternative of a choice, by what it is called."""
    selects = Browser(form.render()).root.find("select")
    options = next(each for each in selects if each.get("name") == name).find("option")
    return {option.text: option.get("value") for option in options}


def chosen(form: SchemaForm) -> dict[str, str]:
    """Give what is chosen in each choice between alternatives, by the name of the choice."""
    selects = (each for each in Browser(form.render()).root.find("select"))
    return {
        each.get("name"): next(o.text for o in each.find("option") if _is_on(o, each))
        for each in selects
        if each.get("name").startswith("v")
    }


def _is_on(option: Element, select: Element) -> bool:
    options = list(select.find("option"))
    return option is next((o for o in options if "selected" in o.attributes), options[0])
