"""The `format`s that are checked, strictly; a format that is not named here says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator

from workflows.schemas.patterns import PatternError, compile_pattern

DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CLOCK: Final = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"
OFFSET: Final = r"(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
TIME: Final = re.compile(f"{CLOCK}{OFFSET}?")
MOMENT: Final = re.compile(f"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[Tt ]{CLOCK}{OFFSET}")
COLOR: Final = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
HOST: Final = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.?)+")
SCHEMES: Final = frozenset({"http", "https", "mailto"})
MAX_HOST: Final = 253

_email = EmailValidator()
_url = URLValidator(schemes=["http", "https"])


def is_date(text: str) -> bool:
    """Whether the text is a day of the calendar: 2026-02-28."""
    return DATE.fullmatch(text) is not None and _reads(date.fromisoformat, text)


def is_time(text: str) -> bool:
    """Whether the text is a time of day, with or without seconds and offset."""
    return TIME.fullmatch(text) is not None and _reads(time.fromisoformat, _short(text))


def is_moment(text: str) -> bool:
    """Whether the text is a moment: a day, a time and the offset that makes them unambiguous."""
    return MOMENT.fullmatch(text) is not None and _reads(datetime.fromisoformat, _short(text))


def is_email(text: str) -> bool:
    """Whether the text is an address that mail can be sent to."""
    return _passes(_email, text)


def is_uri(text: str) -> bool:
    """Whether the text is an address that is safe to make a link of."""
    try:
        scheme = urlsplit(text).scheme
    except ValueError:
        return False
    if scheme not in SCHEMES:
        return False
    return is_email(text.partition(":")[2]) if scheme == "mailto" else _passes(_url, text)


def is_uuid(text: str) -> bool:
    """Whether the text is a UUID in its usual form, with hyphens."""
    return len(text) == 36 and _reads(UUID, text) and str(UUID(text)) == text.lower()


def is_host(text: str) -> bool:
    """Whether the text is the name of a host."""
    return len(text) <= MAX_HOST and HOST.fullmatch(text) is not None


def is_pattern(text: str) -> bool:
    """Whether the text is a regular expression that RE2 can use."""
    return _reads(compile_pattern, text)


def is_color(text: str) -> bool:
    """Whether the text is a colour as CSS writes it with a hash."""
    return COLOR.fullmatch(text) is not None


CHECKS: Final[dict[str, Callable[[str], bool]]] = {
    "date": is_date,
    "time": is_time,
    "date-time": is_moment,
    "email": is_email,
    "idn-email": is_email,
    "uri": is_uri,
    "url": is_uri,
    "iri": is_uri,
    "uuid": is_uuid,
    "ipv4": lambda text: _reads(IPv4Address, text),
    "ipv6": lambda text: "%" not in text and _reads(IPv6Address, text),
    "hostname": is_host,
    "regex": is_pattern,
    "color": is_color,
}


def _reads(read: Callable[[str], Any], text: str) -> bool:
    try:
        read(text)
    except (ValueError, AddressValueError, PatternError):
        return False
    return True


def _passes(validator: Callable[[str], None], text: str) -> bool:
    try:
        validator(text)
    except ValidationError:
        return False
    return True


def _short(text: str) -> str:
    """Give the same moment with at most six digits of a second, as many as Python reads."""
    return re.sub(r"(\.[0-9]{6})[0-9]+", r"\1", text.upper())
