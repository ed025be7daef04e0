"""Visibility rules: whoever sees a meeting sees the organizations, topics and references it shows."""

from django.db.models import Q

from engagement.core.models.visibility import opens, shown_by
from engagement.core.types import Reader

from .discussions import Discussion
from .outcomes import Outcome
from .parties import Party


@opens("topics.topic")
def topics_discussed(user: Reader) -> Q:
    return shown_by(Discussion.objects.visible_to(user), "topic")


@opens("topics.reference")
def references_made(user: Reader) -> Q:
    return shown_by(Discussion.objects.visible_to(user), "references")


@opens("organizations.organization")
def parties(user: Reader) -> Q:
    return shown_by(Party.objects.visible_to(user), "organization")


@opens("organizations.organization")
def mentioned(user: Reader) -> Q:
    return shown_by(Discussion.objects.visible_to(user), "mentions")


@opens("organizations.organization")
def named_in_outcomes(user: Reader) -> Q:
    seen = Outcome.objects.visible_to(user)
    return shown_by(seen, "by") | shown_by(seen, "to")
