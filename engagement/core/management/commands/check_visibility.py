"""manage.py check_visibility: prove that the stored audience of every record is the right one."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import F, Q

from engagement.core.models.visibility import leveled_models, relevel, wrong_levels
from engagement.core.planner_statistics import refresh_statistics


class Command(BaseCommand):
    help = "Check that the effective visibility of every record is the lowest of its own and its ancestors'."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="correct what is wrong")

    def handle(self, *args: object, repair: bool, **options: object) -> None:
        checked = wrong = 0
        for model in leveled_models():
            rows = wrong_levels(model)
            checked += model._base_manager.count()
            for pk, stored, right in rows.values_list("pk", "effective_visibility", F("right_level"))[:20]:
                self.stdout.write(f"{model._meta.label} {pk}: stored {stored}, should be {right}")
            wrong += rows.count()
            if repair:
                relevel(model, Q())
        if repair:
            refresh_statistics()
        if wrong and not repair:
            raise CommandError(f"{wrong} of {checked} records have a wrong effective visibility. Run with --repair.")
        self.stdout.write(f"{checked} records checked, {wrong} wrong" + (", repaired." if wrong else "."))
