"""Which texts have the format that they claim to have."""

from __future__ import annotations

import pytest

from workflows.schemas import validate

GOOD = {
    "date": ["2026-02-28", "2024-02-29", "0001-01-01"],
    "time": ["12:30", "12:30:59", "12:30:59.5", "12:30:59Z", "12:30:59+01:00"],
    "date-time": [
        "2026-02-28T12:30:00Z",
        "2026-02-28t12:30:00.123456789+01:00",
        "2026-02-28 12:30Z",
    ],
    "email": ["ana@example.org", "a.b+c@sub.example.org"],
    "uri": ["https://example.org/a?b#c", "http://example.org", "mailto:ana@example.org"],
    "uuid": ["01234567-89ab-cdef-0123-456789ABCDEF"],
    "ipv4": ["127.0.0.1"],
    "ipv6": ["::1", "2001:db8::1"],
    "hostname": ["example.org", "a-b.example"],
    "regex": ["^[a-z]+$"],
    "color": ["#fff", "#A0b1c2"],
    "no-such-format": ["anything"],
}
BAD = {
    "date": [
        "2026-02-29",
        "2026-2-1",
        "28.02.2026",
        "2026-02-28T00:00:00Z",
        "20260228",
        "٢٠٢٦-٠١-٠١",
    ],
    "time": ["24:00", "12:60", "12", "noon", "12:30:60"],
    "date-time": ["2026-02-28", "2026-02-28T12:30:00", "2026-02-30T12:30:00Z", "now"],
    "email": ["x@", "@", "ana", "ana@example.org\n"],
    "uri": [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "//example.org",
        "example.org",
        "http://",
        "http://[",
    ],
    "uuid": ["{01234567-89ab-cdef-0123-456789abcdef}", "0123456789abcdef0123456789abcdef", "x"],
    "ipv4": ["127.0.0.256", "127.0.0.01", "1"],
    "ipv6": ["::g", "fe80::1%eth0"],
    "hostname": ["-a.org", "a..b!", "a" * 300],
    "regex": ["(", "(?=a)"],
    "color": ["red", "#ffff", "#12345g"],
}


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, texts in GOOD.items() for t in texts])
def test_a_text_of_its_format_is_accepted(name: str, text: str) -> None:
    assert validate({"format": name}, text) == {}


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, texts in BAD.items() for t in texts])
def test_a_text_that_only_looks_like_its_format_is_refused(name: str, text: str) -> None:
    [message] = validate({"format": name}, text)[""]

    assert message.startswith("Enter a valid ")
    assert text not in message or len(text) == 1


def test_a_format_is_for_texts_only() -> None:
    assert validate({"format": "date"}, 7) == {}
