"""manage.py dumpdata: Django's, without derived and passing rows."""

from typing import Any

from django.apps import apps
from django.core.management.commands.dumpdata import Command as DjangoCommand

from engagement.backup.portable import LEFT_OUT


class Command(DjangoCommand):
    help = f"{DjangoCommand.help} Leaves out what portable backups do, such as the search index and sessions."

    def handle(self, *labels: str, **options: Any) -> None:
        here = [model._meta.label for model in apps.get_models()]
        left_out = [label for label in here if label in LEFT_OUT and label not in labels]
        super().handle(*labels, **{**options, "exclude": [*options["exclude"], *left_out]})
