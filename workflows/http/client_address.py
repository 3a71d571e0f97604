"""Who calls: the address of the client behind a request."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Give the client's address; a proxy is believed only when the settings name one."""
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
    nearest = str(request.META.get("REMOTE_ADDR", ""))
    return forwarded or nearest if settings.BEHIND_PROXY else nearest
