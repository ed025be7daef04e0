"""Views of notification preferences; and of reminding a colleague of a meeting."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagement.core.models import sees_all
from engagement.core.once import once
from engagement.core.types import AuthenticatedRequest
from engagement.core.views import came_from, only_for
from meetings.views import meeting_at

from .forms import PreferenceForm
from .models import Preference
from .publishing_reminder import deliver, remind


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


@only_for(sees_all)
@require_POST
def remind_to_publish(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Recorded and committed first, so that a form that comes twice sends nothing twice."""
    meeting = meeting_at(request, slug)
    back, reminder = came_from(request, reverse("meetings:publication", args=[meeting.slug])), None
    with once(request, back) as sent:
        try:
            reminder = remind(meeting, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        response = sent.led_to(HttpResponseRedirect(back))
    if reminder is not None:
        deliver(reminder)
        if reminder.error:
            messages.error(request, _("The reminder could not be sent to %(name)s.") % {"name": reminder.person})
        else:
            messages.success(request, _("%(name)s was reminded by e-mail.") % {"name": reminder.person})
    return response
