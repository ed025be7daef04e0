"""manage.py load_regimes: add the publication rules that come with the product, as far as they are not there."""

from django.core.management.base import BaseCommand

from meetings.shipped_regimes import load


class Command(BaseCommand):
    help = "Add the publication rules that come with the product. What is there already stays as it is, edits included."

    def handle(self, *args: object, **options: object) -> None:
        added = load()
        for regime in added:
            self.stdout.write(f"Added: {regime.name}. {regime.deadline_sentence}")
        if not added:
            self.stdout.write("Every publication rule is there already: nothing changed.")
