"""The site's addresses, and two at which it fails on purpose."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from config.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def refused(request: HttpRequest) -> HttpResponse:
    """Refuse, with the reason."""
    raise PermissionDenied("Only those who lead the group “managers” may do this.")


def broken(request: HttpRequest) -> HttpResponse:
    """Fail as a fault in the site itself would."""
    raise RuntimeError("This fault belongs to the pictures.")


urlpatterns = [
    path("pictures/refused/", refused),
    path("pictures/broken/", broken),
    path("", include("config.urls")),
]
