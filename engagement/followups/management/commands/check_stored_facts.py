"""manage.py check_stored_facts: compare denormalized columns with the rows they follow from."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from engagement.core.types import Rows
from engagement.followups.models.stored_facts import status_changed_at, wrong_followups
from meetings.models.denormalized import held_on, is_written_up, wrong_meetings, wrong_parties


def wrong() -> dict[str, Rows]:
    """The rows with a wrong denormalized column, by column, each annotated with the ``right`` value."""
    return {"held_on": wrong_parties(), "is_written_up": wrong_meetings(), "status_changed_at": wrong_followups()}


class Command(BaseCommand):
    help = "Check when each party was met, which meetings are written up, and since when follow-ups have their status."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="correct what is wrong")

    def handle(self, *args: object, repair: bool, **options: object) -> None:
        right = {"held_on": held_on, "is_written_up": is_written_up, "status_changed_at": status_changed_at}
        number = 0
        for column, rows in wrong().items():
            for pk, stored, should in rows.values_list("pk", column, "right")[:20]:
                self.stdout.write(f"{rows.model._meta.label} {pk}: {column} is {stored}, should be {should}")
            number += rows.update(**{column: right[column]()}) if repair else rows.count()
        if number and not repair:
            raise CommandError(f"{number} stored facts are wrong. Run with --repair.")
        self.stdout.write(f"{number} wrong" + (", repaired." if number else "."))
