"""Amounts in texts: a number and its sign or unit stay on one line."""

from __future__ import annotations

import re
from typing import Any, Final

from django import template

register = template.Library()

SPACE: Final = "\N{NO-BREAK SPACE}"
BEFORE: Final = re.compile(r"([€$£¥₹]|\b(?:EUR|USD|GBP|CHF)) (?=[\d-])")
BEHIND: Final = re.compile(r"(?<=\d) (?=[€%‰°]|(?:EUR|USD|GBP|CHF|[mck]?m|k?g|h|min|[kMG]B)\b)")


@register.filter
def unbroken(text: Any) -> str:
    """Keep what is counted together with the number: € 3,480.50, 160 cm."""
    return BEHIND.sub(SPACE, BEFORE.sub(rf"\1{SPACE}", str(text)))
