"""Fields for days, times and moments; moments are written in the zone of the person who writes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any, ClassVar, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from tasks_ui.schema_form.controls.base import Control
from tasks_ui.schema_form.controls.widgets import Input, TwoHours
from tasks_ui.schema_form.posted.absent import ABSENT
from tasks_ui.schema_form.posted.reader import Unreadable
from workflows.schemas import is_date, is_moment, is_time

LOCAL: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
)
# Browsers know no more than thousandths of a second, and empty an input that has more.
CLOCK: Final = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,3})?)?")

FIRST: Final = "first"
SECOND: Final = "second"
"""Which of two hours is meant where clocks are put back: posted after the moment, and kept so."""


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

    def is_left(self, texts: list[str], default: Any) -> bool:
        """Whether the default was shown and left, as it is written."""
        text = texts[-1] if texts else ""
        return not self.is_secret and self.fits(default) and self.is_same(text, self.show(default))

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

    _read_as: Any = field(default=ABSENT, init=False, repr=False)
    _read_in: tzinfo | None = field(default=None, init=False, repr=False)
    _is_left: bool = field(default=False, init=False, repr=False)

    def widget(self, attributes: dict[str, Any], shown: Any) -> forms.Widget:
        """Give the picker, and where clocks are put back then, which of the two hours is meant."""
        text, chosen = _parted(str(shown))
        picker = super().widget(attributes, text)
        hours = _hours(text)
        if not hours:
            return picker
        chosen = chosen or FIRST
        self._remark = (
            _("The clocks are put back then: the second of the two is meant.")
            if chosen == SECOND
            else _("The clocks are put back then: the first of the two is meant.")
        )
        return TwoHours(picker, hours, chosen)

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
        return str(value) if local is None else _written(local, "seconds")

    def is_same(self, text: str, shown: str) -> bool:
        """Whether it is the moment that was shown; old pages do not say which of two hours."""
        (typed, chosen), (known, meant) = _parted(text), _parted(shown)
        typed = re.sub(r"(:[0-9]{2}):00$", r"\1", typed.replace(" ", "T"))
        return typed == known and chosen in {"", meant}

    def is_left(self, texts: list[str], default: Any) -> bool:
        """Whether the default was shown and left, to the last of its digits."""
        is_left = super().is_left([_joined(texts)], default)
        if is_left:
            self._read_as, self._is_left = default, True
        return is_left

    def parse(self, text: str) -> Any:
        """Give the moment with its offset; of an hour that comes twice the first, or as chosen."""
        text, chosen = _parted(text.strip())
        if is_moment(text):
            return text
        moment = _typed(text)
        try:
            instant = moment and moment.replace(fold=int(chosen == SECOND)).astimezone(UTC)
        except OverflowError:
            instant = None
        if instant is None or moment is None:
            raise Unreadable(_("Enter a valid date/time."))
        there = timezone.localtime(instant)
        if there.replace(tzinfo=None) != moment.replace(tzinfo=None):
            raise Unreadable(_("The clocks are put forward then: this time does not exist."))
        text = there.isoformat()
        # Offsets of long ago have seconds, which nobody else can read.
        return text if is_moment(text) else instant.isoformat()

    def _again(self, texts: list[str]) -> Any:
        """Give what was typed; in a zone that it was not typed in, the same moment there."""
        text = _joined(texts)
        local = _local(self._read_as) if isinstance(self._read_as, str) else None
        if local is None:
            return text
        if self._read_in != timezone.get_current_timezone():
            return self.show(self._read_as) if self._is_left else _written(local, "auto")
        return _with(text, _which(local)) if is_typed_moment(text) else text

    def _read(self, texts: list[str], stored: Any) -> Any:
        text = _joined(texts)
        self._read_in = timezone.get_current_timezone()
        self._is_left = self._is_untouched(text, stored)
        self._read_as = value = super()._read([text], stored)
        return value


def is_typed_moment(text: str) -> bool:
    """Whether it is how moments are typed: which one it is depends on the zone."""
    return LOCAL.fullmatch(text.strip()) is not None


def _with(text: str, which: str) -> str:
    return f"{text} {which}" if which else text


def _joined(texts: list[str]) -> str:
    """Give what was posted as one text: the moment, and which of two hours is meant."""
    *typed, last = texts or [""]
    if not typed or last not in {FIRST, SECOND}:
        return last
    return _with(typed[-1], last) if typed[-1] else ""


def _parted(text: str) -> tuple[str, str]:
    """Give the moment, and which of two hours was chosen, if one was."""
    typed, _space, chosen = text.rpartition(" ")
    return (typed, chosen) if typed and chosen in {FIRST, SECOND} else (text, "")


def _typed(text: str) -> datetime | None:
    """Give the moment that was typed, in the person's zone."""
    try:
        local = datetime.fromisoformat(text) if LOCAL.fullmatch(text) else None
    except ValueError:
        return None
    return local and local.replace(tzinfo=timezone.get_current_timezone())


def _written(local: datetime, digits: str) -> str:
    """Give a moment as pickers write it, with which of two hours it is in where there are two."""
    text = local.replace(tzinfo=None).isoformat(timespec=digits)
    short = text.rstrip("0") if "." in text else re.sub(r"(:[0-9]{2}):00$", r"\1", text)
    return _with(short, _which(local))


def _which(local: datetime) -> str:
    """Say in which of the two hours it is that are called alike; nothing where there is one."""
    if local.replace(fold=not local.fold).utcoffset() == local.utcoffset():
        return ""
    return SECOND if local.fold else FIRST


def _hours(text: str) -> dict[str, str]:
    """Give the names that the zone has in the two hours that the text may mean, if it may."""
    typed = _typed(text)
    if typed is None:
        return {}
    try:
        one, two = (typed.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    except OverflowError:
        return {}
    # Where clocks are put forward the second is before the first, and neither exists.
    hours = {FIRST: one, SECOND: two} if one < two else {}
    return {which: timezone.localtime(hour).strftime("%Z") for which, hour in hours.items()}


def _local(text: str) -> datetime | None:
    """Give the moment in the person's zone; None beyond the years that exist."""
    try:
        # RFC 3339 allows more digits, and small letters, than Python reads.
        moment = datetime.fromisoformat(re.sub(r"(\.[0-9]{6})[0-9]+", r"\1", text.upper()))
        return timezone.localtime(moment)
    except (ValueError, OverflowError):
        return None
