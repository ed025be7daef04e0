"""Prefetch objects of a meeting's page, each part narrowed to this reader."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from engagement.core.types import Reader

from .discussions import Discussion, Position
from .documents import Document
from .outcomes import Outcome
from .participants import Participant
from .parties import Party


def parties_for_reading() -> "Prefetch[Any, Any, Any]":
    return Prefetch("parties", queryset=Party.objects.select_related("organization").order_by("-side", "order", "pk"))


def with_positions(discussions: QuerySet[Discussion], user: Reader) -> QuerySet[Discussion]:
    """Discussions of a timeline, with the parties of their meetings and the positions taken."""
    positions = Position.objects.visible_to(user).select_related("organization")
    return discussions.select_related("meeting__series").prefetch_related(
        Prefetch("meeting__parties", queryset=parties_for_reading().queryset), Prefetch("positions", queryset=positions)
    )


def agenda_for_reading(user: Reader) -> "Prefetch[Any, Any, Any]":
    """The headings of the discussions, for a list of meetings."""
    return Prefetch("discussions", queryset=Discussion.objects.visible_to(user).select_related("topic"))


def page_prefetches(user: Reader) -> "list[Prefetch[Any, Any, Any]]":
    """Callers narrow the meetings themselves by ``visible_to`` first. Themes, references and organizations spoken of
    come as labels, all in one query: ``meetings/discussion_labels.py``."""
    return [
        parties_for_reading(),
        Prefetch("participants", queryset=Participant.objects.visible_to(user)),
        agenda_for_reading(user),
        Prefetch("discussions__positions", queryset=Position.objects.visible_to(user).select_related("organization")),
        Prefetch("outcomes", queryset=Outcome.objects.visible_to(user).select_related("by", "to")),
        Prefetch("documents", queryset=Document.objects.visible_to(user)),
    ]
