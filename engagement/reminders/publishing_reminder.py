"""Reminder to publish, sent by one press: its recipient, its e-mail, at most one a day."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from smtplib import SMTPException

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.core.mail import can_send
from engagement.core.prepared_queries import KeysAsked, Part, Parts
from engagement.core.prepared_records import PreparedRecords
from engagement.core.types import SignedIn
from meetings.models import Meeting, Party
from meetings.models.preflight import shortfalls
from meetings.models.publishing import PublicationState

from .mails import absolute, message_id
from .models import PublishingReminder
from .selection import why_not_reached

logger = logging.getLogger(__name__)
READ = Parts(
    Part(Party, "meeting", ("side", "is_lead", "organization_id"), "organization", ("lead_id",)),
    Part(PublishingReminder, "meeting", ("meeting_id", "person_id", "told_on", "asked_by_id"), is_record=True),
)
PEOPLE = PreparedRecords(lambda: User.objects.with_roles().filter(KeysAsked("pk")).order_by())
STATES = (PublicationState.UNASSESSED, PublicationState.WAITING)
"""What is ready waits for whoever publishes, and they are told of it anyway."""


@dataclass(frozen=True)
class Remindable:
    """Who would be reminded of a meeting, or who was today."""

    person: User
    today: PublishingReminder | None


def remindable(meetings: Iterable[Meeting], by: SignedIn) -> dict[int, Remindable]:
    """Whom one may remind, by key of meeting, in a fixed number of queries; oneself and unreachable people left out."""
    asked = [meeting for meeting in meetings if meeting.publication_state in STATES]
    keys = [meeting.pk for meeting in asked]
    parts, today = READ.of(keys), timezone.localdate()
    leads: dict[int, list[int]] = {}
    for key, seats in parts[Party].items():
        ours = [one for one in seats if one.side == Party.Side.COUNTERPART and one.organization.lead_id]
        leads[key] = [one.organization.lead_id for one in sorted(ours, key=lambda one: not one.is_lead)]
    told = {one.meeting_id: one for some in parts[PublishingReminder].values() for one in some if one.told_on == today}
    first = {meeting.pk: [meeting.prepared_by_id, *leads.get(meeting.pk, ())] for meeting in asked}
    wanted = {key for some in first.values() for key in some if key}
    wanted.update(key for one in told.values() for key in (one.person_id, one.asked_by_id) if key)
    people = {one.pk: one for one in PEOPLE.ask(wanted)}
    for one in told.values():
        one.person, one.asked_by = people[one.person_id], people.get(one.asked_by_id)
    found = {}
    for key, some in first.items():
        reached = [people[one] for one in some if one in people and not why_not_reached(people[one])]
        if reached and (key in told or reached[0] != by):
            found[key] = Remindable(told[key].person if key in told else reached[0], told.get(key))
    return found


def remind(meeting: Meeting, by: SignedIn) -> PublishingReminder:
    """Record it, for ``deliver`` to send; ValidationError says why nobody is reminded."""
    if not can_send():
        raise ValidationError(_("No mail server is set up, so nothing can be sent. Ask your administrator."))
    found = remindable([meeting], by).get(meeting.pk)
    if found is None:
        raise ValidationError(_("There is nobody to remind of this meeting."), code="nobody")
    try:
        with transaction.atomic():
            return PublishingReminder.objects.create(
                meeting=meeting, person=found.person, told_on=timezone.localdate(), asked_by=by
            )
    except IntegrityError as twice:
        text = _("%(name)s was reminded of this meeting today already.") % {"name": found.person}
        raise ValidationError(text, code="once_a_day") from twice


def deliver(reminder: PublishingReminder) -> None:
    """Send the reminder. An error of the mail server is recorded, and it is not repeated that day."""
    try:
        mail_of(reminder).send()
    except (SMTPException, OSError) as error:
        logger.exception("The reminder %s could not be sent", reminder.pk)
        reminder.note(f"{type(error).__name__}: {error}")
    else:
        reminder.note("")


def mail_of(reminder: PublishingReminder) -> EmailMessage:
    meeting = reminder.meeting
    context = {
        "reminder": reminder,
        "meeting": meeting,
        "missing": [one.message for one in shortfalls(meeting)],
        "address": absolute(reverse("meetings:publication", args=[meeting.slug])),
        "SITE_NAME": settings.SITE_NAME,
    }
    words = {"site": settings.SITE_NAME, "meeting": f"{meeting.reference} {meeting.title}"}
    subject = " ".join((_("%(site)s: publish %(meeting)s") % words).split())
    headers = {"Auto-Submitted": "auto-generated", "Message-ID": message_id("publish", reminder.pk, reminder.told_on)}
    return EmailMessage(
        subject, render_to_string("reminders/to_publish.txt", context), to=[reminder.person.email], headers=headers
    )
