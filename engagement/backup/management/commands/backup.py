"""manage.py backup: one file with the database and every document."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from engagement.backup.create import back_up


class Command(BaseCommand):
    help = "Writes the database and the documents, as they are at one moment, into one archive with checksums."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", help="the archive to write (default: backup-DATE-TIME.tar.gz, here)")
        parser.add_argument("--portable", action="store_true", help="restorable into the other kind of database too")

    def handle(self, *args: object, file: str | None = None, portable: bool = False, **options: object) -> None:
        path = Path(file or f"backup-{timezone.localtime():%Y-%m-%d-%H%M%S}.tar.gz").absolute()
        facts = back_up(path, portable=portable)
        for name in facts["missing"]:
            self.stderr.write(f"A record names the file {name}, which is not there.")
        rows = sum(facts["rows"].values())
        self.stdout.write(f"{rows:,} rows in {facts['database']} and the files of documents are in {path}.")
