"""Addresses in any script as addresses in ASCII, which mean the same (RFC 3987, 3.1)."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

import idna
from django.utils.translation import gettext as _

from workflows.schemas.formats.addresses import IRI, WITH_HOST

MAPPED: Final = frozenset({"uri", "url", "uri-reference"})
"""Formats of addresses in ASCII."""
MAX_QUOTED: Final = 60


class Unmappable(ValueError):
    """An address that has none in ASCII; the message says to a person why."""


def uri_of(text: str) -> str:
    """Give an address in ASCII: hosts by IDNA, everything else percent-encoded.

    What is no address at all is given back for whoever checks it. Raises Unmappable.
    """
    if text.isascii():
        return text
    found = IRI.fullmatch(text)
    if found is None:
        raise Unmappable(_reason(text))
    host, before, after = found["host"] or "", 0, 0
    if not host.isascii() and (found["scheme"] or "http").lower() in WITH_HOST:
        before, after = found.span("host")
        host = _ascii_host(host)
    else:
        host = ""
    return _coded(text[:before]) + host + _coded(text[after:])


def _coded(text: str) -> str:
    return "".join(sign if sign.isascii() else quote(sign) for sign in text)


def _ascii_host(host: str) -> str:
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        named = _("“%(host)s” cannot be the name of a host.")
        raise Unmappable(named % {"host": host[:MAX_QUOTED]}) from None


def _reason(text: str) -> str:
    """Say which sign has no place in an address, if one has none."""
    for sign in text:
        if sign not in "%[]" and IRI.fullmatch(f"http://a/{sign}") is None:
            return _("“%(sign)s” cannot stand in an address.") % {"sign": sign}
    return _("Enter a valid URL.")
