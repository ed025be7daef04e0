from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "engagement.privacy"
    label = "privacy"
    verbose_name = _("Privacy")

    def ready(self) -> None:
        # Models, which are not there before all apps are.
        from . import erased_names, merging  # noqa: F401  what no form brings back; what a merge leaves alone
