"""Numbers as they are written and divided: exact decimals, never binary fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.utils import formats

Number = int | float | Decimal

MOST_DECIMALS: Final = 6
"""A step with more of them is no unit that people count in."""


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


def decimals_of(step: Any) -> int:
    """Give how many decimals multiples of a step have: 2 of 0.01 and of 0.25; 0 for any."""
    if not isinstance(step, int | float | Decimal) or isinstance(step, bool):
        return 0
    exponent = Decimal(str(step)).normalize().as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    return places if 0 < places <= MOST_DECIMALS else 0


def padded_text(number: Number, step: Any) -> str:
    """Give the number as `number_text` does, with the decimals of its step: 3480.50 of 0.01."""
    if isinstance(number, int) or is_whole(number):
        return number_text(number)
    exponent = Decimal(str(number)).as_tuple().exponent
    missing = decimals_of(step) + exponent if isinstance(exponent, int) else 0
    return number_text(number) + "0" * missing


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)
