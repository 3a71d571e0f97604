"""Moments in words: how soon something is due, and when something happened."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

SOON = timedelta(hours=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


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
        formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT"),
        in_words(moment, now),
    )


@register.simple_tag
def happened(moment: datetime | None) -> SafeString | str:
    """Say when it was: the time of today's, the day of all others."""
    if moment is None:
        return ""
    there = timezone.localtime(moment)
    is_today = there.date() == timezone.localdate()
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(timespec="seconds"),
        formats.date_format(there, "DATETIME_FORMAT"),
        formats.time_format(there, "H:i") if is_today else formats.date_format(there, "j M"),
    )


def in_words(moment: datetime, now: datetime) -> str:
    """Say how far away a moment is, shorter than any date where it is near."""
    left = moment - now
    days = (timezone.localdate(moment) - timezone.localdate(now)).days
    if left < timedelta(0):
        words = _("%(time)s late") % {"time": _length(-left)}
    elif left < 6 * HOUR:
        words = _length(left)
    elif days == 0:
        words = _("today")
    elif days == 1:
        words = _("tomorrow")
    elif days < 7:
        words = formats.date_format(timezone.localtime(moment), "D")
    else:
        words = formats.date_format(timezone.localtime(moment), "j M")
    return words


def _length(time: timedelta) -> str:
    if time < HOUR:
        words = _("%(count)d min") % {"count": max(time // MINUTE, 1)}
    elif time < 24 * HOUR:
        words = _("%(count)d h") % {"count": time // HOUR}
    else:
        words = ngettext("%(count)d day", "%(count)d days", time.days) % {"count": time.days}
    return words
