"""manage.py check_documents: compare stored files with the records that name them."""

import datetime as dt
import hashlib
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db.models import FileField, Model
from django.utils import timezone

from engagement.core.storage.base import StorageUnavailable, file_storage

AN_HOUR = dt.timedelta(hours=1)


class Command(BaseCommand):
    help = "Compare files with the records that name them. Lists missing, changed and left-over files; fails if any."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--repair", action="store_true", help="Remove files that no record names, if older than an hour."
        )

    def handle(self, *args: object, repair: bool = False, **options: object) -> None:
        storage, before = file_storage(), timezone.now() - AN_HOUR
        try:
            storage.check_reachable()
            there = dict(storage.walk())  # first: what is added meanwhile is named by the time it is asked for
        except StorageUnavailable as error:
            raise CommandError(f"The storage of documents cannot be reached: {error}") from error
        named, faults = set(), 0
        for record, file, field in _named():
            named.add(file.name)
            if why := _fault(record, file):
                faults += 1
                self.stdout.write(f"{record._meta.label} {record.pk}, {field}: {file.name} {why}")
        for name in sorted(there.keys() - named):
            if repair and there[name] < before:
                storage.delete(name)
                self.stdout.write(f"{name} was removed: no record names it")
                continue
            faults += 1
            self.stdout.write(f"{name} is left over: no record names it")
        if faults:
            raise CommandError(f"{faults} files are missing, changed or left over.")
        self.stdout.write(f"{len(named)} files are correct.")


def _named() -> Iterator[tuple[Model, Any, str]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField):
                rows = model._base_manager.exclude(**{field.name: ""}).order_by("pk")
                yield from ((row, getattr(row, field.attname), field.name) for row in rows.iterator())


def _fault(record: Model, file: Any) -> str:
    """The fault of a record's file, or nothing; size and checksum are compared where the record has them."""
    try:
        with file.storage.open(file.name) as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
    except FileNotFoundError:
        return "is missing"
    stored = getattr(record, "sha256", "") or digest
    return "" if stored == digest else "is not what was stored"
