"""Minutes of a demonstration, of two meetings of a fictional organization: some agreed and published, some waiting.

The founding meeting has none: it is real, and nobody is made to agree to what they never read.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from engagement.core.models import Visibility
from engagement.core.types import SignedIn
from engagement.minutes.content import name_of, parts_of
from engagement.minutes.models import How, Minutes, MinutesSending, MinutesTexts, MinutesVersion
from meetings.models import Meeting, Party
from organizations.models import Organization

ROUND = dt.timedelta(days=14)
OPENING = "Fictional minutes, made for a demonstration."
DISCLAIMER = "These minutes sum up what was said. They do not bind either side beyond the follow-ups listed."
ACCESS = "Documents that are not attached can be requested from the secretariat."
FOOTER = "Stakeholder register"
ASKED = "Please say at the top that these minutes are fictional."
UNCHANGED = "Is the order of the topics that of the meeting?"
UNCHANGED_ANSWER = "Yes, so the order stays."
FICTIONAL = "We said “within a year”, not “soon”. Please check."


def _shared(minutes: Minutes) -> MinutesVersion:
    found: MinutesVersion = minutes.versions.filter(audience=Visibility.SHARED).order_by("-number")[0]
    return found


def _send(minutes: Minutes, by: SignedIn, *, silence: bool) -> int:
    number, until = _shared(minutes).number, timezone.localdate() + ROUND
    sent = minutes.send(number, by=by, deadline_on=until, is_silence_agreement=silence, recipients="")
    sending = MinutesSending.objects.get(pk=sent)
    sending.is_complete = True
    sending.save()
    return number


def _latest(organization: Organization, level: int) -> Meeting | None:
    """Its latest held meeting with discussions and without minutes that is as visible as this."""
    seats = Party.objects.filter(organization=organization, side=Party.Side.COUNTERPART)
    held = Meeting.objects.held().filter(pk__in=seats.values("meeting"), effective_visibility__gte=level)
    return held.filter(minutes=None, discussions__isnull=False).distinct().order_by("-starts_at", "-pk").first()


@transaction.atomic
def agree_on_one(organization: Organization, *, ours: SignedIn, theirs: SignedIn, last: SignedIn) -> None:
    """A round with two comments, a second version, agreement, and the lock; published by ``last``."""
    meeting = _latest(organization, Visibility.PUBLIC)
    if meeting is None:
        return
    minutes = Minutes.objects.begin(meeting, by=ours)
    number = _send(minutes, ours, silence=False)
    first = minutes.comment(number, organization, ASKED, by=theirs)
    second = minutes.comment(number, organization, UNCHANGED, by=theirs, about=_first_part(_shared(minutes)))
    texts = MinutesTexts.objects.current()
    texts.opening_notes, texts.disclaimer, texts.access_note, texts.footer = OPENING, DISCLAIMER, ACCESS, FOOTER
    texts.save()
    minutes.add_version(by=ours, audience=Visibility.SHARED, reason="Opening notes added.")
    first.resolve(by=ours, is_accepted=True, word="It says so now.")
    second.resolve(by=ours, is_accepted=False, word=UNCHANGED_ANSWER)
    minutes.agree(_send(minutes, ours, silence=False), organization, how=How.SIGNED_IN, by=theirs)
    minutes.finalize(by=ours)
    minutes.publish(by=last)


def _first_part(version: MinutesVersion) -> str:
    return next((name_of(part) for part in parts_of(version.content)), "")


@transaction.atomic
def leave_waiting(organization: Organization, *, ours: SignedIn, theirs: SignedIn) -> None:
    """Minutes of the latest meeting, with one comment that is not resolved; silence would be agreement."""
    meeting = _latest(organization, Visibility.SHARED)
    if meeting is None:
        return
    minutes = Minutes.objects.begin(meeting, by=ours)
    number = _send(minutes, ours, silence=True)
    minutes.comment(number, organization, FICTIONAL, by=theirs, about=_first_part(_shared(minutes)))
