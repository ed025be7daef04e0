from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "engagement.core"
    label = "core"
    verbose_name = _("Shared kit")

    def ready(self) -> None:
        from .unavailable import let_forms_refuse
        from .written import notice

        notice()
        let_forms_refuse()
