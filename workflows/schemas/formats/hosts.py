"""Names and numbers of hosts, and the addresses of people there."""

from __future__ import annotations

import re
import unicodedata
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final

import idna
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

LABEL: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
MAX_HOST: Final = 253
MAX_EMAIL: Final = 320

_email = EmailValidator()


def is_host(text: str) -> bool:
    """Whether the text is the name of a host, in ASCII; one dot may stand at the end."""
    labels = text.removesuffix(".").split(".")
    return len(text) <= MAX_HOST and all(_is_label(label) for label in labels)


def is_international_host(text: str) -> bool:
    """Whether the text is the name of a host, in any script that names may be written in."""
    if len(text) > MAX_HOST:
        return False
    try:
        idna.encode(text)
    except idna.IDNAError:
        return False
    return True


def is_ipv4(text: str) -> bool:
    """Whether the text is an address of four numbers, none with a zero in front."""
    try:
        IPv4Address(text)
    except AddressValueError:
        return False
    return True


def is_ipv6(text: str) -> bool:
    """Whether the text is an address of the longer kind, without the name of a network card."""
    try:
        IPv6Address(text)
    except AddressValueError:
        return False
    return "%" not in text


def is_email(text: str) -> bool:
    """Whether the text is an address that mail can be sent to."""
    try:
        _email(text)
    except ValidationError:
        return False
    return True


def is_international_email(text: str) -> bool:
    """Whether the text is an address that mail can be sent to, in any script."""
    person, _at, host = text.rpartition("@")
    if len(text) > MAX_EMAIL or not is_international_host(host):
        return False
    plain = "".join("x" if _is_foreign_letter(letter) else letter for letter in person)
    return is_email(f"{plain}@{idna.encode(host).decode('ascii')}")


def _is_label(text: str) -> bool:
    if LABEL.fullmatch(text) is None:
        return False
    # What is written for a name in another script has to stand for one.
    return text[2:4] != "--" or is_international_host(text)


def _is_foreign_letter(letter: str) -> bool:
    return not letter.isascii() and unicodedata.category(letter)[0] in "LMNS"
