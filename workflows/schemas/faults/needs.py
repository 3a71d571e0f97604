"""Alternatives that say no more than which properties must be filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

WORDS: Final = frozenset({"title", "description", "$comment"})

Needs = tuple[tuple[str, ...], ...]
"""What each alternative needs; empty for one that only says what must not be there."""


def needs_of(listed: Any) -> Needs | None:
    """Give what each of some alternatives needs; None where one of them says more than that."""
    if not isinstance(listed, list) or len(listed) < 2:
        return None
    needs = [_needed(part) for part in listed]
    found = tuple(names for names in needs if names is not None)
    return found if len(found) == len(needs) and any(found) else None


def bars(listed: Any) -> bool:
    """Whether one of such alternatives says what must not be there."""
    return isinstance(listed, list) and any("not" in part for part in listed)


def which_to_fill_in(needs: Sequence[Sequence[str]], *, only_one: bool) -> str:
    """Say which fields have to be filled in, by what they are called."""
    fields = _one_of(needs)
    words = _("Fill in either %(fields)s.") if only_one else _("Fill in %(fields)s.")
    return words % {"fields": fields}


def only_one_to_fill_in(needs: Sequence[Sequence[str]]) -> str:
    """Say that too much is filled in, by what the fields are called."""
    fields = _one_of(needs)
    return _("Fill in only %(fields)s.") % {"fields": fields}


def _needed(part: Any) -> tuple[str, ...] | None:
    if not isinstance(part, dict) or not part or part.keys() - WORDS - {"required", "not"}:
        return None
    names = part.get("required", [])
    if not isinstance(names, list) or not _is_about_names(part.get("not")):
        return None
    return tuple(dict.fromkeys(names)) if names or "not" in part else None


def _is_about_names(part: Any) -> bool:
    """Whether what must not hold, if anything, is only that names are there."""
    if part is None:
        return True
    if not isinstance(part, dict) or len(part) != 1:
        return False
    [(keyword, value)] = part.items()
    if keyword in {"anyOf", "oneOf", "allOf"}:
        return isinstance(value, list) and all(map(_is_about_names, value))
    return bool(keyword == "required")


def all_of(names: Sequence[str]) -> str:
    """Give names of fields that belong together as part of a sentence."""
    return _joined(names, _("%(first)s and %(last)s"))


def _one_of(needs: Sequence[Sequence[str]]) -> str:
    is_plain = all(len(names) < 2 for names in needs)
    words = _("%(first)s or %(last)s") if is_plain else _("%(first)s, or %(last)s")
    return _joined([all_of(names) for names in needs if names], words)


def _joined(names: Sequence[str], words: str) -> str:
    *first, last = names
    return words % {"first": ", ".join(first), "last": last} if first else last
