from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from engagement.core.rows_of_migrate import comes_with_migrate


class ImportsConfig(AppConfig):
    name = "engagement.imports"
    label = "imports"
    verbose_name = _("Imports")

    def ready(self) -> None:
        comes_with_migrate("imports.historicallayout", "imports.layout")
        post_migrate.connect(_sync_layouts, sender=self, dispatch_uid="imports.layouts")


def _sync_layouts(**kwargs: object) -> None:
    from engagement.imports.layouts.sync import sync  # models, which are not there before all apps are

    sync(**kwargs)
