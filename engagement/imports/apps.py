from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "engagement.imports"
    label = "imports"
    verbose_name = _("Imports")

    def ready(self) -> None:
        post_migrate.connect(_sync_layouts, sender=self, dispatch_uid="imports.layouts")


def _sync_layouts(**kwargs: Any) -> None:
    from engagement.imports.layouts.sync import sync  # models, which are not there before all apps are

    sync(**kwargs)
