"""What meetings say about organizations and topics, as far as a reader may know it. Each topic, theme and series
has a dossier of its own beside this file."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet, Window
from django.db.models.functions import Rank

from engagement.topics.models import Topic
from organizations.models import Organization

from .models import Discussion, Meeting, Party, Position
from .models.status import Status


def latest_positions(organization: Organization, user: Any) -> QuerySet[Position]:
    """What an organization held on each topic when it last took a position at a meeting held; the latest first."""
    newest = Window(
        Rank(), partition_by="discussion__topic", order_by=["-meeting__starts_at", "-discussion__order", "-discussion"]
    )
    return (
        Position.objects.visible_to(user)
        .filter(organization=organization, discussion__topic__isnull=False, meeting__status=Status.HELD)
        .annotate(age=newest)
        .filter(age=1)
        .select_related("discussion__topic", "meeting")
        .order_by("-meeting__starts_at", "discussion", "order", "pk")
    )


def meetings_with(organization: Organization, user: Any) -> QuerySet[Meeting]:
    """The meetings an organization was, or will be, a party to; the latest first, those without a date before them."""
    meetings = Meeting.objects.visible_to(user).filter(parties__organization=organization)
    return meetings.with_agenda(user).order_by(F("starts_at").desc(nulls_first=True), "-pk")


def meetings_by_organization(organizations: Iterable[Organization], user: Any) -> dict[int, dict[str, Any]]:
    """How many meetings were held with each of these organizations, and when the last was."""
    held = Party.objects.filter(
        organization__in=list(organizations), meeting__in=Meeting.objects.visible_to(user).held().values("pk")
    )
    rows = held.values("organization").annotate(number=Count("meeting"), last=Max("meeting__starts_on")).order_by()
    return {row["organization"]: row for row in rows}


def discussions_by_topic(topics: Iterable[Topic], user: Any) -> dict[int, dict[str, Any]]:
    """How often each of these topics was discussed at meetings held, and when first and last."""
    held = Discussion.objects.visible_to(user).filter(topic__in=list(topics), meeting__status=Status.HELD)
    rows = held.values("topic").annotate(
        number=Count("pk"), first=Min("meeting__starts_on"), last=Max("meeting__starts_on")
    )
    return {row["topic"]: row for row in rows.order_by()}


def earlier_by_topic(meeting: Meeting, user: Any) -> dict[int, int]:
    """At how many earlier meetings each topic of this meeting was discussed."""
    topics = [discussion.topic_id for discussion in meeting.discussions.all() if discussion.topic_id]
    if not topics or meeting.starts_at is None:
        return {}
    before = Discussion.objects.visible_to(user).filter(
        topic__in=topics, meeting__starts_at__lt=meeting.starts_at, meeting__status=Status.HELD
    )
    rows = before.values("topic").annotate(number=Count("meeting", distinct=True)).order_by()
    return {row["topic"]: row["number"] for row in rows}


def neighbours(meeting: Meeting, user: Any) -> Sequence[Meeting]:
    """The meetings of the same series in their order, this one included; undated ones last."""
    around = Meeting.objects.visible_to(user).filter(series=meeting.series_id)
    fields = ("pk", "slug", "title", "ordinal", "status", "starts_on", "starts_at", "series")
    shown = around.exclude(Q(status=Status.CANCELLED) & ~Q(pk=meeting.pk)).only(*fields)
    return sorted(shown, key=lambda other: (other.starts_at is None, other.starts_at or 0, other.pk))


def most_discussed(user: Any, year: int, how_many: int = 5) -> QuerySet[Topic]:
    """The topics that came up most often at the meetings held in a year."""
    held = Discussion.objects.visible_to(user).filter(meeting__status=Status.HELD, meeting__starts_on__year=year)
    topics = Topic.objects.filter(discussions__in=held).annotate(number=Count("discussions"))
    return topics.order_by("-number", "title", "pk")[:how_many]
