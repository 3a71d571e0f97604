"""Signing in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tasks_ui.site.throttle import PAUSE, Attempts
from tasks_ui.submissions.after_sign_in import tell_in_vain, was_in_vain


class SignIn(LoginView):
    """The sign-in page; after a few wrong passwords there is a pause."""

    template_name = "registration/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Add whether something was sent in vain before."""
        return super().get_context_data(was_in_vain=was_in_vain(self.request), **more)

    def post(self, request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        """Sign the person in, or say why not."""
        person = request.POST.get("username", "")
        attempts = Attempts.of(request, "sign-in", person)
        if attempts.are_exhausted():
            answer = self._ask_to_wait(person)
        else:
            answer = self._look_at_password(attempts)
        return answer

    def _look_at_password(self, attempts: Attempts) -> HttpResponse:
        form = self.get_form()
        if form.is_valid():
            attempts.forgive()
            answer: HttpResponse = self.form_valid(form)
            tell_in_vain(self.request)
        else:
            attempts.count()
            answer = self.render_to_response(self.get_context_data(form=form), status=422)
        return answer

    def _ask_to_wait(self, person: str) -> HttpResponse:
        # The password is not looked at: the answer must not say whether it was right.
        form = AuthenticationForm(self.request, initial={"username": person})
        minutes = int(PAUSE.total_seconds() // 60)
        text = _("Too many attempts. Wait %(minutes)d minutes, then try again.")
        context = self.get_context_data(form=form, notice=text % {"minutes": minutes})
        answer = self.render_to_response(context, status=429)
        answer.headers["Retry-After"] = str(minutes * 60)
        return answer


@login_not_required
def from_admin(request: HttpRequest) -> HttpResponse:
    """Stand in for the admin's own sign-in page, which knows no pause after wrong passwords."""
    if request.user.is_authenticated and not request.user.is_staff:
        raise PermissionDenied(_("Only members of staff may use the administration."))
    return redirect_to_login(request.GET.get("next") or reverse("admin:index"))
