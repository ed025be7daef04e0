"""Views to sign in, sign out and change one's own password."""

import logging

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.core.once import once

from .throttle import Attempt, address_of

logger = logging.getLogger(__name__)


class SignInForm(AuthenticationForm):
    """Django's form, with an error message for when the database cannot begin a session."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": gettext_lazy(
            "The username or the password is wrong, or the account was deactivated. Capital and small letters count."
            " If you forgot the password, get a link to choose another, below."
        ),
    }
    refused = gettext_lazy("You were not signed in: %(why)s. You can still read everything public.")


class SignIn(auth_views.LoginView):
    """The one sign-in page, for staff and representatives alike."""

    template_name = "accounts/login.html"
    authentication_form = SignInForm

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Look at the password, unless there were too many wrong ones already."""
        if not (request.POST.get("username") and request.POST.get("password")):
            return super().post(request, *args, **kwargs)
        attempt = Attempt(request, request.POST["username"])
        if attempt.wait:
            return _too_many(request, attempt.wait)
        response = super().post(request, *args, **kwargs)
        if response.status_code == 302:
            attempt.succeeded()
        return response


class SignOut(auth_views.LogoutView):
    """Sign out (POST only) and go back to the front page; the browser forgets the pages it has kept."""

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response: HttpResponse = super().post(request, *args, **kwargs)
        response["Clear-Site-Data"] = '"cache"'
        return response


class ChangePassword(auth_views.PasswordChangeView):
    """A signed-in user chooses a new password."""

    template_name = "accounts/password_change.html"
    success_url = reverse_lazy("home")

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """The same form again finds another password by then, and is not told that the old one is wrong."""
        with once(request) as sent:
            response = super().post(request, *args, **kwargs)
            return sent.led_to(response) if response.status_code == 302 else response

    def form_valid(self, form) -> HttpResponse:
        messages.success(self.request, _("Your password was changed."))
        return super().form_valid(form)


def _too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    logger.warning("Too many wrong passwords from %s", address_of(request) or "an address the proxy does not tell")
    context = {"is_sign_in": True, "minutes": -(-seconds // 60)}
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response
