"""Visibility rule: whoever sees a promise of an organization sees the organization."""

from django.db.models import Q

from engagement.core.models.visibility import opens, shown_by
from engagement.core.types import Reader

from .followup import FollowUp


@opens("organizations.organization")
def owners(user: Reader) -> Q:
    seen = FollowUp.objects.visible_to(user)
    return shown_by(seen, "owner") | shown_by(seen, "waiting_on")
