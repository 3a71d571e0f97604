"""Names and texts that nobody means well with."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from random import Random
from typing import Final

TEXTS: Final = (
    *(
        "",
        " ",
        "\t",
        "\n",
        "\r\n",
        "\x00",
        "a\x00b",
        "\ud800",
        "\udfff\ud800",
        "\ufeff",
        "\x1b[31m",
    ),
    *("null", "true", "false", "TRUE", "on", "undefined", "NaN", "Infinity", "-Infinity", "-0"),
    *("0", "1", "-1", "1.0", "1e3", "1e999", "-1e-999", "0x1f", "1_000", "\u0661", "\u00b2", "1,5"),
    *("1,234", "1.234,5", "\u22125", "9" * 400, "9" * 5_000, "0." + "1" * 300, "1e9999999999"),
    *("[]", "{}", '""', '"\\ud800"', '"\\u0000"', "[1e999]", "[" * 5_000, '{"a":' * 2_000, "[[]"),
    *('{"__proto__": 1}', '{"a": 1, "a": 2}', "[NaN]", "[" + "0," * 9_999 + "0]", '{"": {"": {}}}'),
    *(
        "2026-02-30",
        "0000-00-00",
        "2026-03-29T02:30",
        "9999-12-31T23:59:59",
        "24:00",
        "12:30+99:99",
    ),
    *("0001-01-01T00:00:00+14:00", "2026-02-28T12:30:00.1234567890Z", "99999-01-01", "12:60:61"),
    *("a" * 40 + "!", "a" * 5_000 + "!", "x@" + "y." * 2_000, "http://[::1", "javascript:alert(1)"),
    *(
        "'; DROP TABLE form; --",
        "</textarea><script>",
        "{{ 7*7 }}",
        "{% csrf_token %}",
        "%s%n",
        "${a}",
    ),
    *("\u202e", "e" + "\u0301" * 2_000, "😀" * 1_000, "ﷺ" * 500, "İ", "ß", "../../etc/passwd"),
    *("data:text/html;base64,####", "data:," + "a" * 3_000, "#ff", "#GGGGGG", "(" * 500, "(a+)+$"),
    *("=", "n1", "n", "n-1", "n\u00b2", "n" + "9" * 5_000, "a" * 300_000, "option 7", "\u2603"),
)
WAYS: Final = (
    *(
        "",
        "/",
        "//",
        "/-",
        "/0",
        "/1",
        "/n1",
        "/999999999",
        "/~",
        "/~+",
        "/~+n1",
        "/~2",
        "/__proto__",
    ),
    *(
        "/children",
        "/children/0",
        "/rows",
        "/rows/0/sku",
        "/map",
        "/pet",
        "/any",
        "/name",
        "/either",
    ),
    *(
        "/plain",
        "/plain/n1",
        "/deep",
        "/deep/n1/n1",
        "/free",
        "/pair/0",
        "/constructor",
        "/a" * 200,
    ),
)
LETTERS: Final = ("d", "r", "v", "v2", "v9", "k", "p", "s", "j", "x", "", "d/d", "start")
VERBS: Final = ("add", "del", "up", "down", "put", "cut", "look", "send", "", "ADD")
ROWS: Final = 10_000
MANY: Final = 2_000


def text(random: Random) -> str:
    """Give something to put into a field: odd, or a mix of letters from everywhere."""
    if random.random() < 0.8:
        return random.choice(TEXTS)
    letters = (random.randrange(sys.maxunicode + 1) for _letter in range(random.randint(1, 12)))
    return "".join(map(chr, letters))


def texts(random: Random) -> list[str]:
    """Give what is posted under one name: mostly one text, at times none or very many."""
    count = random.choice([1, 1, 1, 1, 1, 1, 2, 2, 0, 5])
    many = random.random() < 0.005
    return [text(random)] * MANY if many else [text(random) for _text in range(count)]


def way(random: Random, known: Sequence[str]) -> str:
    """Give a way to some value: one that the form has, one beside it, or any."""
    ways = [name[name.find("/") :] for name in known if "/" in name] or [""]
    parts = [random.choice(WAYS) for _part in range(random.randint(1, 3))]
    match random.randrange(4):
        case 0:
            return random.choice(ways)
        case 1:
            return random.choice(ways).rpartition("/")[0] + random.choice(WAYS)
        case 2:
            return random.choice(ways) + random.choice(WAYS)
        case _:
            return "".join(parts)


def name(random: Random, known: Sequence[str]) -> str:
    """Give the name of a field that may be there, or not."""
    if known and random.random() < 0.4:
        return random.choice(known)
    return random.choice(LETTERS) + way(random, known)


def row_keys(random: Random) -> list[str]:
    """Give what is posted as the keys of rows: doubled, odd, missing or far too many."""
    if random.random() < 0.01:
        return ["=", *(f"n{number}" for number in range(ROWS))]
    keys = ["0", "1", "n1", "n2", "n3", "01", "-1", "n", text(random)]
    drawn = random.choices(keys, k=random.randint(0, 6))
    return random.choice([["=", *drawn], ["=", *drawn], drawn, [*drawn, "="]])


def operation(random: Random, known: Sequence[str]) -> str:
    """Give what a button might post."""
    rows = [name for name in known if name.startswith("r")] or ["r/rows"]
    place = random.choice([random.choice(rows), name(random, known)])
    key = random.choice(["", " 0", " 1", " n1", f" {text(random)[:50]}"])
    return f"{random.choice(VERBS)} {place}{key}"
