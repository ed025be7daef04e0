"""What meetings say about a topic, an organization or a series, as far as a reader may know it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Max, Min, Prefetch, Q, QuerySet, Window
from django.db.models.functions import ExtractYear, Rank

from engagement.topics.models import Topic
from organizations.models import Organization

from .models import Discussion, Meeting, Party, Position
from .models.reading import parties_for_reading
from .models.status import Status


def timeline(topic: Topic, user: Any) -> QuerySet[Discussion]:
    """Every discussion of a topic with the positions taken, the latest first."""
    positions = Position.objects.visible_to(user).select_related("organization")
    return (
        Discussion.objects.visible_to(user)
        .filter(topic=topic)
        .select_related("meeting__series")
        .prefetch_related(_parties_of_meeting(), Prefetch("positions", queryset=positions))
        .order_by("-meeting__starts_at", "-pk")
    )


def _parties_of_meeting() -> Prefetch:
    parties = parties_for_reading()
    return Prefetch("meeting__parties", queryset=parties.queryset)


def discussions_a_year(topic: Topic, user: Any) -> list[tuple[int, int]]:
    """How often a topic was discussed at meetings that took place, every year from the first to the last."""
    held = Discussion.objects.visible_to(user).filter(topic=topic, meeting__status=Status.HELD)
    rows = held.annotate(year=ExtractYear("meeting__starts_on")).values("year").annotate(number=Count("pk"))
    numbers = {row["year"]: row["number"] for row in rows.order_by() if row["year"]}
    return [(year, numbers.get(year, 0)) for year in range(min(numbers), max(numbers) + 1)] if numbers else []


def voices(topic: Topic, user: Any) -> QuerySet[Organization]:
    """Who took a position on a topic of its own, and in how many discussions; the most frequent first."""
    seen = Position.objects.visible_to(user).filter(discussion__topic=topic)
    return (
        Organization.objects.filter(positions__in=seen)
        .annotate(number=Count("positions__discussion", distinct=True))
        .order_by("-number", "name", "pk")
    )


def latest_positions(organization: Organization, user: Any) -> QuerySet[Position]:
    """What an organization last said on each topic, the most recent first."""
    newest = Window(Rank(), partition_by="discussion__topic", order_by=["-meeting__starts_at", "-discussion"])
    return (
        Position.objects.visible_to(user)
        .filter(organization=organization, discussion__topic__isnull=False)
        .annotate(age=newest)
        .filter(age=1)
        .select_related("discussion__topic", "meeting")
        .order_by("-meeting__starts_at", "discussion", "order", "pk")
    )


def meetings_with(organization: Organization, user: Any) -> QuerySet[Meeting]:
    """The meetings an organization was a party to, the latest first."""
    meetings = Meeting.objects.visible_to(user).filter(parties__organization=organization)
    return meetings.for_list().with_agenda(user).order_by("-starts_at", "-pk")


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


def summary(topic: Topic, user: Any) -> dict[str, Any]:
    """How many discussions a topic had at meetings held, with how many organizations, since when."""
    held = Discussion.objects.visible_to(user).filter(topic=topic, meeting__status=Status.HELD)
    met = Q(meeting__parties__side=Party.Side.COUNTERPART)
    return held.aggregate(
        discussions=Count("pk", distinct=True),
        organizations=Count("meeting__parties__organization", filter=met, distinct=True),
        since=Min("meeting__starts_on"),
    )


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
