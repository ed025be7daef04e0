from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "engagement.search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from engagement.core.finding import answers

        from .answering import Answers
        from .following import start

        start()
        answers(Answers())
