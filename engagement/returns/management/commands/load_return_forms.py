"""Add the return forms that come with the product, as far as they are not there."""

from django.core.management.base import BaseCommand

from engagement.returns.shipped import load


class Command(BaseCommand):
    help = "Add the return forms that come with the product. What is there already stays as it is, edits included."

    def handle(self, *args: object, **options: object) -> None:
        added = load()
        for form in added:
            self.stdout.write(f"Added: {form.name}.")
        if not added:
            self.stdout.write("Every return form is there already: nothing changed.")
