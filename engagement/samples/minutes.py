"""Minutes of a demonstration: those of the founding meeting went round and were agreed, those of a fictional one wait.

What is commented on the founding meeting says only how the text came about: nobody is made to say anything about the
matter. The fictional organization comments on the matter.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from engagement.core.models import Visibility
from engagement.core.types import SignedIn
from engagement.minutes.content import name_of, parts_of
from engagement.minutes.models import How, Minutes, MinutesTexts, MinutesVersion
from meetings.models import Meeting, Party
from organizations.models import Organization

ROUND = dt.timedelta(days=14)
OPENING = "Made for a demonstration from a report in the press. Neither organization wrote this text or agreed to it."
DISCLAIMER = "These minutes sum up what was said. They do not bind either side beyond the follow-ups listed."
ACCESS = "Documents that are not attached can be requested from the secretariat."
FOOTER = "Stakeholder register"
ASKED = "Please say at the top that this was written from a report in the press."
UNCHANGED = "Is the order of the topics that of the meeting?"
NOT_KNOWN = "The report does not say, so the order stays."
FICTIONAL = "We said “within a year”, not “soon”. Please check."


def _shared(minutes: Minutes) -> MinutesVersion:
    found: MinutesVersion = minutes.versions.filter(audience=Visibility.SHARED).order_by("-number")[0]
    return found


def _send(minutes: Minutes, by: SignedIn, *, silence: bool) -> int:
    number, until = _shared(minutes).number, timezone.localdate() + ROUND
    minutes.send(number, by=by, deadline_on=until, is_silence_agreement=silence, recipients="")
    return number


@transaction.atomic
def agree_on(meeting: Meeting, organization: Organization, *, ours: SignedIn, theirs: SignedIn, last: SignedIn) -> None:
    """A round with two comments, a second version, agreement, and the lock; published by ``last``."""
    minutes = Minutes.objects.begin(meeting, by=ours)
    number = _send(minutes, ours, silence=False)
    first = minutes.comment(number, organization, ASKED, by=theirs)
    second = minutes.comment(number, organization, UNCHANGED, by=theirs, about=_first_part(_shared(minutes)))
    texts = MinutesTexts.objects.current()
    texts.opening_notes, texts.disclaimer, texts.access_note, texts.footer = OPENING, DISCLAIMER, ACCESS, FOOTER
    texts.save()
    minutes.add_version(by=ours, audience=Visibility.SHARED, reason="Opening notes added.")
    first.resolve(by=ours, is_accepted=True, word="It says so now.")
    second.resolve(by=ours, is_accepted=False, word=NOT_KNOWN)
    minutes.agree(_send(minutes, ours, silence=False), organization, how=How.SIGNED_IN, by=theirs)
    minutes.finalize(by=ours)
    minutes.publish(by=last)


def _first_part(version: MinutesVersion) -> str:
    return next((name_of(part) for part in parts_of(version.content)), "")


@transaction.atomic
def leave_waiting(organization: Organization, *, ours: SignedIn, theirs: SignedIn) -> None:
    """Of its latest meeting, with one comment that is not resolved; silence would be agreement."""
    seats = Party.objects.filter(organization=organization, side=Party.Side.COUNTERPART)
    held = Meeting.objects.held().filter(pk__in=seats.values("meeting"), effective_visibility__gte=Visibility.SHARED)
    meeting = held.filter(minutes=None, discussions__isnull=False).distinct().order_by("-starts_at", "-pk").first()
    if meeting is None:
        return
    minutes = Minutes.objects.begin(meeting, by=ours)
    number = _send(minutes, ours, silence=True)
    minutes.comment(number, organization, FICTIONAL, by=theirs, about=_first_part(_shared(minutes)))
