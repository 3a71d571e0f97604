"""The request as views see it, and what must be known about it before a page can answer."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails


class SignedInRequest(HttpRequest):
    """A request that has passed the sign-in check."""

    user: User
    htmx: HtmxDetails


class NothingHere(Http404):
    """There is nothing, as far as this person may know; the message is a sentence for them."""


def wants_fragment(request: HttpRequest) -> bool:
    """Whether only the middle of the page is to be replaced.

    HX-Request alone does not say so: htmx sends it when it restores a whole page from history too.
    """
    return request.headers.get("HX-Request-Type") == "partial"


def page_of(request: HttpRequest) -> str:
    """Give the path of the page that the person was on: never of a fragment or of an action."""
    if request.method in {"GET", "HEAD"} and not wants_fragment(request):
        page = request.get_full_path()
    else:
        came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
        page = _path_on_this_site(request, came_from)
    return page


def came_from_this_site(request: HttpRequest) -> bool:
    """Whether one of our own pages sent this; false when the browser does not say."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return bool(_is_ours(request, origin))


def _path_on_this_site(request: HttpRequest, url: str) -> str:
    if _is_ours(request, url):
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
    else:
        path = ""
    return path or "/"


def _is_ours(request: HttpRequest, url: str) -> bool:
    return url.startswith(("http://", "https://")) and url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
