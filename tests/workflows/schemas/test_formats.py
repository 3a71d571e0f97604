"""Which texts have the format that they claim to have."""

from __future__ import annotations

import pytest

from workflows.schemas import validate
from workflows.schemas.formats import CHECKS

LONG = "a" * 63

GOOD = {
    "date": ["2026-02-28", "2024-02-29", "0001-01-01"],
    "time": ["12:30", "12:30:59", "12:30:59.5", "12:30:59Z", "12:30:59+01:00"],
    "date-time": [
        "2026-02-28T12:30:00Z",
        "2026-02-28t12:30:00.123456789+01:00",
        "2026-02-28 12:30Z",
    ],
    "duration": ["P1Y2M3DT4H5M6S", "PT0S", "P4W", "P1D", "PT36H", "P0D"],
    "email": ["ana@example.org", "a.b+c@sub.example.org", "a@[127.0.0.1]"],
    "idn-email": ["ana@example.org", "실례@실례.테스트", "zoë@exämple.org"],
    "hostname": ["example.org", "a-b.example", "localhost", "1.example", "xn--4ca.example", LONG],
    "idn-hostname": ["example.org", "실례.테스트", "l·l.example", "münchen.example"],
    "ipv4": ["127.0.0.1", "255.255.255.255"],
    "ipv6": ["::1", "2001:db8::1", "::ffff:192.0.2.1"],
    "uri": [
        "https://example.org/a?b#c",
        "http://intranet/",
        "http://ana:secret@example.org:8080/%7E",
        "http://[2001:db8::7]/c",
        "mailto:ana@example.org?subject=a",
        "ftp://example.org/a",
        "tel:+1-816-555-1212",
        "urn:isbn:0451450523",
    ],
    "uri-reference": ["/a/b?c", "../a", "#a", "", "//example.org/a", "a:b", "./a:b"],
    "iri": ["https://exämple.org/straße?ü#ü"],
    "iri-reference": ["/straße", "#ü", "https://exämple.org/"],
    "uri-template": ["http://example.org/{a}/{+b*}{?c,d:3}", "", "/a%20b", "{a.b}"],
    "url": ["https://example.org/"],
    "uuid": ["01234567-89ab-cdef-0123-456789ABCDEF"],
    "json-pointer": ["", "/", "/a~1b/~0/0", "/é\n"],
    "relative-json-pointer": ["0", "1/a", "2#", "10/~0"],
    "regex": ["^[a-z]+$", r"\d", "^(?=a)ab"],
    "color": ["#fff", "#A0b1c2"],
    "data-url": ["data:,", "data:text/plain;name=a.txt;base64,YQ==", "data:text/plain,a%20b"],
    "data-uri": ["data:image/png;base64,iVBORw0KGgo="],
    "phone": ["+49 (0)30 1234-567", "112", "(555) 123.4567 ext. 12", "tel:+1-816-555-1212"],
    "tel": ["030/12345"],
    "no-such-format": ["anything"],
}
BAD = {
    "date": [
        "2026-02-29",
        "2026-2-1",
        "28.02.2026",
        "2026-02-28T00:00:00Z",
        "20260228",
        "2026-W01-1",
        "٢٠٢٦-٠١-٠١",
    ],
    "time": ["24:00", "12:60", "12", "noon", "12:30:60", "12:30:00+24:00", "12:30:00+00:60"],
    "date-time": [
        "2026-02-28",
        "2026-02-28T12:30:00",
        "2026-02-30T12:30:00Z",
        "2026-02-28T12:30:60Z",
        "now",
    ],
    "duration": ["P", "PT", "P1", "1D", "P1DT", "P1S", "P1D1Y", "P1W1D", "P-1D", "P১D", "pt1s"],
    "email": ["x@", "@", "ana", "ana@example.org\n", "a b@example.org", "ana@a@example.org"],
    "idn-email": ["x@", "실례", "a b@실례.테스트", "a\u2028@example.org"],
    "hostname": [
        "-a.org",
        "a..b",
        "a_b",
        "a" * 64,
        f"{LONG}.{LONG}.{LONG}.{LONG}",
        "",
        "xn--x",
        "é",
    ],
    "idn-hostname": ["", ".", "-a", "a·l", "\u0300a", "a b", "https://example.org"],
    "ipv4": ["127.0.0.256", "127.0.0.01", "1", "127.0.0.1 ", "١.0.0.1"],
    "ipv6": ["::g", "fe80::1%eth0", "1::2::3", "[::1]"],
    "uri": [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "vbscript:a",
        "data:text/html,a",
        "file:///etc/passwd",
        "//example.org",
        "example.org",
        "http://",
        "http:///a",
        "http://[",
        "http://[::g]/",
        "http://a b/",
        "http://a/%zz",
        "http://a/é",
        "http://a:port/",
        "http://a/\n",
    ],
    "uri-reference": ["\\\\server\\share", "#a\\b", "javascript:alert(1)", ":a", "é"],
    "iri": ["straße", "http://2001:db8::1/", "https://exämple.org/ "],
    "iri-reference": ["\\\\server\\ë", "#\\"],
    "uri-template": ["{", "{a", "a}", "{}", "{a,}", "{$a}", "{a:0}", "a b", "<a>"],
    "url": ["example.org"],
    "uuid": [
        "{01234567-89ab-cdef-0123-456789abcdef}",
        "0123456789abcdef0123456789abcdef",
        "01234567-89ab-cdef-0123-456789abcde",
        "x",
    ],
    "json-pointer": ["a", "#", "#/a", "/~", "/~2", "0"],
    "relative-json-pointer": ["", "/a", "01", "-1", "+1", "0##", "1a"],
    "regex": ["(", "a(?=b)", r"(a)\1"],
    "color": ["red", "#ffff", "#12345g", "fff", "#fff\n"],
    "data-url": ["", "text", "data:text/plain", "data:;base64,a", "data:a b,c"],
    "data-uri": ["https://example.org/a.png"],
    "phone": ["", "12", "call me", "+", "1234 5678 9012 3456 7890 1234 5678 9012 3456 7890"],
    "tel": ["a", "<script>"],
}


def test_every_format_has_good_and_bad_examples() -> None:
    assert GOOD.keys() - {"no-such-format"} == BAD.keys() == CHECKS.keys()


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, texts in GOOD.items() for t in texts])
def test_a_text_of_its_format_is_accepted(name: str, text: str) -> None:
    assert validate({"format": name}, text) == {}


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, texts in BAD.items() for t in texts])
def test_a_text_that_only_looks_like_its_format_is_refused(name: str, text: str) -> None:
    [message] = validate({"format": name}, text)[""]

    assert message.startswith("Enter a valid ")
    assert text not in message or len(text) < 4


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_no_text_takes_long_or_breaks_a_check(name: str) -> None:
    for text in (
        "a" * 50_000,
        "a." * 25_000,
        "1" * 50_000,
        "{a" * 25_000,
        "[" * 50_000,
        "@:/" * 9_999,
    ):
        CHECKS[name](text)
        CHECKS[name](f"http://{text}")


def test_a_format_is_for_texts_only() -> None:
    assert validate({"format": "date"}, 7) == {}
