from django.apps import AppConfig
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    label = "meetings"
    verbose_name = _("Meetings")

    def ready(self) -> None:
        # Models, which are not there before all apps are.
        from . import (
            consent,
            four_eyes,  # noqa: F401  what happens when a published meeting is written
            list_extensions,  # noqa: F401  what this app adds to lists of the apps below
            merging,  # noqa: F401  and what happens to its parties when organizations are merged
            readiness,  # noqa: F401  and what is done when a meeting is written
            version_keeping,
            write_signals,
        )
        from .models import denormalized  # likewise

        write_signals.connect()
        denormalized.connect()
        version_keeping.start()
        consent.start()
        post_migrate.connect(_keep_first_versions, sender=self, dispatch_uid="meetings.first_versions")


def _keep_first_versions(**kwargs: object) -> None:
    """Of what was public before there were versions; only once every app is migrated, since it reads them all."""
    from .version_keeping import keep_first_versions  # models, which are not there before all apps are

    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        keep_first_versions()
