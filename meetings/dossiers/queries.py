"""Queries of the dossiers: meetings, positions and promises of one noun, as far as a reader may know of them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    Model,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
    Window,
)
from django.db.models.functions import Rank

from engagement.core.addresses import address_of
from engagement.core.lists.counts import MOST
from engagement.core.models.visibility import shown_by
from engagement.core.partial_dates import PartialDate, dated
from engagement.core.queries import FEW, Few, few_text
from engagement.core.types import Reader
from engagement.topics.models import Topic
from meetings.models import Discussion, Meeting, Party, Position
from meetings.models.querysets import MeetingQuerySet
from meetings.models.status import Status
from organizations.models import Organization

LATEST = 200
"""So many meetings, the latest, are looked through for what was held or discussed there."""


def held_by(organization: Organization) -> Q:
    """Positions of an organization: its own, and those of both sides at meetings where it was on one of them."""
    sat = Party.objects.filter(meeting=OuterRef("meeting"), organization=organization)
    return Q(organization=organization) | Q(Q(is_joint=True), Exists(sat.exclude(side=Party.Side.OBSERVER)))


def meetings_of_positions(organization: Organization, user: Reader) -> QuerySet[Meeting]:
    """The latest meetings held with an organization at which it, alone or together with the other side, took a
    position."""
    sat = Exists(Party.objects.filter(meeting=OuterRef("pk"), organization=organization))
    took = shown_by(Position.objects.visible_to(user).filter(held_by(organization)), "meeting")
    return Meeting.objects.visible_to(user).latest().filter(sat, took)[:LATEST]


def latest_positions(organization: Organization, user: Reader) -> QuerySet[Position]:
    """What an organization held on each topic when it last took a position at a meeting held, what both sides held
    in the same discussion included; the latest first."""
    newest = Window(
        Rank(), partition_by="discussion__topic", order_by=["-meeting__starts_at", "-discussion__order", "-discussion"]
    )
    latest = meetings_of_positions(organization, user)
    return (
        Position.objects.visible_to(user)
        .filter(held_by(organization), discussion__topic__isnull=False, meeting__in=latest.values("pk"))
        .annotate(age=newest)
        .filter(age=1)
        .select_related("discussion", "meeting")
        .only(
            "discussion__topic",
            *(f"meeting__{name}" for name in ("title", "slug", "starts_on", "date_precision")),
            "organization",
            "is_joint",
            "stance",
            "statement",
            "effective_visibility",
            "discussion__meeting",
        )
        .order_by("-meeting__starts_at", "discussion", "order", "pk")
        # Joined in the same question, PostgreSQL would go through the positions once for each topic there is.
        .prefetch_related(Prefetch("discussion__topic", queryset=Topic.objects.only("title", "slug")))
    )


IN_A_ROW = (
    "title", "slug", "status", "starts_on", "date_precision", "start_time", "ends_on", "end_time", "ordinal",
    "effective_visibility",
)  # fmt: skip


def meetings_with(organization: Organization, user: Reader) -> QuerySet[Meeting]:
    """The meetings an organization was, or will be, a party to; the latest first, those without a date before them."""
    return _in_a_row(Meeting.objects.visible_to(user).filter(parties__organization=organization), user)


def few_meetings_with(organization: Organization, user: Reader) -> QuerySet[Meeting]:
    """The same, where they were counted and are no more than MOST.

    They are found by party and then sorted; left to choose, PostgreSQL walks through all meetings in their order.
    """
    few = Meeting.objects.visible_to(user).filter(parties__organization=organization).order_by().values("pk")
    return _in_a_row(Meeting.objects.filter(pk__in=few[: MOST + 1]), user)


def _in_a_row(meetings: MeetingQuerySet, user: Reader) -> QuerySet[Meeting]:
    return meetings.only(*IN_A_ROW).with_agenda(user).order_by(F("starts_at").desc(nulls_first=True), "-pk")


def mentions_of(organization: Organization, user: Reader) -> QuerySet[Discussion]:
    """The discussions in which an organization was spoken of without being a party to the meeting; the latest first."""
    seated = Party.objects.filter(meeting=OuterRef("meeting"), organization=organization)
    spoken_of = Discussion.objects.visible_to(user).filter(~Exists(seated), mentions=organization)
    return (
        spoken_of.select_related("meeting", "topic")
        .only("meeting", "title", "effective_visibility", "topic__title", *(f"meeting__{name}" for name in IN_A_ROW))
        .order_by(F("meeting__starts_at").desc(nulls_first=True), "-meeting", "order", "pk")
    )


def meetings_by_organization(organizations: Iterable[Organization], user: Reader) -> dict[int, dict[str, object]]:
    """How many meetings were held with each of these organizations, counted up to FEW, and when the last was."""
    meetings = Meeting.objects.visible_to(user)
    sat = Party.objects.filter(meeting__in=meetings.held().values("pk"))
    return _how_often("organization", organizations, sat, meetings, Party.objects.all(), FEW)


def last_met(user: Reader) -> Subquery:
    """Of an organization, when it was last met, as ``dated`` writes it: one look into an index, however often."""
    met = Party.objects.visible_to(user).filter(organization=OuterRef("pk"), held_on__isnull=False)
    return Subquery(met.order_by("-held_on", "-pk").values(last=dated("held_on", "meeting__date_precision"))[:1])


def discussions_by_topic(topics: Iterable[Topic], user: Reader) -> dict[int, dict[str, object]]:
    """How often each of these topics was discussed at meetings held, counted up to OFTEN, and when last."""
    seen = Discussion.objects.visible_to(user)
    return _how_often("topic", topics, seen.filter(meeting__status=Status.HELD), Meeting.objects.all(), seen, OFTEN)


def _how_often(
    name: str, records: Iterable[Model], links: QuerySet[Any], meetings: MeetingQuerySet, links_there: Any, most: int
) -> dict[int, dict[str, Any]]:
    """Of records with few links these are grouped. The last of many is sought among the latest meetings, one by one."""
    model: Any = links.model._meta.get_field(name).related_model
    here = {name: OuterRef("pk")}
    # A subquery for a value is not made into a join, which would look at every one of the many.
    there = links_there.filter(meeting=OuterRef("pk"), **{name: OuterRef(OuterRef("pk"))})
    latest = (
        meetings.latest()
        .annotate(dated=dated("starts_on", "date_precision"))
        .alias(there=Subquery(there.order_by().values("pk")[:1]))
        .filter(there__isnull=False)
    )
    rows = model._base_manager.filter(pk__in=[one.pk for one in records]).order_by()
    rows = rows.annotate(size=Few(links.model._base_manager.filter(**here), most)).annotate(
        number=Case(When(size__gt=most, then=Few(links.filter(**here), most))),
        last=Case(When(size__gt=most, then=Subquery(latest.values("dated")[:1]))),
    )
    found = list(rows.values("number", "last", owner=F("pk")))
    few = links.filter(**{f"{name}__in": [row["owner"] for row in found if row["number"] is None]})
    last = Max(dated("meeting__starts_on", "meeting__date_precision"))
    found += few.order_by().values(owner=F(name)).annotate(number=Count("pk"), last=last)
    return {
        row["owner"]: {**row, "last": PartialDate.read(row["last"]), "times": few_text(row["number"], most)}
        for row in found
        if row["number"]
    }


def earlier_by_topic(meeting: Meeting, user: Reader) -> dict[int, int]:
    """At how many earlier meetings each topic of this meeting was discussed; MANY where it was often."""
    topics = {discussion.topic_id for discussion in meeting.discussions.all() if discussion.topic_id}
    if not topics or meeting.starts_at is None:
        return {}
    before = Discussion.objects.visible_to(user).filter(
        topic=OuterRef("pk"), meeting__starts_at__lt=meeting.starts_at, meeting__status=Status.HELD
    )
    rows = Topic.objects.filter(pk__in=topics).order_by()
    return dict(
        rows.annotate(number=Often(before.order_by().values("meeting_id")[: OFTEN + 1])).values_list("pk", "number")
    )


OFTEN, MANY = 100, -1


class Often(Subquery):
    """At how many meetings, of rows cut at one more than often; MANY when they were cut."""

    template = (
        f"(SELECT CASE WHEN COUNT(*) > {OFTEN} THEN {MANY} ELSE COUNT(DISTINCT meeting_id) END FROM (%(subquery)s) o)"
    )
    output_field = IntegerField()


def neighbours(meeting: Meeting, user: Reader) -> tuple[Meeting | None, Meeting | None]:
    """The meetings before and after in the same series; undated ones come last."""
    around = Meeting.objects.visible_to(user).filter(series=meeting.series_id).exclude(status=Status.CANCELLED)
    others, here = around.exclude(pk=meeting.pk), meeting.starts_at
    if here is None:
        before = others.filter(Q(starts_at__isnull=False) | Q(pk__lt=meeting.pk))
        after = others.filter(starts_at=None, pk__gt=meeting.pk)
    else:
        before = others.filter(Q(starts_at__lt=here) | Q(starts_at=here, pk__lt=meeting.pk))
        after = others.filter(Q(starts_at__gt=here) | Q(starts_at=here, pk__gt=meeting.pk) | Q(starts_at=None))
    fields = ("pk", "slug", "title", "ordinal", "status", "starts_on", "date_precision", "starts_at", "series")
    return (
        before.order_by(F("starts_at").desc(nulls_first=True), "-pk").only(*fields).first(),
        after.order_by(F("starts_at").asc(nulls_last=True), "pk").only(*fields).first(),
    )


def most_discussed(user: Reader, year: int, how_many: int = 5) -> list[dict[str, object]]:
    """The topics that came up most often at the latest meetings held in a year."""
    latest = Meeting.objects.visible_to(user).latest().filter(starts_on__year=year)[:LATEST]
    held = Discussion.objects.visible_to(user).filter(meeting__in=latest.values("pk"), topic__isnull=False)
    times = held.order_by().values("topic", "topic__title", "topic__slug").annotate(number=Count("pk"))
    found = times.order_by("-number", "topic__sort_key", "topic")[:how_many]
    return [
        {"title": row["topic__title"], "url": address_of("topics:detail", row["topic__slug"]), **row} for row in found
    ]
