from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    label = "meetings"
    verbose_name = _("Meetings")

    def ready(self) -> None:
        # Models, which are not there before all apps are.
        from . import (
            list_extensions,  # noqa: F401  what this app adds to lists of the apps list_extensions
            merging,  # noqa: F401  and what happens to its parties when organizations are merged
        )
