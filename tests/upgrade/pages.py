"""What a browser has: its cookies, the pages it is sent, and the forms that stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any, TypedDict

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.tasks_ui.schema_form.elements import Element, Page
from tests.tasks_ui.schema_form.sending import successful

Fields = dict[str, list[str]]


class OpenForm(TypedDict):
    """A form that stands in somebody's browser: where it is sent, what of it is sent, its buttons.

    A button is called as it is written on it, and has the name and value that it adds.
    """

    who: str
    page: str
    action: str
    fields: Fields
    buttons: dict[str, tuple[str, str]]


class Tab:
    """One browser, in which forms are only accepted with their CSRF token."""

    def __init__(self, who: str, cookies: dict[str, str] | None = None) -> None:
        self.who = who
        self.client = Client(enforce_csrf_checks=True)
        for name, value in (cookies or {}).items():
            self.client.cookies[name] = value

    @property
    def cookies(self) -> dict[str, str]:
        """Give what the browser keeps."""
        return {name: one.value for name, one in self.client.cookies.items() if one.value}

    def read(self, page: str, status: int = 200) -> str:
        """Give the text of a page."""
        answer = self.client.get(page)
        assert answer.status_code == status, (page, answer.status_code, answer.content[:500])
        return answer.content.decode()

    def open(self, page: str, action: str, *, html: str = "", having: str = "") -> OpenForm:
        """Give the form of a page that is sent to an address that begins like this.

        Where there are several it is the first, or the first that has a field of a name.
        """
        root = Page(html or self.read(page)).root
        found = [
            form
            for form in root.find("form")
            if form.get("method") == "post"
            and (form.get("action") or page).startswith(action)
            and (not having or any(one.get("name") == having for one in form.find("input")))
        ]
        assert found, f"{page} has no form for {action}."
        fields: Fields = {}
        for name, value in (pair for part in _parts(root, found[0]) for pair in successful(part)):
            fields.setdefault(name, []).append(value)
        target = found[0].get("action") or page
        return {
            "who": self.who,
            "page": page,
            "action": target,
            "fields": fields,
            "buttons": dict(_buttons(found[0])),
        }

    def send(self, form: OpenForm, press: str = "", **filled: Any) -> Any:
        """Send a form with what is filled in, by pressing a button; a/b is written a__b."""
        return self.client.post(form["action"], filled_in(form, press, **filled)["fields"])

    def sign_in(self, password: str, page: str = "/sign-in/") -> Any:
        """Sign in as whose browser it is."""
        return self.send(self.open(page, "/sign-in/"), username=self.who, password=password)


def filled_in(form: OpenForm, press: str = "", **filled: Any) -> OpenForm:
    """Give a form as it is sent: with what is filled in, and the button that is pressed."""
    fields = {**form["fields"]}
    fields.update({name.replace("__", "/"): value for name, value in filled.items()})
    if press:
        name, value = form["buttons"][press]
        fields[name] = [value]
    return {**form, "fields": fields}


def _parts(root: Element, form: Element) -> list[Element]:
    """Give the form, and what belongs to it although it stands elsewhere."""
    name = form.get("id")
    away = [
        one for one in root.find("input", "select", "textarea") if name and one.get("form") == name
    ]
    outside = Element("")
    outside.inside = [*away]
    return [form, outside]


def _buttons(form: Element) -> Iterator[tuple[str, tuple[str, str]]]:
    for button in form.find("button"):
        label = "".join(part for part in button.inside if isinstance(part, str)).strip()
        if button.get("name") and "formaction" not in button.attributes:
            yield label, (button.get("name"), button.get("value"))


def paper(content: bytes) -> SimpleUploadedFile:
    """Give a file as a browser sends it."""
    return SimpleUploadedFile("paper.pdf", content, "application/pdf")


def asked_by(html: str, name: str) -> str:
    """Give the first address at which a page asks by itself, by its attribute's name."""
    found = re.search(rf'data-{name}="([^"]+)"', html)
    assert found is not None, f"The page does not ask for {name}."
    return unescape(found[1])


def words(html: str) -> str:
    """Give the text of a page in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
