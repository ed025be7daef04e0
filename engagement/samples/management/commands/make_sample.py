"""manage.py make_sample: a fictional secretariat, from two hundred follow-ups to a million."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from engagement.core.planner_statistics import analyse, refresh_statistics
from engagement.samples.generator import make, sample_is_there
from engagement.samples.people import colleague
from meetings.models import Meeting


class Command(BaseCommand):
    help = "Add a fictional secretariat with its meetings and follow-ups. A second run adds nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--follow-ups", type=int, default=200, metavar="N", help="how many (200)")
        parser.add_argument("--seed", type=int, default=1, help="another number makes another sample (1)")
        parser.add_argument(
            "--today", type=dt.date.fromisoformat, metavar="YYYY-MM-DD", help="the day it is told from (today)"
        )
        parser.add_argument(
            "--staff", action="append", default=[], metavar="USERNAME", help="a user who shares in the work; repeatable"
        )

        parser.add_argument(
            "--no-vacuum", action="store_true", help="leave the tables as they were filled, to measure what that costs"
        )

    def handle(self, *args: Any, follow_ups: int, seed: int, today: dt.date | None, **options: Any) -> None:
        if follow_ups < 1:
            raise CommandError("--follow-ups must be 1 or more.")
        if today and today > timezone.localdate():
            raise CommandError("--today cannot be a day to come: meetings would be held in the future.")
        if sample_is_there():
            self.stdout.write("The sample is already there: nothing was added.")
            return
        staff = [colleague("", username, "--staff") for username in options["staff"]]
        before = Meeting.objects.count()
        make(follow_ups, seed, today or timezone.localdate(), staff, quiet=options["verbosity"] == 0)
        (analyse if options["no_vacuum"] else refresh_statistics)()
        meetings = Meeting.objects.count() - before
        self.stdout.write(f"The sample was added: {meetings} fictional meetings and {follow_ups} follow-ups.")
