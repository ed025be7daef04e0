"""manage.py dumpdata: as Django's, without what is made anew from the rest."""

from typing import Any

from django.core.management.commands.dumpdata import Command as DjangoCommand

from engagement.backup.portable import LEFT_OUT


class Command(DjangoCommand):
    help = f"{DjangoCommand.help} Leaves out the search index, the stamps of kept pages and sessions."

    def handle(self, *labels: str, **options: Any) -> None:
        left_out = [model._meta.label for model in LEFT_OUT if model._meta.label not in labels]
        super().handle(*labels, **{**options, "exclude": [*options["exclude"], *left_out]})
