"""manage.py check_index"""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from engagement.search.rebuild import check, total

MOST_SHOWN = 100


class Command(BaseCommand):
    help = "Compare the search index with the records. Lists differences, and fails if there are any."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="Correct the differences.")

    def handle(self, *args: object, repair: bool = False, **options: object) -> None:
        found = 0
        with tqdm(total=total(), unit=" records", disable=None, file=self.stderr) as progress:
            for portion in check(repair=repair):
                for drift in portion.drifts[: max(0, MOST_SHOWN - found)]:
                    self.stdout.write(str(drift))
                found += len(portion.drifts)
                progress.update(portion.number)
        if found > MOST_SHOWN:
            self.stdout.write(f"and {found - MOST_SHOWN} more")
        if found and not repair:
            raise CommandError(f"{found} entries are wrong. Correct them with --repair.")
        self.stdout.write(f"{found} entries corrected." if found else "Every entry is correct.")
