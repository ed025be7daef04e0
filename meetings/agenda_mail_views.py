"""Views that send the agenda: first a page that lists who would get it, then one message to each."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from engagement.core.lookups.widgets import several_lines
from engagement.core.mail import can_send
from engagement.core.once import once
from engagement.core.readers import read_by
from engagement.core.types import AuthenticatedRequest
from engagement.core.views import at_address, only_for

from .agenda_mail import Recipient, deliver, mail_for, parties_invited, recipients_of
from .agenda_views import may_answer
from .date_text import date_sent_before, date_told
from .models import AgendaSending, Meeting


class SendAgendaForm(forms.Form):
    """To whom, all of them unless somebody is left out, and a word above the agenda."""

    recipients = forms.MultipleChoiceField(
        label=gettext_lazy("Recipients"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Select at least one recipient.")},
    )
    word = forms.CharField(
        label=gettext_lazy("Message"),
        widget=several_lines(),
        max_length=2000,
        required=False,
        help_text=read_by(gettext_lazy("Visible to the recipients, above the agenda."), gettext_lazy("Optional.")),
    )

    def __init__(self, offered: list[Recipient], data: QueryDict | None = None) -> None:
        self.offered = {str(one.user.pk): one for one in offered}
        super().__init__(data, initial={"recipients": list(self.offered)}, use_required_attribute=False)
        self.fields["recipients"].choices = [(key, one.line) for key, one in self.offered.items()]  # type: ignore[attr-defined]

    def chosen(self) -> list[Recipient]:
        return [self.offered[key] for key in self.cleaned_data["recipients"]]


@only_for(may_answer)
@require_http_methods(["GET", "HEAD", "POST"])
def send_agenda(request: AuthenticatedRequest, slug: str) -> HttpResponseBase:
    """Recorded and committed first, so that a form that comes twice sends nothing twice."""
    meeting: Meeting = at_address(Meeting.objects.visible_to(request.user).with_agenda(request.user), slug)
    if not meeting.takes_proposals:
        messages.error(request, _("You can send the agenda only before the meeting."))
        return redirect(meeting)
    if not can_send():
        messages.error(request, _("No mail server is set up, so nothing can be sent. Ask your administrator."))
        return redirect(meeting)
    form = SendAgendaForm(recipients_of(meeting), request.POST if request.method == "POST" else None)
    if request.method == "POST":
        sending, before = None, date_sent_before(meeting, meeting.agenda_sendings.last())
        with once(request) as sent:
            if form.is_valid():
                lines = "\n".join(one.line for one in form.chosen())
                facts = {"meeting": meeting, "recipients": lines, "date_told": date_told(meeting)}
                sending = AgendaSending.objects.create(**facts, by=request.user)
                response = sent.led_to(redirect(meeting))
        if sending is not None:
            _send(request, meeting, sending, form, before)
            return response
    return render(request, "meetings/send_agenda.html", {"meeting": meeting, "form": form, **_before(meeting)})


def _before(meeting: Meeting) -> dict[str, object]:
    """The agendas sent before, whether the date has changed since, and the parties that are to get it."""
    sendings = list(meeting.agenda_sendings.select_related("by"))
    has_moved = bool(sendings) and date_sent_before(meeting, sendings[-1]) != ""
    told = {"sendings": sendings, "when": date_told(meeting), "has_moved": has_moved}
    return {**told, "invited": parties_invited(meeting)}


def _send(
    request: AuthenticatedRequest, meeting: Meeting, sending: AgendaSending, form: SendAgendaForm, date_before: str
) -> None:
    chosen = form.chosen()
    word = form.cleaned_data["word"]
    failed = deliver(sending, ((one, mail_for(request, meeting, one, word, date_before)) for one in chosen))
    if done := len(chosen) - len(failed):
        told = ngettext("Agenda sent to %(count)d person.", "Agenda sent to %(count)d people.", done)
        messages.success(request, told % {"count": done})
    if failed:
        names = ", ".join(one.line for one in failed)
        messages.error(request, _("The agenda could not be sent to: %(names)s") % {"names": names})
