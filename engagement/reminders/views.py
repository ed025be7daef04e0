"""The page on which each person of the secretariat chooses reminders."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engagement.core.models import sees_all
from engagement.core.once import once
from engagement.core.types import AuthenticatedRequest
from engagement.core.views import only_for

from .forms import PreferenceForm
from .models import Preference


@only_for(sees_all)
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: AuthenticatedRequest) -> HttpResponse:
    """One's own; representatives are never reminded, so for them there is no such page."""
    own = Preference.objects.filter(user=request.user).first() or Preference(user=request.user)
    form = PreferenceForm(request.POST if request.method == "POST" else None, instance=own)
    if request.method == "POST" and form.is_valid():
        with once(request) as sent:
            form.save()
            messages.success(request, _("Reminders saved."))
            return sent.led_to(redirect("reminders:preferences"))
    return render(request, "reminders/preferences.html", {"form": form})
