"""Patterns are read as the web reads them, and never take longer than the text is long."""

from __future__ import annotations

import pytest

from workflows.schemas import check_schema, validate

PASSWORD = r"^(?=.*[A-Z])(?=.*\d)(?!.*\s)[\w|-]{4,}$"


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        ("^abc$", "abc", "abc\n"),
        (r"^\d+$", "123", "٣"),
        (r"^\w+$", "a_1", "é"),
        (r"^\s\S$", "\u00a0a", "a "),
        (r"^[\s,]+$", "\ufeff,\u2003", "a"),
        (r"^\u00e9$", "é", "e"),
        (r"^\u{1F600}$", "\U0001f600", "a"),
        (r"^\ud83d\ude00$", "\U0001f600", "a"),
        (r"^\cA$", "\x01", "A"),
        (r"^\p{Script=Greek}\p{Letter}$", "αb", "ab"),
        (r"^\P{L}$", "1", "a"),
        (r"^[\w-\.]+A$", "a-.A", "a"),
        (r"^\_\é\/$", "_é/", "a"),
        ("^a.b$", "a\x85b", "a\u2028b"),
        ("^[.][[]$", ".[", "a["),
        ("^[^]$", "\n", ""),
        ("^[]?a$", "a", "]a"),
        ("^(?<year>[0-9]{4})$", "2026", "26"),
        (PASSWORD, "aB1|", "ab1|"),
        (PASSWORD, "A123", "A12"),
        (PASSWORD, "A1_-", "A1 _-"),
        (r"^(?!(?:admin|root)$)[a-z]+$", "adminx", "admin"),
        (r"^(?=[)]|\))\)$", ")", "a"),
        ("b", "abc", "ac"),
    ],
)
def test_a_pattern_means_what_it_means_on_the_web(pattern: str, matching: str, other: str) -> None:
    schema = {"pattern": pattern}

    assert check_schema(schema) == []
    assert validate(schema, matching) == {}
    assert validate(schema, other) == {"": ["Enter a valid value."]}


@pytest.mark.parametrize(
    "pattern", ["(", "a(?=b)", "(?<=a)b", r"(a)\1", "^(?=a)b|c", "^(?=a", "^(?=(?=a))b", "[z-a]"]
)
def test_what_no_linear_search_can_do_is_refused(pattern: str) -> None:
    assert check_schema({"pattern": pattern})[0].pointer == "/pattern"
    assert validate({"format": "regex"}, pattern) == {"": ["Enter a valid pattern."]}
