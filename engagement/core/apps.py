from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "engagement.core"
    label = "core"
    verbose_name = _("Shared kit")

    def ready(self) -> None:
        from .written import notice

        notice()
