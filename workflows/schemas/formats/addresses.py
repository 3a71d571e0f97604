"""Addresses of things: URIs (RFC 3986), IRIs (RFC 3987) and templates of them (RFC 6570)."""

from __future__ import annotations

import re
from typing import Final

from workflows.schemas.formats.hosts import is_ipv6

UNSAFE: Final = frozenset({"data", "file", "javascript", "vbscript"})
"""What runs or reads something when it is followed is no address, whatever the grammar says."""
WITH_HOST: Final = frozenset({"ftp", "http", "https", "ws", "wss"})

_PLAIN: Final = r"A-Za-z0-9._~!$&'()*+,;=\-"
_FOREIGN: Final = r"\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U000efffd"
_PRIVATE: Final = r"\ue000-\uf8ff\U000f0000-\U0010fffd"
_CODED: Final = "%[0-9A-Fa-f]{2}"


def _grammar(foreign: str, private: str) -> re.Pattern[str]:
    # Each part ends at a letter that it cannot hold, so that nothing is ever gained by going back.
    path = f"(?:[{_PLAIN}{foreign}:@/]++|{_CODED})*+"
    rest = f"(?:[{_PLAIN}{foreign}:@/?]++|{_CODED})*+"
    query = f"(?:[{_PLAIN}{foreign}{private}:@/?]++|{_CODED})*+"
    person = f"(?:[{_PLAIN}{foreign}:]++|{_CODED})*+"
    name = f"(?:[{_PLAIN}{foreign}]++|{_CODED})*+"
    number = r"\[(?P<number>[^\[\]/?#@]*)\]"
    return re.compile(
        rf"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?"
        rf"(?P<authority>//(?:{person}@)?(?P<host>{number}|{name})(?::[0-9]*)?(?=[/?#]|\Z))?"
        rf"(?P<path>{path})(?:\?{query})?(?:#{rest})?"
    )


URI: Final = _grammar("", "")
IRI: Final = _grammar(_FOREIGN, _PRIVATE)
FUTURE: Final = re.compile(rf"[vV][0-9A-Fa-f]+\.[{_PLAIN}:]+")

_NAME: Final = (
    rf"(?:[A-Za-z0-9_]|{_CODED})(?:\.?(?:[A-Za-z0-9_]|{_CODED}))*(?::[1-9][0-9]{{0,3}}|\*)?"
)
TEMPLATE: Final = re.compile(
    rf"(?:[^\x00-\x20\x7f\"%<>\\^`{{|}}]|{_CODED}|\{{[+#./;?&=,!@|]?{_NAME}(?:,{_NAME})*\}})*"
)


def is_uri(text: str) -> bool:
    """Whether the text is a whole address, which nothing happens upon but being fetched."""
    return _is_whole(URI.fullmatch(text))


def is_iri(text: str) -> bool:
    """Whether the text is a whole address, in any script."""
    return _is_whole(IRI.fullmatch(text))


def is_uri_reference(text: str) -> bool:
    """Whether the text is an address, or the part of one that leads there from somewhere else."""
    return _is_reference(URI.fullmatch(text))


def is_iri_reference(text: str) -> bool:
    """Whether the text is an address or a part of one, in any script."""
    return _is_reference(IRI.fullmatch(text))


def is_uri_template(text: str) -> bool:
    """Whether the text is an address with places in braces to be filled in."""
    return TEMPLATE.fullmatch(text) is not None


def _is_whole(found: re.Match[str] | None) -> bool:
    return found is not None and bool(found["scheme"]) and _is_reference(found)


def _is_reference(found: re.Match[str] | None) -> bool:
    if found is None:
        return False
    scheme, host, number, path = (found[name] for name in ("scheme", "host", "number", "path"))
    scheme = (scheme or "").lower()
    if scheme in UNSAFE or (scheme in WITH_HOST and not host):
        return False
    if number is not None and not (is_ipv6(number) or FUTURE.fullmatch(number)):
        return False
    # Two slashes at the front would begin a host, and a colon before any slash a scheme.
    is_clear = found["authority"] is not None or not path.startswith("//")
    return is_clear and (
        bool(scheme) or found["authority"] is not None or ":" not in path.split("/")[0]
    )
