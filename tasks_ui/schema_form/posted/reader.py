"""What was posted, and what was found out while it was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from tasks_ui.schema_form.posted import field_names
from tasks_ui.schema_form.posted.operations import Operation
from workflows.schemas import text_problem

MAX_TEXT: Final = 200_000
MAX_TEXTS: Final = 1_000
MAX_ROWS: Final = 500
MAX_NAME: Final = 1_000
MAX_CARRIED: Final = 500
MAX_CARRIED_TEXT: Final = 100_000
ROW: Final = re.compile(r"n?[0-9]{1,6}")
ASKED_FOR: Final = re.compile(
    f"[{field_names.VALUE}{field_names.UNSEEN}{field_names.ROWS}{field_names.KEY}"
    f"{field_names.PRESENT}](/|$)"
)
"""Begins the names that fields of a form have."""
CARRIED: Final = re.compile(
    f"[{field_names.VALUE}{field_names.ROWS}{field_names.KEY}{field_names.PRESENT}"
    f"{field_names.BEGAN}]/|{field_names.VARIANT}[0-9a-f]*(?:/|$)"
)


class Unreadable(Exception):
    """The text in a field stands for no value; `message` says what to write instead."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class Reading:
    """One reading of a post: the schema asks for names, names that nobody asks for are ignored.

    Attributes:
        operation: what a button did to the form, if one did.
        errors: what could not be read, per name of the field.
        typed: the texts as they were posted, per name, to be shown again.
        filled: the ways to the fields that show something, or did when they were new.
        values: what every place of the form has come to, per way.
    """

    def __init__(self, post: Mapping[str, Any]) -> None:
        self._post = post
        pressed = self._last(field_names.OPERATION)
        self.operation = Operation.of(pressed) if pressed else None
        self.is_judged = bool(self._last(field_names.JUDGED))
        self.errors: dict[str, str] = {}
        self.typed: dict[str, list[str]] = {}
        self.filled: set[str] = set()
        self.values: dict[str, Any] = {}
        self._asked: set[str] = set()
        self._forgotten: set[str] = set()
        self._listed_rows: dict[str, frozenset[str]] = {}

    @property
    def zone(self) -> str:
        """Give the name of the time zone in which moments were typed; empty in old pages."""
        return self._last(field_names.ZONE)

    @property
    def is_anew(self) -> bool:
        """Whether it was kept, and is shown anew."""
        return bool(self._last(field_names.ANEW))

    def has(self, name: str) -> bool:
        """Whether the field was in the form."""
        return name in self._post and name not in self._forgotten

    def texts(self, name: str) -> list[str] | None:
        """Give what was posted for a field; None when the field was not in the form.

        Raises Unreadable for what could be neither kept nor stored.
        """
        self._asked.add(name)
        if name not in self._post:
            return None
        texts = [_normal(text) for text in self._listed(name)]
        self.typed[name] = [showable(text) for text in texts]
        if len(texts) > MAX_TEXTS or sum(map(len, texts)) > MAX_TEXT:
            raise Unreadable(_("This is too long."))
        for text in texts:
            problem = text_problem(text)
            if problem:
                raise Unreadable(str(problem))
        return texts

    def began(self, way: str) -> str | None:
        """Give what the field there began with when it was posted; None where that was not said."""
        name = f"{field_names.BEGAN}{way}"
        self._asked.add(name)
        return _normal(self._last(name)) if name in self._post else None

    def held(self, name: str) -> list[str]:
        """Give what a field held, whatever it is worth."""
        return [_normal(text) for text in self._listed(name)] if self.has(name) else []

    def forget(self, name: str) -> None:
        """Take a field as one that was not in the form."""
        self._asked.add(name)
        self._forgotten.add(name)

    def rows(self, way: str) -> list[str] | None:
        """Give the keys of an array's rows in order; None when the array was not in the form."""
        name = f"{field_names.ROWS}{way}"
        self._asked.add(name)
        if name not in self._post and not self._adds_to(way):
            return None
        keys = [key for key in self._listed(name) if ROW.fullmatch(key)] if self.has(name) else []
        keys = list(dict.fromkeys(keys))
        self._listed_rows[way] = frozenset(keys)
        if len(keys) > MAX_ROWS:
            self.errors[f"{field_names.VALUE}{way}"] = _("There are too many rows.")
        keys = self.operation.on_rows(keys[:MAX_ROWS], way) if self.operation else keys
        return keys[:MAX_ROWS]

    def is_bare(self, way: str, key: str, inside: str) -> bool:
        """Whether a row was listed, and nothing inside it posted: our pages post more of a row."""
        return key in self._listed_rows.get(way, ()) and inside not in self._ways

    def line(self, name: str) -> str:
        """Give what was posted for a name that somebody gives; what cannot be stored is reported.

        The text is the one to be shown again.
        """
        self._asked.add(name)
        text = _normal(self._last(name))
        problem = text_problem(text) or (_("This is too long.") if len(text) > MAX_NAME else None)
        if problem:
            self.errors[name] = str(problem)
        return showable(text)[:MAX_NAME]

    def variant(self, name: str) -> str | None:
        """Give the alternative that was chosen; None when the choice was not in the form."""
        self._asked.add(name)
        return self._last(name) if name in self._post else None

    def is_present(self, way: str) -> bool | None:
        """Whether an optional object has been added; None when that was not in the form."""
        name = f"{field_names.PRESENT}{way}"
        self._asked.add(name)
        posted = self._last(name) == "1"
        after = self.operation.presence(way, posted) if self.operation else posted
        return after if name in self._post or after != posted else None

    def is_typed(self, way: str) -> bool:
        """Whether the field of the value there was posted with something in it."""
        return bool(self._last(f"{field_names.VALUE}{way}"))

    def has_any_in(self, way: str) -> bool:
        """Whether anything was posted for a field inside the group there."""
        return way in self._ways

    def has_something_in(self, way: str) -> bool:
        """Whether a field inside the group there shows something, or did when it was new."""
        return is_inside_any(way, self.filled)

    def has_error_in(self, way: str) -> bool:
        """Whether something there, or inside of it, could not be read."""
        places = (name[1:] for name in self.errors)
        return any(place == way or place.startswith(f"{way}/") for place in places)

    def unseen(self, letter: str) -> list[str]:
        """Give the names of fields that the page showed and the form does not ask for."""
        return [
            name
            for name in self._post
            if name.startswith(f"{letter}/")
            and name not in self._asked
            and name not in self._carried
        ]

    def was_seen(self, name: str) -> bool:
        """Whether the field was in the form, and not only carried along for other answers."""
        return self.has(name) and name not in self._carried

    def carried(self) -> Iterator[tuple[str, str]]:
        """Yield names and texts of what the form does not show now, to be there when it does.

        Not of what was removed, and no more than a form of usual size has.
        """
        left, room = MAX_CARRIED, MAX_CARRIED_TEXT
        for name in self._post:
            if not CARRIED.match(name) or name in self._asked:
                continue
            if self.operation and self.operation.removes(name):
                continue
            for text in self._listed(name):
                left, room = left - 1, room - len(name) - len(text)
                if left < 0 or room < 0:
                    return
                yield showable(name), showable(_normal(text))

    def unasked(self) -> Iterator[tuple[str, list[str]]]:
        """Yield what was posted as of a field that is not there: names, and texts to show."""
        for name in self._post:
            if ASKED_FOR.match(name) and name not in self._asked:
                yield showable(name), [showable(_normal(text)) for text in self._listed(name)]

    def former(self) -> Iterator[tuple[str, list[str]]]:
        """Yield what the post carries of fields that an earlier form had."""
        for name in self._post:
            if name.startswith(field_names.FORMER):
                yield showable(name), [showable(_normal(text)) for text in self._listed(name)]

    def is_shown_otherwise(self, name: str) -> bool:
        """Whether the form has something else in the place of a field."""
        way = name[1:]
        return any(one[1:] == way or one[1:].startswith(f"{way}/") for one in self._asked)

    @cached_property
    def _ways(self) -> frozenset[str]:
        """The ways to all that something was posted for, or for something inside of it."""
        ways: set[str] = set()
        for name in self._post:
            way = name[1:]
            while way and way not in ways:
                ways.add(way)
                way = way.rpartition("/")[0]
        return frozenset(ways)

    @cached_property
    def _carried(self) -> frozenset[str]:
        is_told = field_names.CARRIED in self._post
        return frozenset(self._listed(field_names.CARRIED) if is_told else ())

    def _adds_to(self, way: str) -> bool:
        operation = self.operation
        return operation is not None and operation.verb == "add" and operation.way == way

    def _last(self, name: str) -> str:
        listed = self._listed(name) if name in self._post else []
        return listed[-1] if listed else ""

    def _listed(self, name: str) -> list[str]:
        value = self._post.getlist(name) if isinstance(self._post, QueryDict) else self._post[name]
        return (
            [text for text in value if isinstance(text, str)]
            if isinstance(value, list)
            else [str(value)]
        )


def _normal(text: str) -> str:
    """Give the text with the line ends that it had before the browser sent it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_inside_any(way: str, others: Iterable[str]) -> bool:
    """Whether one of the other ways leads to something inside of what is there."""
    return any(other.startswith(f"{way}/") for other in others)


def showable(text: str) -> str:
    """Give the text as a page can hold it."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
