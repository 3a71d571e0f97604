"""Which draft of JSON Schema a schema says that it is written in."""

from __future__ import annotations

import re
from typing import Any, Final

# Names as they are met: with http or https, with a # or / at the end, for the hyper-schema or not.
_NAME = re.compile(
    r"https?://json-schema\.org/(?:draft[-/]?(?P<draft>[0-9]{2}|20[12][0-9]-[0-9]{2})/)?"
    r"(?:hyper-)?schema/?#?/?"
)
_DIALECT: Final = "https://spec.openapis.org/oas/3.1/dialect/base"

NEWEST: Final = 2020
KNOWN: Final = {
    "03": 3,
    "04": 4,
    "05": 4,
    "06": 6,
    "07": 7,
    "2019-09": 2019,
    "2020-12": NEWEST,
}
"""Drafts by their names; 05 is 04, written down again."""


def draft_of(name: Any) -> int | None:
    """Give the draft that `$schema` names as a number that grows; None when nobody knows it."""
    if not isinstance(name, str):
        return None
    if name == _DIALECT:
        return NEWEST
    found = _NAME.fullmatch(name.strip())
    if found is None:
        return None
    # Without a number it was always the latest one.
    return KNOWN.get(found["draft"]) if found["draft"] else NEWEST
