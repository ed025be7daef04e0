"""Views of a calendar invitation: the file, the guesses, one confirmation, and a proposed meeting."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from engagement.core.lookups.fields import bind_lookups
from engagement.core.once import once
from engagement.core.types import AuthenticatedRequest
from engagement.imports.invitations.create import ConfirmedAddress, layout_of_invitations, meeting_of, propose
from engagement.imports.invitations.forms import InvitationFileForm, MeetingForm, address_forms, as_invited, check_sides
from engagement.imports.invitations.guess_parties import guess_parties
from engagement.imports.invitations.parse import MOST_BYTES, Invitation, read_invitations
from engagement.imports.models import Import, Origin
from engagement.imports.sources.errors import Unreadable
from engagement.imports.views.permission import import_at, importers_only
from meetings.models import Meeting
from meetings.models.times import default_time_zone

FACTS = {
    "title": gettext_lazy("Title"),
    "begins": gettext_lazy("Begins"),
    "ends": gettext_lazy("Ends"),
    "time_zone": gettext_lazy("Time zone"),
    "place": gettext_lazy("Place"),
    "description": gettext_lazy("Description"),
    "addresses": gettext_lazy("Addresses"),
}


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def upload_invitation(request: AuthenticatedRequest) -> HttpResponse:
    """A calendar file. One that was taken before, and says nothing new, leads to its meeting."""
    sent = request.method == "POST"
    form = InvitationFileForm(request.POST if sent else None, request.FILES if sent else None)
    if not (sent and form.is_valid()):
        return render(request, "imports/invitation.html", {"form": form})
    if len(form.invitations) == 1:
        taken = meeting_of(form.invitations[0].key, request.user)
        if taken is not None and not _differences(form.invitations[0], taken[1]):
            messages.info(request, _("This invitation was already imported. This is its meeting."))
            return redirect(taken[0])
    with once(request) as first:
        batch = Import.objects.take_in(form.cleaned_data["file"], layout=layout_of_invitations(), by=request.user)
        return first.led_to(redirect("imports:propose", batch.pk))


def _differences(one: Invitation, origin: Origin) -> list[tuple[str | Promise, str, str]]:
    """The differences of an invitation that came again: field, before, now."""
    before, now = origin.stated, one.facts
    return [
        (label, before.get(name, ""), now[name]) for name, label in FACTS.items() if before.get(name, "") != now[name]
    ]


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Confirm an event: the meeting to make of it, and an organization for each address."""
    batch = import_at(request, pk)
    if not batch.layout.is_for_invitations:
        raise Http404
    if not batch.can_be_previewed:
        return redirect("imports:detail", batch.pk)
    try:
        found = _read(batch)
    except (Unreadable, OSError):
        messages.error(request, _("The file can no longer be read. Upload the invitation again."))
        return redirect("imports:invitation")
    one = _chosen(found, request.GET.get("event", ""))
    if one is None:
        return render(request, "imports/invitation_events.html", {"batch": batch, "invitations": found})
    if taken := meeting_of(one.key, request.user):
        return _taken_page(request, batch, one, *taken)
    return _confirm_page(request, batch, one)


def _read(batch: Import) -> list[Invitation]:
    with batch.file.open("rb") as file:
        return read_invitations(file.read(MOST_BYTES + 1), default_time_zone())


def _chosen(found: list[Invitation], number: str) -> Invitation | None:
    if len(found) == 1:
        return found[0]
    place = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
    return found[place - 1] if 1 <= place <= len(found) else None


def _taken_page(
    request: AuthenticatedRequest, batch: Import, one: Invitation, meeting: Meeting, origin: Origin
) -> HttpResponse:
    """It is here: say what differs, and leave changing the meeting to whoever may."""
    context = {
        "batch": batch,
        "invitation": one,
        "meeting": meeting,
        "differences": _differences(one, origin),
        "is_older": one.sequence < origin.stated.get("sequence", 0),
    }
    return render(request, "imports/invitation_taken.html", context)


def _confirm_page(request: AuthenticatedRequest, batch: Import, one: Invitation) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = MeetingForm(data, initial=as_invited(one))
    addresses = address_forms(guess_parties(one.invited, request.user), data)
    for address in addresses:
        bind_lookups(address, request, admin.site)
    if data is not None and all([form.is_valid(), *(address.is_valid() for address in addresses)]):
        confirmed = check_sides(addresses)
        if not any(address.errors for address in addresses):
            return _proposed(request, batch, one, form.save(commit=False), confirmed)
    wrong = [address for address in addresses if address.errors]
    context = {"batch": batch, "invitation": one, "form": form, "addresses": addresses, "wrong": wrong}
    return render(request, "imports/invitation_confirm.html", context)


def _proposed(
    request: AuthenticatedRequest, batch: Import, one: Invitation, meeting: Meeting, confirmed: list[ConfirmedAddress]
) -> HttpResponse:
    with once(request) as sent:
        try:
            meeting = propose(batch, one, meeting, confirmed, request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(request.get_full_path())
        messages.success(request, _("Meeting proposed. Check it and add what is missing."))
        return sent.led_to(redirect(meeting))
