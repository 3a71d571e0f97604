"""Addresses in any script become those in ASCII that browsers make of them, or are told why not."""

from __future__ import annotations

import re

import pytest

from workflows.schemas import validate
from workflows.schemas.formats.addresses import is_uri_reference
from workflows.schemas.formats.mapping import Unmappable, uri_of


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("https://example.org/straße", "https://example.org/stra%C3%9Fe"),
        ("https://example.org/a?ü=ä&b=%C3%A4", "https://example.org/a?%C3%BC=%C3%A4&b=%C3%A4"),
        ("https://example.org/#日本", "https://example.org/#%E6%97%A5%E6%9C%AC"),
        ("https://exämple.org:8443/a", "https://xn--exmple-cua.org:8443/a"),
        ("https://日本。jp/道", "https://xn--wgv71a.jp/%E9%81%93"),
        ("HTTPS://STRASSE.Österreich/ÄB", "HTTPS://strasse.xn--sterreich-z7a/%C3%84B"),
        ("http://änne:pä@exämple.org/", "http://%C3%A4nne:p%C3%A4@xn--exmple-cua.org/"),
        ("mailto:ä@exämple.org", "mailto:%C3%A4@ex%C3%A4mple.org"),
        ("/straße?a", "/stra%C3%9Fe?a"),
        ("//exämple.org/a", "//xn--exmple-cua.org/a"),
        ("https://example.org/😀", "https://example.org/%F0%9F%98%80"),
        ("https://example.org/A\u030a", "https://example.org/A%CC%8A"),
        ("https://example.org/%7E?a=%20", "https://example.org/%7E?a=%20"),
        ("no address", "no address"),
    ],
)
def test_an_address_means_the_same_in_ascii(written: str, stored: str) -> None:
    assert uri_of(written) == stored
    assert uri_of(stored) == stored
    assert written == "no address" or is_uri_reference(stored)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("https://☃.net/", "“☃.net” cannot be the name of a host."),
        ("https://ex_ä.org/", "“ex_ä.org” cannot be the name of a host."),
        ("https://ä／b.org/", "“ä／b.org” cannot be the name of a host."),
        ("https://example.org/\ufdd0", "“\ufdd0” cannot stand in an address."),
        ("https://example.org/ä b", "“ ” cannot stand in an address."),
        ("ä:b%", "Enter a valid URL."),
    ],
)
def test_what_has_no_address_in_ascii_is_told_why(written: str, reason: str) -> None:
    with pytest.raises(Unmappable, match=f"^{re.escape(reason)}$"):
        uri_of(written)

    assert validate({"format": "uri"}, written) == {"": [reason]}


def test_data_that_no_form_wrote_are_told_how_to_write_it() -> None:
    told = "Enter a valid URL. In ASCII, this one is https://example.org/%C3%A4."

    assert validate({"format": "uri"}, "https://example.org/ä") == {"": [told]}
    assert validate({"format": "iri"}, "https://example.org/ä") == {}
