"""Organizations are seen by whoever sees a promise of theirs."""

from typing import Any

from django.db.models import Q

from engagement.core.models.visibility import opens

from .followup import FollowUp


@opens("organizations.organization")
def owners(user: Any) -> Q:
    seen = FollowUp.objects.visible_to(user)
    return Q(pk__in=seen.filter(owner__isnull=False).values("owner")) | Q(
        pk__in=seen.filter(waiting_on__isnull=False).values("waiting_on")
    )
