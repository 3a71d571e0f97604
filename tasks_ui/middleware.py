"""What happens around every page: who must sign in, which zone and language, what is cached."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

from tasks_ui.models import UserSettings
from tasks_ui.request import page_of, wants_fragment
from tasks_ui.submissions.after_sign_in import keep_while_signed_out
from workflows.values.moments import zone_named

UNATTENDED: Final = "/poll/"
"""What pages ask for by themselves: it says of itself whose it is, and nobody is looked up."""

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class SignInRequired(LoginRequiredMiddleware):
    """Sends strangers to the sign-in page, and back to the page they were on afterwards."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Look for the person only where the page is for people who are signed in.

        Django 5.2 looks first and asks then, at the cost of two statements.
        """
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, args, kwargs)

    def handle_no_permission(  # type: ignore[override] # htmx is redirected by a header
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """Answer a stranger; the sign-in page is never swapped into the middle of another."""
        return to_sign_in(request)


class Preferences:
    """Shows times in the person's zone and words in their language."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(UNATTENDED):
            return self.get_response(request)
        preferences = UserSettings.of(request.user)
        if zone := zone_named(preferences.time_zone):
            timezone.activate(zone)
        else:
            # Threads are reused: the zone of the person before must not stay.
            timezone.deactivate()
        if preferences.language and translation.check_for_language(preferences.language):
            translation.activate(preferences.language)
            request.LANGUAGE_CODE = translation.get_language() or preferences.language
        return self.get_response(request)


class PrivatePages:
    """Keeps pages out of search engines and caches, and fragments apart from whole pages."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("X-Robots-Tag", "noindex")
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Cache-Control", "private, no-store")
            patch_vary_headers(response, ["HX-Request-Type"])
        return response


def to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Send the person to the sign-in page, which leads back to the page they were on.

    What they had typed into a form waits for them there.
    """
    keep_while_signed_out(request)
    answer = redirect_to_login(page_of(request))
    return HttpResponseClientRedirect(answer.url) if wants_fragment(request) else answer
