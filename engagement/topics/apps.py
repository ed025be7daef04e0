from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TopicsConfig(AppConfig):
    name = "engagement.topics"
    label = "topics"
    verbose_name = _("Topics")

    def ready(self) -> None:
        # Models, which are not there before all apps are.
        from . import stamps  # noqa: F401  which kept pages are made again when a topic changes
