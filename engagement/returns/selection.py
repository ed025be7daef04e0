"""Selection of meetings and posts for a return: the published part of the host's held meetings of the period."""

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, When

from engagement.core.models import sees_all
from engagement.core.types import Reader
from engagement.returns.periods import Period
from engagement.returns.vocabulary import Source
from meetings.models import Discussion, Meeting, MeetingQuerySet, Participant, Party, Position
from organizations.models import Organization, Post

CHUNK = 1_000
NUMBERS = {Source.REGISTER_NUMBER, Source.COMPANY_NUMBER}
TALKS = {Source.TOPICS, Source.TOPIC, Source.THEMES, Source.REFERENCES, Source.SAID, Source.SOUGHT}


def held_by(host: Organization, period: Period) -> MeetingQuerySet:
    """The host's meetings of the period that took place, whoever may see them."""
    at = Party._base_manager.filter(meeting=OuterRef("pk"), organization=host, side=Party.Side.HOST)
    return Meeting.objects.held().filter(Exists(at), starts_on__range=(period.first, period.last))


def published(host: Organization, period: Period) -> MeetingQuerySet:
    return held_by(host, period).visible_to(AnonymousUser()).order_by("starts_on", "starts_at", "pk")


def unpublished(host: Organization, period: Period, user: Reader) -> MeetingQuerySet:
    """The meetings that a return leaves out although nothing exempts them."""
    assert sees_all(user)
    waiting = held_by(host, period).filter(published_at=None, exempted_at=None)
    return waiting.order_by("starts_on", "pk")


def with_parts(meetings: MeetingQuerySet, sources: set[str]) -> Iterator[Meeting]:
    """With what columns of these sources read, each part as far as it is public; a fixed number of queries for each
    chunk. Parts come as lists, since a queryset for each meeting would cost more than the rest."""
    reader = AnonymousUser()
    parties = Party.objects.select_related("organization").order_by("-is_lead", "order", "pk")
    if sources & NUMBERS:
        parties = parties.prefetch_related(Prefetch("organization__identifiers", to_attr="known_numbers"))
    people = Participant.objects.visible_to(reader).filter(attendance=Participant.Attendance.ATTENDED)
    people = people.select_related("party__organization")
    parts = [Prefetch("parties", parties, to_attr="seated"), Prefetch("participants", people, to_attr="named")]
    if sources & TALKS:
        talks = Discussion.objects.visible_to(reader).select_related("topic").order_by("order", "pk")
        parts.append(Prefetch("discussions", talks.prefetch_related(*_of_talks(sources)), to_attr="talks"))
    return meetings.prefetch_related(*parts).iterator(chunk_size=CHUNK)


def _of_talks(sources: set[str]) -> "Iterator[Prefetch[str]]":
    if Source.THEMES in sources:
        yield Prefetch("themes", to_attr="own_themes")
        yield Prefetch("topic__themes", to_attr="all_themes")
    if Source.REFERENCES in sources:
        yield Prefetch("references", to_attr="laws")
    if Source.SOUGHT in sources:
        yield Prefetch(
            "positions", Position.objects.visible_to(AnonymousUser()).order_by("order", "pk"), to_attr="held"
        )


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
    """Posts whose holders took part in no meeting of the period, published or not; exempt ones aside."""
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
