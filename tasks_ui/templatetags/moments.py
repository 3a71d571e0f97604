"""Moments in words: how soon something is due, and when something happened."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflows.values import moments

register = template.Library()
register.filter("in_full", moments.in_words)

SOON = timedelta(hours=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
HALF_A_YEAR = timedelta(days=183)


@register.simple_tag
def due(moment: datetime | None) -> SafeString | str:
    """Say how soon the moment is; all of it is in the title."""
    if moment is None:
        return ""
    now = timezone.now()
    look = "late" if moment < now else "soon" if moment - now < SOON else "later"
    return format_html(
        '<time class="due due--{}" datetime="{}" title="{}">{}</time>',
        look,
        moment.isoformat(timespec="seconds"),
        moments.in_words(moment),
        in_words(moment, now),
    )


@register.simple_tag
def happened(moment: datetime | None) -> SafeString | str:
    """Say when it was: the time of today's, the day of all others."""
    if moment is None:
        return ""
    there = moments.local(moment)
    today = timezone.localdate()
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(timespec="seconds"),
        moments.in_words(moment),
        formats.time_format(there, "H:i") if there.date() == today else _day(there.date(), today),
    )


@register.filter
def until(moment: datetime) -> str:
    """Say up to when something can be done: today to the second, else the whole moment."""
    there = moments.local(moment)
    is_today = there.date() == timezone.localdate()
    return formats.time_format(there, "H:i:s") if is_today else moments.in_words(moment)


def in_words(moment: datetime, now: datetime) -> str:
    """Say how far away a moment is, shorter than any date where it is near."""
    left = moment - now
    day, today = moments.local(moment).date(), moments.local(now).date()
    days = (day - today).days
    if left < timedelta(0):
        words = _("%(time)s late") % {"time": _length(-left)}
    elif left < 6 * HOUR:
        words = _length(left)
    elif days == 0:
        words = _("today")
    elif days == 1:
        words = _("tomorrow")
    elif days < 7:
        words = formats.date_format(day, "D")
    else:
        words = _day(day, today)
    return words


def _day(day: date, today: date) -> str:
    """Give a day without its year, where that can only be one."""
    return formats.date_format(day, "j M" if abs(day - today) < HALF_A_YEAR else "j M Y")


def _length(time: timedelta) -> str:
    if time < HOUR:
        words = _("%(count)d min") % {"count": max(time // MINUTE, 1)}
    elif time < 24 * HOUR:
        words = _("%(count)d h") % {"count": time // HOUR}
    else:
        words = ngettext("%(count)d day", "%(count)d days", time.days) % {"count": time.days}
    return words
