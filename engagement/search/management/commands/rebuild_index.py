"""manage.py rebuild_index"""

from django.core.management.base import BaseCommand
from tqdm import tqdm

from engagement.core.bulk import collecting_seldom
from engagement.search.rebuild import rebuild, total


class Command(BaseCommand):
    help = "Correct the search index where it differs from the records. Searching and saving go on meanwhile."

    def handle(self, *args: object, **options: object) -> None:
        written = 0
        with collecting_seldom(), tqdm(total=total(), unit=" records", disable=None, file=self.stderr) as progress:
            for portion in rebuild():
                written += len(portion.drifts)
                progress.set_description(str(portion.kind.plural), refresh=False)
                progress.update(portion.number)
        self.stdout.write(f"{written} entries written.")
