"""Files as text: data URLs (RFC 2397), and references to stored files, which are such URLs too."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, unquote, unquote_to_bytes
from uuid import UUID

DATA_URL: Final = re.compile(
    r"data:(?P<type>[\w.+-]+/[\w.+-]+)?(?P<parameters>(?:;[\w.!#$&^+-]+=[^;,\s]*)*)"
    r"(?P<base64>;base64)?,(?P<payload>[!-~]*)",
    re.ASCII | re.IGNORECASE,
)
BASE64: Final = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
DEFAULT_TYPE: Final = "text/plain"
ID: Final = "attachment"
"""The parameter that makes a data URL a reference."""


@dataclass(frozen=True)
class DataURL:
    """A file that is written out as text."""

    media_type: str
    name: str
    content: bytes


@dataclass(frozen=True)
class FileReference:
    """What is in the data where a form asked for a file: which attachment, and what it is.

    Its text is a data URL without content, so that it is what a schema with `"format": "data-url"`,
    or with a pattern for the media type, wants to see.
    """

    id: UUID
    name: str
    media_type: str
    size: int

    @property
    def text(self) -> str:
        """Give the value that is stored in the data."""
        name = quote(self.name, safe="")
        return f"data:{self.media_type};name={name};size={self.size};{ID}={self.id};base64,"

    @classmethod
    def of(cls, value: Any) -> FileReference | None:
        """Read a value of the data; None for everything but a reference, as it was written."""
        if not isinstance(value, str) or f";{ID}=" not in value:
            return None
        match = DATA_URL.fullmatch(value)
        if match is None:
            return None
        said = _parameters(match)
        try:
            found = cls(
                UUID(said[ID]), unquote(said["name"]), match["type"] or "", int(said["size"])
            )
        except (KeyError, ValueError):
            return None
        return found if found.text == value else None


def is_data_url(text: str) -> bool:
    """Whether the text is a data URL that can be decoded."""
    match = DATA_URL.fullmatch(text)
    return match is not None and (
        not match["base64"] or BASE64.fullmatch(unquote(match["payload"])) is not None
    )


def decode(text: str) -> DataURL | None:
    """Give the file that a data URL contains; None for any other text."""
    match = DATA_URL.fullmatch(text)
    if match is None:
        return None
    payload = unquote_to_bytes(match["payload"])
    try:
        content = b64decode(payload, validate=True) if match["base64"] else payload
    except binascii.Error:
        return None
    name = unquote(_parameters(match).get("name", ""))
    return DataURL(match["type"] or DEFAULT_TYPE, name, content)


def references(data: Any) -> Iterator[tuple[str, FileReference]]:
    """Yield every reference in the data, each with the JSON Pointer to where it is."""
    waiting: list[tuple[str, Any]] = [("", data)]
    while waiting:
        pointer, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [(f"{pointer}/{_escaped(str(name))}", part) for name, part in value.items()]
        elif isinstance(value, list):
            waiting += [(f"{pointer}/{number}", part) for number, part in enumerate(value)]
        elif (found := FileReference.of(value)) is not None:
            yield pointer, found


def _parameters(match: re.Match[str]) -> dict[str, str]:
    pairs = (part.partition("=") for part in match["parameters"].split(";")[1:])
    return {name.lower(): value for name, _, value in pairs}


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
