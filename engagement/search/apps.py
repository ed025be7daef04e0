from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "engagement.search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        # Models, which are not there before all apps are.
        from engagement.core.search_hooks import answers

        # Likewise.
        from .list_adapter import Answers
        from .signals import start

        start()
        answers(Answers())
