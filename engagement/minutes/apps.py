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
            list_extensions,  # noqa: F401  what the list of meetings is asked of them
            merging,  # noqa: F401  what happens to agreements when organizations are merged
            publication,  # noqa: F401  what publishing a meeting asks of them
        )
