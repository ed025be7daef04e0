"""manage.py load_founding_example: a real meeting of the EMA and the Alliance for Regenerative Medicine, 8 May 2025."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from engagement.accounts.roles import PUBLISHER, SECRETARY
from engagement.samples.loading import already_there, edited_since, load
from engagement.samples.people import colleague


class Command(BaseCommand):
    help = "Load the founding example, a real meeting as the press reported it. A second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", metavar="USERNAME", help="who logs it and chases its follow-ups")
        parser.add_argument("--publisher", metavar="USERNAME", help="who publishes it: somebody else")

    def handle(self, *args: Any, by: str | None, publisher: str | None, **options: object) -> None:
        if meeting := already_there():
            edited = " It was edited since; the edits were kept." if edited_since(meeting) else ""
            self.stdout.write(f"The founding example is already there as {meeting.reference}: nothing changed.{edited}")
            return
        secretary = colleague(SECRETARY, by, "--by")
        other = colleague(PUBLISHER, publisher, "--publisher")
        try:
            meeting = load(by=secretary, publisher=other)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"The founding example was loaded as {meeting.reference}.")
