"""Signing in and out, and changing one's own password."""

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _


class SignIn(auth_views.LoginView):
    """The one sign-in page, for staff and representatives alike."""

    template_name = "accounts/login.html"


class SignOut(auth_views.LogoutView):
    """Sign out (POST only) and go back to the front page."""


class ChangePassword(auth_views.PasswordChangeView):
    """A signed-in user chooses a new password."""

    template_name = "accounts/password_change.html"
    success_url = reverse_lazy("home")

    def form_valid(self, form) -> HttpResponse:
        messages.success(self.request, _("Your password was changed."))
        return super().form_valid(form)
