from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowupsConfig(AppConfig):
    name = "engagement.followups"
    label = "followups"
    verbose_name = _("Follow-ups")

    def ready(self) -> None:
        # Models, which are not there before all apps are.
        from meetings.write_signals import is_part

        # Likewise.
        from . import (
            list_extensions,  # noqa: F401  what this app adds to lists of the apps below
            promises_kept,  # noqa: F401  to what answers a request
            public_content,  # noqa: F401  and to what is kept of a published meeting
        )

        # Likewise.
        from .models import FollowUp

        words = ("reference", "title", "details", "is_joint", "owner_id")
        is_part(FollowUp, (*words, "discussion_id", "outcome_id", "visibility", "order"))
