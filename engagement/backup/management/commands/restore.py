"""manage.py restore: put a backup in the place of the database and the documents."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from engagement.backup.restore import restore


class Command(BaseCommand):
    help = "Puts what `backup` wrote into this site's database and storage, after every checksum was verified."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the archive")
        parser.add_argument("--replace", action="store_true", help="replace the records and files that are here")

    def handle(self, *args: object, file: str, replace: bool = False, **options: object) -> None:
        manifest = restore(Path(file), replace=replace)
        rows = sum(manifest["rows"].values())
        self.stdout.write(f"Restored as of {manifest['made_at']}: {rows:,} rows, and the files of documents.")
