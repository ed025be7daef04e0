"""Whose promise it is follows from whether its owner is one of our own bodies."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from organizations.models import Organization

from .followup import FollowUp
from .status import Side


@receiver(post_save, sender=Organization, dispatch_uid="followups.sides")
def follow_the_owner(instance: Organization, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """An organization became, or is no longer, a host: its promises change sides."""
    if created or raw:
        return
    side = Side.OURS if instance.is_host else Side.THEIRS
    for followup in FollowUp.objects.filter(owner=instance).exclude(side=side):
        followup.save()
