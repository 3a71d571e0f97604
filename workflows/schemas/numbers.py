"""Numbers as they are written and divided: exact decimals, never binary fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django.utils import formats

Number = int | float | Decimal


def exact(number: Number) -> Fraction:
    """Give the number that the shortest way of writing it stands for: 0.1 is a tenth."""
    return Fraction(number) if isinstance(number, int) else Fraction(Decimal(str(number)))


def is_whole(number: Number) -> bool:
    """Whether a number has no decimals, however it is written: 1.0 has none."""
    if isinstance(number, Decimal):
        return number == number.to_integral_value()
    return isinstance(number, int) or number % 1 == 0


def compare(one: Number, other: Number) -> int:
    """Say whether one number is less than another (-1), the same (0) or more (1)."""
    if isinstance(one, Decimal) or isinstance(other, Decimal):
        one, other = exact(one), exact(other)  # type: ignore[assignment]
    return (one > other) - (one < other)


def is_multiple(number: Number, step: Number) -> bool:
    """Whether `number` is a whole number of steps; of no step, nothing is a multiple."""
    if isinstance(number, int) and isinstance(step, int):
        return bool(step) and number % step == 0
    return bool(step) and exact(number) % exact(step) == 0


def nearest_multiples(number: Number, step: Number) -> tuple[str, str]:
    """Give the multiples of `step` below and above `number`, as they are written."""
    size = exact(step)
    below = exact(number) // size * size
    return number_text(_decimal(below)), number_text(_decimal(below + size))


def number_text(number: Number) -> str:
    """Give the number as people here write it, with every digit and no separators of thousands."""
    plain = str(number) if isinstance(number, int) else format(Decimal(str(number)), "f")
    return plain.replace(".", str(formats.get_format("DECIMAL_SEPARATOR")))


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)
