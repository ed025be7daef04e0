from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReturnsConfig(AppConfig):
    name = "engagement.returns"
    label = "returns"
    verbose_name = _("Returns")

    def ready(self) -> None:
        from organizations.merging.references import stays  # models, which are not there before all apps are

        stays("returns.return.host", "a return was sent by the organization that it names")
