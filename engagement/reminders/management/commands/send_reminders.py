"""manage.py send_reminders (a scheduled job, for cron): the daily digests, and the e-mails on deadlines of minutes."""

import datetime as dt
from argparse import ArgumentParser, ArgumentTypeError
from smtplib import SMTPException
from typing import Any

from django.core.mail import get_connection
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Max
from django.utils import timezone

from engagement.core.mail import can_send
from engagement.minutes.deadlines import remind, settle, to_settle
from engagement.reminders.mails import groups_of, told
from engagement.reminders.models import Digest, Run
from engagement.reminders.schedule import MADE_UP
from engagement.reminders.selection import Selection
from engagement.reminders.sending import CLAIM_LASTS, Fate, is_taken, send


def day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError("write the day as YYYY-MM-DD") from error


class Command(BaseCommand):
    help = (
        "Sends each person one e-mail of the follow-ups they are reminded of today, and takes silence on minutes for "
        "agreement where that was announced. Safe to run again and at once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="List each recipient and why; send and write nothing."
        )
        parser.add_argument("--date", type=day, help="With --dry-run: as if it were this day (YYYY-MM-DD).")

    def handle(self, *args: Any, dry_run: bool = False, date: dt.date | None = None, **options: Any) -> None:
        today, self.is_quiet = timezone.localdate(), options["verbosity"] == 0
        if date not in (None, today) and not dry_run:
            raise CommandError(
                "--date is for --dry-run: reminders are sent for today only, and missed days are made up."
            )
        if dry_run:
            for minutes in to_settle(date or today):
                self._say(f"{minutes.meeting.reference}: silence becomes agreement")
            self._list(Selection(date or today, is_supposed=date not in (None, today)), date or today)
            return
        for line in settle(today):
            self._say(line)
        self._check(today)
        for line in remind(today):
            self._say(line)
        self._send(Selection(today), today)

    def _say(self, line: str) -> None:
        if not self.is_quiet:
            self.stdout.write(line)

    def _check(self, today: dt.date) -> None:
        last = Run.objects.aggregate(last=Max("ran_on"))["last"]
        if last and last > today:
            raise CommandError(
                f"The clock says {today}, but reminders were sent on {last}. Set the clock right. Nothing was sent."
            )
        if not can_send():
            raise CommandError("EMAIL_URL is not set, so nothing can be sent (the table is in README.md).")

    def _list(self, selection: Selection, day: dt.date) -> None:
        for person, reminders in selection.reminders.items():
            before = " (has had today's e-mail)" if is_taken(person, day) else ""
            meetings = selection.publications.get(person, [])
            self._say(f"{person} <{person.email}>: {told(len(reminders), len(meetings))}{before}")
            for group in groups_of(person, reminders, day, meetings):
                for line in group.lines:
                    when = f" ({line.when})" if line.when else ""
                    self._say(f"  {group.title}: {line.title}{when}")
        self._tell_unreached(selection)
        self._say("Nothing was sent." if selection.reminders else "Nobody is to be reminded.")

    def _tell_unreached(self, selection: Selection) -> None:
        for one in selection.unreached:
            who = str(one.person) if one.person else "Nobody"
            self._say(f"{who} ({one.why}): {one.followup}")

    def _send(self, selection: Selection, today: dt.date) -> None:
        self._tell_unsure(today)
        failed, connection = 0, get_connection()
        try:
            for person, reminders in selection.reminders.items():
                meetings = selection.publications.get(person, [])
                fate = send(person, reminders, today, connection, meetings)
                failed += fate in (Fate.REFUSED, Fate.UNSURE)
                self._say(f"{person} <{person.email}>: {told(len(reminders), len(meetings))}, {fate.value}")
        except (OSError, SMTPException) as error:
            raise CommandError(f"The mail server cannot be used: {error}. The next run goes on from here.") from error
        finally:
            connection.close()
        Run.objects.get_or_create(ran_on=today)
        self._tell_unreached(selection)
        if failed:
            raise CommandError(f"{failed} of {len(selection.reminders)} reminder e-mails could not be sent.")

    def _tell_unsure(self, today: dt.date) -> None:
        since, ended = today - dt.timedelta(days=MADE_UP), timezone.now() - CLAIM_LASTS
        for digest in Digest.objects.unsure().filter(told_on__gte=since, handed_at__lt=ended).select_related("person"):
            what = (
                f"the e-mail of {digest.told_on} may not have been sent, as a run ended just then; it is not repeated"
            )
            self._say(f"{digest.person}: {what}")
