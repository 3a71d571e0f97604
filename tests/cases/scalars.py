"""Draws texts and numbers that fit their rules, the odd among them more often than people do."""

from __future__ import annotations

import base64
import string
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from random import Random
from typing import Any, Final
from uuid import UUID

from workflows.schemas.patterns import found_in

NOTHING: Final = object()
"""What is drawn where nothing was found that fits."""

TEXTS: Final = (
    *("", " ", "a", "Ada", "two words", "Zoë – “quoted”", "<b>&amp;</b>", "</textarea>", "日本語"),
    *("null", "true", "0", "1e3", " leading", "trailing ", "one\ntwo", "\nfirst", "last\n", "a\tb"),
    *(
        "e\u0301",
        "😀",
        "\u202eright",
        "'",
        '"',
        "\\",
        "a,b;c",
        "{}",
        "[1]",
        "+49 30 1234",
        "#aabbcc",
    ),
)
# Samples for patterns that nobody inverts: digits, words, codes, telephones, names of files.
SAMPLES: Final = (
    *("1", "12", "123", "1234", "12345", "123456", "1234567", "12345678901", "555-1234", "10.50"),
    *("A", "AB", "ABC", "ABCD", "AB12", "A1", "abc", "abcd", "abcdef", "a1", "Abc", "ab-cd", "a_b"),
    *("a.b", "foo", "bar", "x@y.org", "http://example.org", "https://example.org/a", "12345-6789"),
    *("(555)555-5555", "123-456-7890", "+4930123456", "#aabbcc", "2026-02-28", "12:30", "1.2.3"),
    *(
        "file.txt",
        "/a/b",
        "key",
        "Key 1",
        "0x1f",
        "de",
        "de-DE",
        "$5",
        "100%",
        "S_x",
        "I_0",
        "a\nb",
    ),
)
ANY: Final = 10**6


def draw(random: Random, kind: str, rules: list[dict[str, Any]]) -> Any:
    """Give a value of a kind that is neither object nor array; NOTHING where none is found."""
    match kind:
        case "string":
            return _text(random, rules)
        case "integer" | "number":
            return _number(random, rules, whole=kind == "integer")
        case "boolean":
            return random.random() < 0.5
        case "null":
            return None
        case _:
            return NOTHING


def _text(random: Random, rules: list[dict[str, Any]]) -> Any:
    least = max((rule.get("minLength", 0) for rule in rules), default=0)
    most = min((rule.get("maxLength", ANY) for rule in rules), default=ANY)
    patterns = [rule["pattern"] for rule in rules if "pattern" in rule]
    formats = [rule["format"] for rule in rules if rule.get("format") in FORMATS]
    make = FORMATS[formats[0]] if formats else _words
    drawn = [make(random) for _try in range(4)]
    drawn = [*random.sample(SAMPLES, len(SAMPLES)), *drawn] if patterns else drawn
    if not patterns and not formats:
        drawn = [_cut(random, text, int(least), int(most)) for text in drawn]
    fitting = (
        text
        for text in drawn
        if least <= len(text) <= most and all(found_in(pattern, text) for pattern in patterns)
    )
    return next(fitting, NOTHING)


def _words(random: Random) -> str:
    return random.choice(TEXTS)


def _cut(random: Random, text: str, least: int, most: int) -> str:
    missing = least - len(text)
    return (text + "".join(random.choices(string.ascii_letters, k=max(missing, 0))))[:most]


def _number(random: Random, rules: list[dict[str, Any]], *, whole: bool) -> Any:
    steps = [Decimal(str(rule["multipleOf"])) for rule in rules if rule.get("multipleOf")]
    step = (
        steps[0]
        if steps
        else Decimal(1)
        if whole
        else random.choice([Decimal("0.01"), Decimal(1), Decimal("0.125"), Decimal("1e-9")])
    )
    if whole and step % 1:
        step = step * 1000 if not step * 1000 % 1 else Decimal(1)
    lowest = max((_bound(rule, "minimum", "exclusiveMinimum") for rule in rules), default=None)
    highest = min(
        (-_bound(rule, "maximum", "exclusiveMaximum", -1) for rule in rules), default=None
    )
    low = Decimal(-ANY) if lowest is None or lowest < -ANY else lowest
    high = low + 2 * ANY if highest is None or highest > 2 * ANY else highest
    first, last = -(-low // step), high // step
    if first > last:
        return NOTHING
    near = [first, last, Decimal(0), Decimal(1), first + 1, last - 1]
    near += [Decimal(random.randint(int(first), int(last)))] * 4
    number = random.choice([count for count in near if first <= count <= last]) * step
    is_whole = number == number.to_integral_value()
    return int(number) if is_whole and random.random() < 0.9 else float(number)


def _bound(rule: dict[str, Any], named: str, exclusive: str, sign: int = 1) -> Decimal:
    """Give the lower limit of a rule, or the upper one with its sign turned; strict ones shrink."""
    limit, strict = rule.get(named), rule.get(exclusive)
    found = [sign * Decimal(str(limit))] if limit is not None else []
    if strict is True and found:
        found = [found[0] + Decimal("0.5")]
    elif strict is not None and not isinstance(strict, bool):
        found.append(sign * Decimal(str(strict)) + Decimal("0.001"))
    return max(found, default=Decimal(-3 * ANY))


def _moment(random: Random) -> datetime:
    zone = timezone(timedelta(minutes=random.choice([0, 0, 60, -300, 345])))
    base = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=random.randint(-(10**9), 10**9))
    return base.astimezone(zone).replace(microsecond=random.choice([0, 0, 500_000, 123_456]))


def _clock(random: Random) -> str:
    moment = _moment(random).replace(tzinfo=None)
    text = moment.time().isoformat(random.choice(["auto", "minutes", "seconds"]))
    return text + random.choice(["", "", "Z", "+02:00"])


def _instant(random: Random) -> str:
    text = _moment(random).isoformat()
    return text.replace("+00:00", "Z") if random.random() < 0.7 else text


FORMATS: Final[dict[str, Callable[[Random], str]]] = {
    "color": lambda random: random.choice(["#ff00aa", "#AABBCC", "#abc"]),
    "data-url": lambda random: (
        "data:text/plain;name=a.txt;base64," + base64.b64encode(random.randbytes(12)).decode()
    ),
    "date": lambda random: _moment(random).date().isoformat(),
    "date-time": _instant,
    "email": lambda random: random.choice(["a@b.org", "x.y+z@example.co.uk"]),
    "hostname": lambda random: random.choice(["localhost", "a.example.org"]),
    "ipv4": lambda random: ".".join(str(random.randint(0, 255)) for _part in range(4)),
    "ipv6": lambda random: random.choice(["::1", "2001:db8::ff00:42:8329"]),
    "regex": lambda random: random.choice(["^a+$", "[0-9]{3}"]),
    "time": _clock,
    "uri": lambda random: random.choice(["https://example.org/a?b=c#d", "mailto:a@b.org"]),
    "url": lambda random: random.choice(["http://example.org", "https://e.org/%20"]),
    "uuid": lambda random: str(UUID(int=random.getrandbits(128))),
}
