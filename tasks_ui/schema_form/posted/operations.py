"""What a button does to a form that is not submitted: add, move and remove parts, or look again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tasks_ui.schema_form.posted.field_names import PAIR, PRESENT, ROWS

VERBS: Final = frozenset({"add", "del", "up", "down", "put", "cut", "look"})


@dataclass(frozen=True)
class Operation:
    """One press of such a button; `way` is where, `key` which row."""

    verb: str
    way: str = ""
    key: str = ""

    @classmethod
    def of(cls, text: str) -> Operation:
        """Read what a button posts; what makes no sense only looks again."""
        verb, _, rest = text.partition(" ")
        where, _, key = rest.rpartition(" ") if verb in {"del", "up", "down"} else (rest, "", "")
        return cls(verb, where[1:], key) if verb in VERBS else cls("look")

    def on_rows(self, keys: list[str], way: str) -> list[str]:
        """Give the keys of the rows there, after the operation; new ones are never used again."""
        if self.way != way or self.verb not in {"add", "del", "up", "down"}:
            return keys
        if self.verb == "add":
            return [*keys, fresh_key(keys)]
        if self.key not in keys:
            return keys
        at = keys.index(self.key)
        others = keys[:at] + keys[at + 1 :]
        if self.verb == "del":
            return others
        to = max(at - 1, 0) if self.verb == "up" else at + 1
        return [*others[:to], self.key, *others[to:]]

    def presence(self, way: str, posted: bool) -> bool:
        """Give whether the optional object there is present after the operation."""
        return self.verb == "put" if self._concerns_presence(way) else posted

    def removes(self, name: str) -> bool:
        """Whether the field belonged to what is removed."""
        if self.verb == "del":
            place = f"{self.way}/{self.key}"
            pair = f"{self.way}/{PAIR}{self.key}"
            return any(_is_within(name[1:], gone) for gone in (place, pair))
        return self.verb == "cut" and _is_within(name[1:], self.way)

    def _concerns_presence(self, way: str) -> bool:
        return self.verb in {"put", "cut"} and self.way == way


def value(verb: str, way: str, key: str = "") -> str:
    """Give what the button for an operation posts."""
    letter = PRESENT if verb in {"put", "cut"} else ROWS
    return f"{verb} {letter}{way} {key}" if key else f"{verb} {letter}{way}"


def fresh_key(keys: list[str]) -> str:
    """Give a key for a new row, after all that are there."""
    numbers = [int(key[1:]) for key in keys if key.startswith("n")]
    return f"n{max(numbers, default=0) + 1}"


def _is_within(way: str, place: str) -> bool:
    return way == place or way.startswith(f"{place}/")
