"""Password reset by e-mail: a link, signed by Django, to choose a first password or another for a forgotten one."""

import logging
from smtplib import SMTPException

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse, reverse_lazy
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from engagement.core.mail import can_send
from engagement.core.once import SentBefore, say_so

from .models import User
from .throttle import Places, address_of

logger = logging.getLogger(__name__)

MOST_FOR_AN_ADDRESS, MOST_FROM_A_CONNECTION = 3, 30
"""So many links to one e-mail address, and so many asked for from one connection, within the time a sign-in counts."""
SET_FOR = "password_set_for"
"""In the session: whose password was set, as the address of the link says it."""
DAYS = settings.PASSWORD_RESET_TIMEOUT // 86400


class AskForLinkForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Enter the e-mail address of your account."),
            "invalid": gettext_lazy("Enter a whole e-mail address, such as name@example.org."),
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """The answer is the same whether or not an account has the address."""
    form = AskForLinkForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and can_send():
        email = form.cleaned_data["email"]
        if _too_many(request, email):
            return render(request, "429.html", status=429)
        for user in User.objects.filter(email__iexact=email, is_active=True)[:5]:
            _send(user)
        text = _("If an account has the address %(email)s, a link to choose a password is on its way to it.")
        messages.success(request, text % {"email": email})
        return redirect("accounts:login")
    context = {"form": form, "can_send": can_send(), "days": DAYS}
    return render(request, "accounts/ask_for_link.html", context)


def _too_many(request: HttpRequest, email: str) -> bool:
    counted = [Places(f"password links to {email.casefold()}", MOST_FOR_AN_ADDRESS)]
    if address := address_of(request):
        counted.append(Places(f"password links from {address}", MOST_FROM_A_CONNECTION))
    return any([places.take() is None for places in counted])


def _send(user: User) -> None:
    """The address is that of the site, and not what the request says it is."""
    key, token = urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)
    url = settings.SITE_URL + reverse("accounts:choose_password", args=[key, token])
    context = {"person": user, "url": url, "days": DAYS, "site": settings.SITE_URL}
    subject = _("Choose a password: %(site)s") % {"site": settings.SITE_NAME}
    try:
        send_mail(subject, render_to_string("accounts/password_link.txt", context), None, [user.email])
    except (SMTPException, OSError):
        logger.exception("A link to choose a password could not be sent to user %s", user.pk)


class ChoosePassword(auth_views.PasswordResetConfirmView):
    """Whoever opens the link chooses a password, then signs in with it. A link works once."""

    template_name = "accounts/choose_password.html"
    success_url = reverse_lazy("accounts:login")

    def render_to_response(self, context: dict[str, object], **kwargs: object) -> HttpResponse:
        """Whoever sent the form a moment ago and sends it again is told so, and not that the link does not work."""
        if self.validlink:
            return super().render_to_response(context, **kwargs)
        if self.request.method == "POST" and self.request.session.get(SET_FOR) == self.kwargs["uidb64"]:
            say_so(self.request, SentBefore(self.get_success_url()))
            return redirect(self.get_success_url())
        return super().render_to_response(context, status=410, **kwargs)

    def form_valid(self, form) -> HttpResponse:
        text = _("Your password was set. Sign in as %(name)s.") % {"name": form.user.username}
        messages.success(self.request, text)
        self.request.session[SET_FOR] = self.kwargs["uidb64"]
        return super().form_valid(form)
