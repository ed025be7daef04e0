"""Which meetings and posts go into a return: what the public reads of the host's held meetings of the period."""

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, When

from engagement.core.models import sees_all
from engagement.core.types import Reader
from engagement.returns.periods import Period
from meetings.models import Discussion, Meeting, MeetingQuerySet, Participant, Party, Position
from organizations.models import Organization, Post

CHUNK = 1_000


def held_by(host: Organization, period: Period) -> MeetingQuerySet:
    """The host's meetings of the period that took place, whoever may see them."""
    at = Party._base_manager.filter(meeting=OuterRef("pk"), organization=host, side=Party.Side.HOST)
    return Meeting.objects.held().filter(Exists(at), starts_on__range=(period.first, period.last))


def published(host: Organization, period: Period) -> MeetingQuerySet:
    return held_by(host, period).visible_to(AnonymousUser()).order_by("starts_on", "starts_at", "pk")


def unpublished(host: Organization, period: Period, user: Reader) -> MeetingQuerySet:
    """Those that a return leaves out although nothing exempts them."""
    assert sees_all(user)
    waiting = held_by(host, period).filter(published_at=None, exempted_at=None)
    return waiting.order_by("starts_on", "pk")


def with_parts(meetings: MeetingQuerySet) -> Iterator[Meeting]:
    """With what columns read, each part as far as it is public; a fixed number of queries for each chunk."""
    reader = AnonymousUser()
    parties = Party.objects.select_related("organization").prefetch_related("organization__identifiers")
    positions = Position.objects.visible_to(reader).order_by("order", "pk")
    talks = Discussion.objects.visible_to(reader).select_related("topic").order_by("order", "pk")
    rows = meetings.prefetch_related(
        Prefetch("parties", parties.order_by("-is_lead", "order", "pk")),
        Prefetch(
            "participants",
            Participant.objects.visible_to(reader).filter(attendance=Participant.Attendance.ATTENDED),
        ),
        Prefetch("discussions", talks.prefetch_related("themes", "topic__themes", "references")),
        Prefetch("discussions__positions", positions),
    )
    return rows.iterator(chunk_size=CHUNK)


def posts(host: Organization, period: Period, ranks: list[str]) -> "QuerySet[Post]":
    """The host's posts that were held in the period, the head first."""
    began = Q(starts_on=None) | Q(starts_on__lte=period.last)
    goes_on = Q(ends_on=None) | Q(ends_on__gte=period.first)
    found = Post.objects.filter(began, goes_on, organization=host).select_related("person")
    if ranks:
        found = found.filter(rank__in=ranks)
    place = Case(When(rank="head", then=0), When(rank="senior", then=1), default=2, output_field=IntegerField())
    return found.order_by(place, "person__sort_key", "-starts_on", "pk")


def posts_without_meetings(host: Organization, period: Period, ranks: list[str]) -> list[Post]:
    """Whoever took part in a meeting of the period had one, published or not, named or not; exempt ones aside."""
    present = Participant.objects.filter(
        meeting__in=held_by(host, period).filter(exempted_at=None).values("pk"),
        attendance=Participant.Attendance.ATTENDED,
        person=OuterRef("person"),
    )
    return list(posts(host, period, ranks).filter(~Exists(present)))


def people_of_other_posts(host: Organization, period: Period, ranks: list[str]) -> frozenset[int]:
    """Who held posts in the period, and none of these ranks."""
    if not ranks:
        return frozenset()
    held = set(posts(host, period, []).values_list("person", "rank").order_by())
    covered = {person for person, rank in held if rank in ranks}
    return frozenset(person for person, _rank in held if person not in covered)
