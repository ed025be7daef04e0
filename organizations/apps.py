from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    name = "organizations"
    label = "organizations"
    verbose_name = _("Organizations")

    def ready(self) -> None:
        # Models, which are not there before all apps are.
        from .merging import people, registrations, signals  # noqa: F401  what a merge does, of people and organizations
