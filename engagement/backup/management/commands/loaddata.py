"""manage.py loaddata: Django's; afterwards the search index and kept pages follow the loaded rows."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.core.management.commands.loaddata import Command as DjangoCommand
from django.core.management.sql import emit_post_migrate_signal
from django.db import DEFAULT_DB_ALIAS, IntegrityError, transaction
from django.db.models.signals import ModelSignal, m2m_changed

from engagement.backup.portable import clear_what_migrate_made, records_here
from engagement.core.models import Stamp


class Command(DjangoCommand):
    help = f"{DjangoCommand.help} Brings the search index up to date afterwards."

    def handle(self, *labels: object, **options: object) -> None:
        if options["database"] != DEFAULT_DB_ALIAS:
            super().handle(*labels, **options)
            return
        try:
            super().handle(*labels, **options)
        except IntegrityError:
            if records_here():
                raise
            self._load_into_new(*labels, **options)
        Stamp.objects.put()
        call_command("rebuild_index", verbosity=0)

    def loaddata(self, fixture_labels: Sequence[str]) -> None:
        """Selections are loaded as they are too. They are no change: no version rises, no history is written."""
        with unheard(m2m_changed):
            super().loaddata(fixture_labels)

    def _load_into_new(self, *labels: object, **options: Any) -> None:
        """Rows that ``migrate`` wrote into an empty database may have other keys than the dump, which has its own."""
        with transaction.atomic():
            clear_what_migrate_made()
            super().handle(*labels, **options)
        emit_post_migrate_signal(verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS)


@contextmanager
def unheard(signal: ModelSignal) -> Iterator[None]:
    """Django passes ``raw`` to receivers of loaded rows, except for selections."""
    receivers, signal.receivers = signal.receivers, []
    signal.sender_receivers_cache.clear()
    try:
        yield
    finally:
        signal.receivers = receivers
        signal.sender_receivers_cache.clear()
