"""Idempotent sending: claim, hand over, note. Two runs at once, a run again or one that was killed repeat nothing.

A digest is claimed by a row that is unique for its person and day. Right before it is handed to the mail server that is
noted, and right after that it is sent. Killed in between, nobody knows, and it is not sent again: it errs towards once.
Killed before, it surely did not leave, and the next run sends it. See docs/decisions/reminders.md.
"""

import datetime as dt
import logging
from collections.abc import Sequence
from contextlib import suppress
from enum import Enum
from smtplib import SMTPException, SMTPServerDisconnected

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.utils import timezone

from engagement.accounts.models import User

from .mails import mail_of
from .models import Digest, SentReminder
from .publications import Publication
from .selection import Reminder

logger = logging.getLogger(__name__)

CLAIM_LASTS = dt.timedelta(hours=1)
"""After so long a run that claimed something and did not go on is taken for dead."""


class Fate(Enum):
    SENT = "sent"
    BEFORE = "sent before, or just being sent by another run"
    REFUSED = "refused; the next run tries again"
    UNSURE = "handed over, but perhaps not sent; it is not sent again"


def send(
    person: User,
    reminders: Sequence[Reminder],
    day: dt.date,
    connection: BaseEmailBackend,
    publications: Sequence[Publication] = (),
) -> Fate:
    """Send the digests of a day. Raises the mail server's error when it is away, before anything is claimed."""
    connection.open()
    digest = claim(person, reminders, day)
    if digest is None:
        return Fate.BEFORE
    mail = mail_of(person, reminders, day, digest.pk, publications)
    return _delivered(digest, mail, connection)


def claim(person: User, reminders: Sequence[Reminder], day: dt.date) -> Digest | None:
    """The digest of this person and day, if this run may send it, with reminders that earlier runs could not send."""
    try:
        with transaction.atomic():
            if is_taken(person, day):
                return None
            Digest.objects.unsent().filter(person=person, told_on__lte=day).delete()
            digest = Digest.objects.create(person=person, told_on=day)
            SentReminder.objects.bulk_create(
                SentReminder(digest=digest, followup=one.followup, person=person, kind=one.kind, told_on=day)
                for one in reminders
            )
    except IntegrityError:  # another run was first
        return None
    return digest


def is_taken(person: User, day: dt.date) -> bool:
    """Sent, or being sent by a run that lives."""
    known = Digest.objects.filter(person=person, told_on=day).first()
    if known is None:
        return False
    is_dead = bool(known.error) or known.claimed_at < timezone.now() - CLAIM_LASTS
    return known.handed_at is not None or not is_dead


def _delivered(digest: Digest, mail: EmailMessage, connection: BaseEmailBackend) -> Fate:
    if not digest.hand_over():
        return Fate.BEFORE
    try:
        connection.send_messages([mail])
    except Exception as error:
        with suppress(Exception):  # the next one gets a connection that nothing has broken
            connection.close()
        if not _is_refusal(error):
            logger.exception("Whether the reminder e-mail to %s was sent is not known", digest.person)
            return Fate.UNSURE
        logger.warning("The reminder e-mail to %s was refused: %s", digest.person, error)
        digest.note_refused(f"{type(error).__name__}: {error}")
        return Fate.REFUSED
    digest.note_sent()
    return Fate.SENT


def _is_refusal(error: Exception) -> bool:
    """Whether the server said no, or the e-mail could not even be written; else it may have been taken."""
    if isinstance(error, SMTPServerDisconnected):
        return False
    return isinstance(error, SMTPException | ValueError | ConnectionRefusedError)
