"""manage.py personal_data: write all data held on one person into one file (GDPR access)."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from engagement.privacy.erasing import Target
from engagement.privacy.own_data import as_json, as_text, held_on
from organizations.models import Person


class Command(BaseCommand):
    help = "Write all data held on one person: records, history, what an account did, each place with the name."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("who", help="the key of a person, or first and last name")
        parser.add_argument("--text", action="store_true", help="text to read, instead of JSON")
        parser.add_argument("--output", type=Path, help="the file to write; otherwise the data is printed")

    def handle(self, *args: object, who: str, text: bool, output: Path | None, **options: object) -> None:
        target = self._target(who)
        target.accounts = target.likely_accounts()
        held = held_on(target)
        if not held:
            raise CommandError("No data is held on anyone of this name.")
        document = as_text(held) if text else as_json(held)
        if output is None:
            self.stdout.write(document, ending="")
            return
        output.write_text(document, encoding="utf-8")
        output.chmod(0o600)
        self.stdout.write(f"{sum(map(len, held.values()))} records written to {output}.")

    def _target(self, who: str) -> Target:
        if who.isdecimal():
            if person := Person.objects.filter(pk=who).first():
                return Target(person)
            raise CommandError(f"There is no person {who}.")
        people = list(Person.objects.filter(name__iexact=who).order_by("pk")[:2])
        if len(people) > 1:
            keys = ", ".join(str(key) for key in Person.objects.filter(name__iexact=who).values_list("pk", flat=True))
            raise CommandError(f"Several people have this name: give the key of one ({keys}).")
        return Target(people[0]) if people else Target(name=who)
