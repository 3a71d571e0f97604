"""Changing one's password, and getting in again without it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordChangeForm, PasswordResetForm, SetPasswordForm
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from tasks_ui.site.throttle import Attempts


class PasswordChange(views.PasswordChangeView):
    """Asks for the old password and a new one; other sessions of the person end."""

    template_name = "registration/password_change.html"
    success_url = reverse_lazy("settings")
    extra_context = {"place": "settings"}

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Keep the new password."""
        messages.success(self.request, _("Your password is changed."))
        return super().form_valid(form)


class PasswordReset(views.PasswordResetView):
    """Sends a link by mail; never says whether the address is known."""

    template_name = "registration/password_reset.html"
    email_template_name = "registration/password_reset_mail.txt"
    subject_template_name = "registration/password_reset_subject.txt"

    def form_valid(self, form: PasswordResetForm) -> HttpResponse:
        """Send the mail, unless too many were asked for: then the answer looks the same."""
        attempts = Attempts.of(self.request, "password-reset", form.cleaned_data["email"])
        if attempts.are_exhausted():
            answer: HttpResponse = HttpResponseRedirect(self.get_success_url())
        else:
            attempts.count()
            answer = super().form_valid(form)
        return answer


class PasswordResetSent(views.PasswordResetDoneView):
    """Says to look into the mail."""

    template_name = "registration/password_reset_sent.html"


class PasswordResetConfirm(views.PasswordResetConfirmView):
    """Asks for a new password; the link of the mail leads here and works once."""

    template_name = "registration/password_reset_confirm.html"
    success_url = reverse_lazy("login")

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        """Keep the new password."""
        messages.success(self.request, _("Your password is changed. You can sign in with it."))
        return super().form_valid(form)
