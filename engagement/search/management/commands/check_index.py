"""manage.py check_index"""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from engagement.search.rebuild import check, total

MOST_SHOWN = 100


class Command(BaseCommand):
    help = "Compares the search index with the records: lists what differs, and fails if anything does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="Put right what differs.")

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
            raise CommandError(f"{found} entries are not as they should be. Put them right with --repair.")
        self.stdout.write(f"{found} entries put right." if found else "Every entry is as it should be.")
