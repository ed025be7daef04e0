"""Lookup of minutes and their versions by address, as far as this reader may read them."""

from django.http import Http404, HttpRequest
from django.urls import reverse

from engagement.core.models import Visibility, sees_all
from engagement.core.types import Reader
from meetings.models import Meeting
from meetings.models.agenda_proposals import own_parties
from organizations.models import Organization

from .models import Minutes, MinutesVersion, Status
from .pages import Answering, MinutesPage


def minutes_of(meeting: Meeting, reader: Reader) -> Minutes:
    found: Minutes | None = Minutes.objects.visible_to(reader).filter(meeting=meeting).first()
    if found is None:
        raise Http404
    found.meeting = meeting
    return found


def version_of(minutes: Minutes, reader: Reader, number: int | None = None) -> MinutesVersion:
    """The version of this number; without one the latest that this reader may read."""
    rows = MinutesVersion.objects.visible_to(reader).filter(minutes=minutes).order_by("-number")
    found: MinutesVersion | None = (rows if number is None else rows.filter(number=number)).first()
    if found is None:
        raise Http404
    return found


def page_of(request: HttpRequest, minutes: Minutes, version: MinutesVersion) -> MinutesPage:
    page = MinutesPage(minutes, request.user, version)
    page.answering = answering_of(page)
    return page


def answering_of(page: MinutesPage) -> Answering | None:
    """The form data of a party's answer to the sent version; None for a reader who cannot answer."""
    if sees_all(page.reader) or not page.is_sent or page.version.audience != Visibility.SHARED:
        return None
    own = own_parties(page.minutes.meeting, page.reader)
    if not own or page.minutes.status != Status.SENT:
        return None
    organization = next((one for one in own if not page.minutes.has_agreed(one)), own[0])
    address = reverse("minutes:answer", args=[page.minutes.meeting.slug])
    return answering_for(page.minutes, page.version, organization, address)


def answering_for(minutes: Minutes, version: MinutesVersion, organization: Organization, address: str) -> Answering:
    has_agreed = minutes.has_agreed(organization)
    is_open = not (minutes.is_over or has_agreed)
    return Answering(
        organization,
        address,
        version.number,
        may_comment=is_open,
        may_agree=not has_agreed and organization in minutes.agreeing(),
    )
