"""Fields for days, times and moments; moments are written in the zone of the person who writes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from tasks_ui.schema_form.controls.base import Control
from tasks_ui.schema_form.controls.widgets import Input
from tasks_ui.schema_form.posted.reader import Unreadable
from workflows.schemas import is_date, is_moment, is_time

LOCAL: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
)
# Browsers know no more than thousandths of a second, and empty an input that has more.
CLOCK: Final = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,3})?)?")


@dataclass
class Date(Control):
    """A day of the calendar."""

    look: ClassVar[str] = "short"
    kind: ClassVar[str] = "date"
    takes_suggestions: ClassVar[bool] = True

    def widget(self, attributes: dict[str, Any], shown: Any) -> forms.Widget:
        """Give the browser's own picker, unless it could not show what is there."""
        kind = self.kind if not shown or self.can_be_picked(shown) else "text"
        direction = {"dir": "ltr"} if kind == "text" else {}
        return Input(kind, {**direction, **self.extra, **attributes})

    def can_be_picked(self, text: str) -> bool:
        """Whether the picker can show this text."""
        return is_date(text)

    def fits(self, value: Any) -> bool:
        """Whether it is a day."""
        return isinstance(value, str) and is_date(value)

    def show(self, value: Any) -> str:
        """Give the day as it is stored, which is how pickers want it."""
        return str(value)

    def parse(self, text: str) -> Any:
        """Give the day."""
        if not is_date(text.strip()):
            raise Unreadable(_("Enter a valid date."))
        return text.strip()


@dataclass
class Time(Date):
    """A time of day."""

    kind: ClassVar[str] = "time"

    def can_be_picked(self, text: str) -> bool:
        """Whether it has no offset, of which pickers know nothing."""
        return CLOCK.fullmatch(text) is not None and is_time(text)

    def fits(self, value: Any) -> bool:
        """Whether it is a time, with or without an offset."""
        return isinstance(value, str) and is_time(value)

    def is_same(self, text: str, shown: str) -> bool:
        """Whether it is the time that was shown: browsers leave out seconds that are zero."""
        return text in {shown, shown.removesuffix(":00")}

    def parse(self, text: str) -> Any:
        """Give the time."""
        if not is_time(text.strip()):
            raise Unreadable(_("Enter a valid time."))
        return text.strip()


@dataclass
class Moment(Date):
    """A day and a time in the person's zone, stored with the offset that it has there."""

    look: ClassVar[str] = "moment"
    kind: ClassVar[str] = "datetime-local"

    @property
    def rules(self) -> str:
        """Give the zone."""
        name = timezone.get_current_timezone_name()
        return _("Time zone: %(zone)s.") % {"zone": name.replace("_", " ")}

    def can_be_picked(self, text: str) -> bool:
        """Whether it has no offset and is on the calendar."""
        clock = CLOCK.fullmatch(text[len("2026-02-28T") :])
        is_written_so = LOCAL.fullmatch(text) is not None and "t" not in text
        return clock is not None and is_written_so and is_moment(f"{text}Z")

    def fits(self, value: Any) -> bool:
        """Whether it is a moment that the person's calendar has."""
        return isinstance(value, str) and is_moment(value) and _local(value) is not None

    def show(self, value: Any) -> str:
        """Give the moment in the person's zone; what is finer than seconds is not shown."""
        local = _local(value)
        if local is None:
            return str(value)
        return local.isoformat(timespec="seconds").removesuffix(":00")

    def is_same(self, text: str, shown: str) -> bool:
        """Whether it is the moment that was shown."""
        return re.sub(r"(:[0-9]{2}):00$", r"\1", text.replace(" ", "T")) == shown

    def parse(self, text: str) -> Any:
        """Give the moment with its offset; an hour that comes twice is the first of the two."""
        text = text.strip()
        if is_moment(text):
            return text
        try:
            local = datetime.fromisoformat(text) if LOCAL.fullmatch(text) else None
            moment = local and local.replace(tzinfo=timezone.get_current_timezone())
            instant = moment and moment.astimezone(UTC)
        except (ValueError, OverflowError):
            instant = moment = local = None
        if instant is None or moment is None:
            raise Unreadable(_("Enter a valid date/time."))
        if timezone.localtime(instant).replace(tzinfo=None) != local:
            raise Unreadable(_("The clocks are put forward then: this time does not exist."))
        if moment.replace(fold=1).utcoffset() != moment.utcoffset():
            self._remark = _("The clocks are put back then: the first of the two is meant.")
        text = moment.isoformat()
        # Offsets of long ago have seconds, which nobody else can read.
        return text if is_moment(text) else instant.isoformat()


def _local(text: str) -> datetime | None:
    """Give the moment without its zone, in the person's; None beyond the years that exist."""
    try:
        # RFC 3339 allows more digits, and small letters, than Python reads.
        moment = datetime.fromisoformat(re.sub(r"(\.[0-9]{6})[0-9]+", r"\1", text.upper()))
        return timezone.localtime(moment).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None
