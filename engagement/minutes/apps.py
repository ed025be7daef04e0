from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MinutesConfig(AppConfig):
    name = "engagement.minutes"
    label = "minutes"
    verbose_name = _("Minutes")

    def ready(self) -> None:
        # Models, which are not there before all apps are.
        from . import (
            carrying_over,  # noqa: F401  what the plan of the next meeting reads of minutes
            merging,  # noqa: F401  what happens to agreements when organizations are merged
        )
