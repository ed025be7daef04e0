from django.apps import AppConfig, apps
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "engagement.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        # Models, which are not there before all apps are.
        from engagement.core.exports import ExportView
        from engagement.core.lists.views import ListPage

        # Signals: they need the models too.
        from . import default_view, roles, sessions
        from .models import ExportLog

        if ExportLog.log not in ExportView.loggers:
            ExportView.loggers.append(ExportLog.log)
        if default_view.default_query not in ListPage.openers:
            ListPage.openers.append(default_view.default_query)
        user_logged_in.connect(sessions.begin, dispatch_uid="accounts.sessions.begin")
        # Once, when the permissions of every app above it are there.
        post_migrate.connect(roles.sync, sender=apps.get_app_config("auth"), dispatch_uid="accounts.roles.sync")
