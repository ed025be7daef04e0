"""Deadlines of minutes (a scheduled job): an e-mail to whoever sent them, and silent agreement once they are over.

Nobody outside is reminded by itself. An e-mail is claimed in the database before it is sent, so that two runs send one.
See docs/decisions/minutes.md.
"""

import datetime as dt
import logging
from collections.abc import Iterator
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from engagement.accounts.models import User

from .models import Minutes, MinutesSending, Status
from .workflow import Standing, told_day

logger = logging.getLogger(__name__)

DAYS_LEFT = (7, 3, 1, 0, -1)
"""On these days before the deadline; minus one is the day after it."""


def to_remind(today: dt.date) -> Iterator[tuple[Minutes, MinutesSending, User]]:
    """Minutes that are with the counterpart, the sending that announced the deadline, and who is reminded of it."""
    days = [today + dt.timedelta(days=left) for left in DAYS_LEFT]
    rows = Minutes.objects.filter(status=Status.SENT, deadline_on__in=days).select_related("meeting").order_by("pk")
    for minutes in rows:
        sendings = MinutesSending.objects.filter(version_sent__minutes=minutes).order_by("-at", "-pk")
        sending = sendings.select_related("by").first()
        if sending is not None and sending.by is not None and sending.by.is_ours and sending.by.email:
            yield minutes, sending, sending.by


def remind(today: dt.date) -> Iterator[str]:
    """Send each once a day, and tell each in a sentence."""
    for minutes, sending, person in to_remind(today):
        if MinutesSending.objects.claim_reminder(sending, today):
            yield f"{person} <{person.email}>: {minutes.meeting.reference}, {_sent(minutes, person)}"


def _sent(minutes: Minutes, person: User) -> str:
    assert minutes.deadline_on is not None
    standing = Standing(minutes, person)
    url = settings.SITE_URL + minutes.get_absolute_url()
    context = {"minutes": minutes, "standing": standing, "day": told_day(minutes.deadline_on), "url": url}
    subject = _("Minutes: comments until %(day)s") % {"day": context["day"]}
    try:
        send_mail(subject, render_to_string("minutes/reminder.txt", context), None, [person.email])
    except (SMTPException, OSError):
        logger.exception("Whoever sent the minutes of %s was not reminded", minutes.meeting.reference)
        return "could not be sent"
    return "reminded"


def to_settle(today: dt.date) -> list[Minutes]:
    """Minutes whose deadline is over, where silence is agreement."""
    return list(Minutes.objects.past_deadline(today).select_related("meeting").order_by("pk"))


def settle(today: dt.date) -> Iterator[str]:
    """Note the agreement of whoever was silent, and tell each in a sentence; a second run finds nothing left."""
    for minutes in to_settle(today):
        names = ", ".join(one.short_name for one in minutes.agree_silently(today))
        if names:
            yield f"{minutes.meeting.reference}: {names} agreed by not answering before the deadline"
