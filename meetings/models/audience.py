"""Organizations, topics and references are seen by whoever sees a meeting that shows them."""

from typing import Any

from django.db.models import Q

from engagement.core.models.visibility import opens

from .discussions import Discussion
from .meeting import Meeting
from .outcomes import Outcome
from .parties import Party


@opens("topics.topic")
def topics_discussed(user: Any) -> Q:
    return Q(pk__in=Discussion.objects.visible_to(user).filter(topic__isnull=False).values("topic"))


@opens("topics.reference")
def references_made(user: Any) -> Q:
    return Q(
        pk__in=Discussion.references.through.objects.filter(discussion__in=Discussion.objects.visible_to(user)).values(
            "reference"
        )
    )


@opens("organizations.organization")
def parties(user: Any) -> Q:
    seen = Party.objects.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))
    return Q(pk__in=seen.values("organization"))


@opens("organizations.organization")
def mentioned(user: Any) -> Q:
    through = Discussion.mentions.through.objects.filter(discussion__in=Discussion.objects.visible_to(user))
    return Q(pk__in=through.values("organization"))


@opens("organizations.organization")
def named_in_outcomes(user: Any) -> Q:
    seen = Outcome.objects.visible_to(user)
    return Q(pk__in=seen.filter(by__isnull=False).values("by")) | Q(pk__in=seen.filter(to__isnull=False).values("to"))
