"""How few and how many of something there may be, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MANY: Final = 5_000
"""From here on a limit is a machine's, which nobody needs to be told."""


@dataclass(frozen=True)
class Range:
    """From how many to how many; None where that is not limited."""

    least: int | None = None
    most: int | None = None

    @classmethod
    def of(cls, keywords: Mapping[str, Any], what: str) -> Range:
        """Read it from a schema; `what` is "Length" or "Items"."""
        least, most = (_whole(keywords.get(f"{name}{what}")) for name in ("min", "max"))
        return cls(least, most)

    def of_characters(self) -> str:
        """Say how long a text may be; that it may not be empty goes without saying."""
        least, most = self._numbers(goes_without_saying=1)
        if not most:
            text = ngettext(
                "At least %(least)d character.", "At least %(least)d characters.", least
            )
            text = text if least else ""
        elif least == most:
            text = ngettext("Exactly %(most)d character.", "Exactly %(most)d characters.", most)
        elif least:
            text = _("From %(least)d to %(most)d characters.")
        else:
            text = ngettext("At most %(most)d character.", "At most %(most)d characters.", most)
        return text % {"least": least, "most": most}

    def of_choices(self) -> str:
        """Say how many options to choose."""
        least, most = self._numbers(goes_without_saying=0)
        if not most:
            text = _("Choose at least %(least)d.") if least else ""
        elif least == most:
            text = _("Choose %(most)d.")
        elif least:
            text = _("Choose %(least)d to %(most)d.")
        else:
            text = _("Choose at most %(most)d.")
        return text % {"least": least, "most": most}

    def _numbers(self, goes_without_saying: int) -> tuple[int, int]:
        least, most = self.least or 0, self.most or 0
        is_worth_a_word = least > goes_without_saying or least == most
        return least if is_worth_a_word else 0, most if most < MANY else 0


def _whole(number: Any) -> int | None:
    is_whole = isinstance(number, int | float) and not isinstance(number, bool) and number % 1 == 0
    return int(number) if is_whole else None
