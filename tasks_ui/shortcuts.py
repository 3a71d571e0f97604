"""The keys and what they do, declared once for pages, scripts, settings and the sheet of keys."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Act:
    """What a single key does; `key` is the one it has unless a person chooses another."""

    name: str
    key: str
    label: Promise


ACTS: Final = (
    Act("down", "j", gettext_lazy("next in the list")),
    Act("up", "k", gettext_lazy("previous in the list")),
    Act("open", "o", gettext_lazy("open")),
    Act("back", "u", gettext_lazy("back to the list")),
    Act("next", "n", gettext_lazy("next task")),
    Act("select", "x", gettext_lazy("select, with Shift all up to here")),
    Act("approve", "a", gettext_lazy("approve, or the first button")),
    Act("reject", "r", gettext_lazy("reject")),
    Act("claim", "c", gettext_lazy("claim or release")),
    Act("ask", "i", gettext_lazy("ask somebody")),
    Act("hand_over", "m", gettext_lazy("hand over")),
    Act("snooze", "h", gettext_lazy("put off")),
    Act("undo", "z", gettext_lazy("undo")),
    Act("find", "/", gettext_lazy("find")),
    Act("go", "g", gettext_lazy("go to a list, with its letter")),
    Act("actions", ".", gettext_lazy("everything that can be done here")),
    Act("help", "?", gettext_lazy("all keys")),
)
LETTERS: Final = {
    "mine": "m",
    "team": "t",
    "waiting": "w",
    "snoozed": "s",
    "done": "d",
    "all": "l",
    "closed": "c",
}
"""What leads to each list after the key of `go`."""

NUMBERS: Final = "123456789"
WRITTEN: Final = frozenset("LPSN")
"""Letters, punctuation, symbols and numbers, by the first letter of their Unicode category."""

BEYOND_ONE_SIGN: Final = 0x10000
"""From here on, what one types is two signs to a browser."""


class Keys(dict[str, str]):
    """The key of each act for one person, in the order of ACTS; empty where there is none."""

    @classmethod
    def of(cls, chosen: Mapping[str, str]) -> Keys:
        """Give the keys of a person who has chosen these; the standard gives way to them."""
        taken = {*chosen.values()}
        standard = {act.name: "" if act.key in taken else act.key for act in ACTS}
        return cls({name: str(chosen.get(name, key)) for name, key in standard.items()})

    @property
    def as_json(self) -> str:
        """Give the keys as scripts read them."""
        return json.dumps(self)

    @property
    def sheet(self) -> list[tuple[str, Promise]]:
        """Give every key that does something, with what it does."""
        return [(self[act.name], act.label) for act in ACTS if self[act.name]]


def differences(chosen: Mapping[str, str]) -> dict[str, str]:
    """Give what is worth keeping of these keys: those that are not the standard."""
    return {act.name: chosen[act.name] for act in ACTS if chosen[act.name] != act.key}


def fault(key: str) -> str:
    """Say why this can be no key, or nothing where it can."""
    if not key:
        return ""
    if len(key) > 1:
        return _("Type one key only: a letter or a sign.")
    if key in NUMBERS:
        return _("The numbers press the buttons that decide.")
    if unicodedata.category(key)[0] not in WRITTEN or ord(key) >= BEYOND_ONE_SIGN:
        return _("This cannot be typed with one key.")
    return ""


def clashes(chosen: Mapping[str, str]) -> dict[str, str]:
    """Give, for each act whose key another has too, the words that say which."""
    labels = {act.name: act.label for act in ACTS}
    return {
        name: _("%(key)s already stands for “%(act)s”.")
        % {"key": key.upper(), "act": labels[rival]}
        for name, key in chosen.items()
        for rival in chosen
        if key and rival != name and chosen[rival] == key
    }


def outcome_keys(tones: Sequence[str], keys: Mapping[str, str]) -> list[str]:
    """Give the keys of each button: of approving or rejecting, if it does, and its number.

    Where no button is marked as good, the first that is not marked as bad approves.
    """
    good = [at for at, tone in enumerate(tones) if tone == "good"]
    plain = [at for at, tone in enumerate(tones) if tone != "bad"]
    bad = [at for at, tone in enumerate(tones) if tone == "bad"]
    letters = dict.fromkeys((good or plain)[:1], keys["approve"])
    letters |= dict.fromkeys(bad[:1], keys["reject"])
    numbers = dict(enumerate(NUMBERS))
    return [f"{letters.get(at, '')} {numbers.get(at, '')}".strip() for at in range(len(tones))]
