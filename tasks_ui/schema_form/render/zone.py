"""The time zone of a form: in which its moments were typed, and in which they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, Self

from django.utils import timezone

from tasks_ui.schema_form.posted.reader import Reading
from workflows.values.moments import zone_named


@dataclass(frozen=True, kw_only=True)
class Zone:
    """The zone of one form; it stays what it is while its page is open, whatever is set elsewhere.

    Attributes:
        typed_in: how moments are read.
        shown_in: how they are shown: a kept form that is shown anew is in the zone of its reader.
        is_posted: whether the form has said in which zone it was.
        is_unknown: whether it was one that does not exist, or no longer.
    """

    typed_in: tzinfo
    shown_in: tzinfo
    is_posted: bool = False
    is_unknown: bool = False

    @classmethod
    def of(cls, post: Mapping[str, Any] | None) -> Self:
        """Give the zone that was posted; the present one for new forms and those of old pages."""
        here = timezone.get_current_timezone()
        reading = Reading(post or {})
        if not reading.zone:
            return cls(typed_in=here, shown_in=here)
        there = zone_named(reading.zone)
        shown_in = here if there is None or reading.is_anew else there
        return cls(
            typed_in=there or here, shown_in=shown_in, is_posted=True, is_unknown=there is None
        )


def name_of(zone: tzinfo) -> str:
    """Give the name that a form posts; empty where the zone has none that all know."""
    name = str(zone)
    return name if zone_named(name) else ""
