"""E-mail with which minutes go to the counterpart: each recipient's own, recorded before the first one leaves."""

from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from meetings.agenda_mail import Recipient

from .models import Minutes, MinutesSending, MinutesVersion
from .workflow import told_day


def mail_for(request: HttpRequest, sending: MinutesSending, recipient: Recipient, word: str) -> EmailMessage:
    """The e-mail to one person: the request, the deadline, and the meaning of silence."""
    version: MinutesVersion = sending.version_sent
    minutes: Minutes = version.minutes
    assert sending.deadline_on is not None
    context = {"minutes": minutes, "version": version, "sending": sending, "recipient": recipient, "word": word}
    context |= {"url": request.build_absolute_uri(minutes.get_absolute_url()), "day": told_day(sending.deadline_on)}
    subject = " ".join((_("Minutes for your comments: %(title)s") % {"title": minutes.meeting.title}).split())
    return EmailMessage(subject, render_to_string("minutes/mail.txt", context), to=[recipient.user.email])
