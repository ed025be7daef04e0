"""E-mail with the agenda of a meeting: its recipients, its text for each of them, and the calendar entry beside it."""

import logging
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from smtplib import SMTPException
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.core.exports.formats.ical import calendar_text
from organizations.models import Organization, Representative

from .date_text import date_told
from .exports import MeetingsExport
from .models import Meeting, Party

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Recipient:
    """A representative who can see the meeting."""

    user: User
    organization: Organization

    @property
    def line(self) -> str:
        return f"{self.user} ({self.organization.short_name}), {self.user.email}"


def recipients_of(meeting: Meeting) -> list[Recipient]:
    """Whoever acts today for a party, hosts aside, has an address and can see the meeting; each person once."""
    invited = parties_invited(meeting).order_by()
    rows = Representative.objects.current().filter(organization__in=invited, user__is_active=True)
    found: dict[int, Recipient] = {}
    for row in rows.exclude(user__email="").select_related("user", "organization").order_by("organization", "pk"):
        if row.user_id not in found and Meeting.objects.visible_to(row.user).filter(pk=meeting.pk).exists():
            found[row.user_id] = Recipient(row.user, row.organization)
    return list(found.values())


def parties_invited(meeting: Meeting) -> QuerySet[Organization]:
    """Those whose representatives get the agenda: all but hosts."""
    seats = meeting.parties.exclude(side=Party.Side.HOST).values("organization")
    return Organization.objects.filter(pk__in=seats).order_by("sort_key", "pk")


def mail_for(
    request: HttpRequest, meeting: Meeting, recipient: Recipient, word: str, date_before: str = ""
) -> EmailMessage:
    """The e-mail to one person, with only the text that this person may read; a changed date is told."""
    seen = Meeting.objects.visible_to(recipient.user).for_list().with_agenda(recipient.user).get(pk=meeting.pk)
    context = {"meeting": seen, "recipient": recipient, "word": word, "when": date_told(seen)}
    context["date_before"], context["sender"] = date_before, settings.BODY_NAME or settings.SITE_NAME
    context["url"] = request.build_absolute_uri(seen.get_absolute_url())
    told = _("New date, agenda: %(title)s") if date_before else _("Agenda: %(title)s")
    subject = " ".join((told % {"title": seen.title}).split())
    mail = EmailMessage(subject, render_to_string("meetings/agenda_mail.txt", context), to=[recipient.user.email])
    if seen.date and seen.date.is_exact:
        mail.attach(f"{seen.reference}.ics", calendar_of(request, seen, recipient.user), "text/calendar")
    return mail


def calendar_of(request: HttpRequest, meeting: Meeting, reader: User) -> str:
    """The entry as this reader's own calendar would have it: the same UID, and a SEQUENCE that rises with changes."""
    asked = copy(request)
    asked.user, asked.method = reader, "GET"
    asked.GET = QueryDict(f"reference={meeting.reference}")
    return b"".join(calendar_text(MeetingsExport(asked))).decode()


class Sending(Protocol):
    """A sending that was recorded before its first message leaves."""

    failed: str
    is_complete: bool

    def save(self) -> None: ...


def deliver(sending: Sending, mails: Iterable[tuple[Recipient, EmailMessage]]) -> list[Recipient]:
    """Send each by itself; those that could not be delivered, which are recorded as well."""
    failed = []
    for recipient, mail in mails:
        try:
            mail.send()
        except (SMTPException, OSError):
            logger.exception("“%s” could not be sent to %s", mail.subject, recipient.user.pk)
            failed.append(recipient)
    sending.failed, sending.is_complete = "\n".join(one.line for one in failed), True
    sending.save()
    return failed
