"""What a page asks by itself, signed: whose it is, so that nobody need be looked up to answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare, salted_hmac

SALT: Final = "tasks_ui.polling"
ANSWERED_FOR: Final = 12 * 3600
"""Seconds: a page that has been open for longer has to be loaded anew to hear of news."""


def sign(request: HttpRequest, about: str, said: Mapping[str, Any]) -> str:
    """Give what a page says when it asks, with its session, zone and language."""
    around = {
        "session": _mark(request),
        "zone": timezone.get_current_timezone_name(),
        "language": translation.get_language(),
    }
    return signing.dumps({**said, **around}, salt=SALT + about, compress=True)


def read(request: HttpRequest, about: str) -> dict[str, Any] | None:
    """Give what the question brings; none where it was changed, is too old or of others."""
    try:
        said: dict[str, Any] = signing.loads(
            request.GET.get("signed", ""), salt=SALT + about, max_age=ANSWERED_FOR
        )
    except signing.BadSignature:
        return None
    return said if constant_time_compare(said["session"], _mark(request)) else None


def _mark(request: HttpRequest) -> str:
    """Give what is the same as long as the browser has the same session."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return salted_hmac(SALT, key, algorithm="sha256").hexdigest()[:20]
