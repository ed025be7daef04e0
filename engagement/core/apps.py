from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "engagement.core"
    label = "core"
    verbose_name = _("Shared kit")

    def ready(self) -> None:
        # Models, which are not there before all apps are.
        from . import change_signals, checks, page_cache  # noqa: F401 (the checks register themselves)
        from .unavailable import let_forms_refuse

        change_signals.connect()
        page_cache.connect()
        let_forms_refuse()
