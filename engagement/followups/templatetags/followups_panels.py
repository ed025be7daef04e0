"""Inclusion tags of follow-ups: one object in, one partial out, for this reader's eyes."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django import template
from django.db.models import Case, Count, Exists, Model, OuterRef, Q, When
from django.template.context import RequestContext
from django.utils import timezone

from engagement.core.models import sees_all
from engagement.core.queries import Few
from engagement.followups.list_stats import on_time, with_closing_day
from engagement.followups.models import CarryOver, FollowUp, FollowUpQuerySet
from engagement.followups.models.status import Side, Status
from engagement.followups.visibility_explained import audience_of
from engagement.topics.models import Topic
from meetings.models import Meeting, Party
from organizations.models import Organization

register = template.Library()

SHOWN_AT_MOST, TOPIC_SHOWS = 40, 10
SHOWN = ("title", "reference", "due_on", "status", "closed_at", "owner", "meeting")


def _seen(context: RequestContext) -> FollowUpQuerySet:
    return FollowUp.objects.visible_to(context["request"].user).select_related("owner", "waiting_on")


@register.simple_tag(takes_context=True)
def promises_at(context: RequestContext, meeting: Meeting) -> list[FollowUp]:
    """The promises of a meeting, read once for their number and their rows."""
    return list(_seen(context).filter(meeting=meeting).select_related("discussion__topic").as_entered())


@register.inclusion_tag("followups/_panel.html", takes_context=True)
def followups_panel(context: RequestContext, meeting: Meeting, promises: list[FollowUp]) -> dict[str, object]:
    """The panel with the promises of a meeting (``promises_at``)."""
    shown = {discussion.pk: discussion for discussion in meeting.discussions.all()}
    return {
        "followups": promises,
        "discussions": shown,
        "numbers": meeting.agenda_numbers(),
        "meeting": meeting,
        "user": context["request"].user,
    }


@register.simple_tag(takes_context=True)
def carried_over_to(context: RequestContext, meeting: Meeting) -> dict[str, object]:
    """For the secretariat: the follow-ups that were carried over to a meeting, and by the key of a discussion where it
    was first raised. Nothing for anybody else."""
    rows = CarryOver.objects.visible_to(context["request"].user).filter(meeting=meeting).kept()
    of_followups, of_items = (CarryOver.objects.times(**{of: OuterRef(of)}) for of in ("followup", "discussion"))
    told = rows.select_related("followup__owner", "followup__meeting", "discussion__meeting").annotate(
        times=Case(When(followup=None, then=of_items), default=of_followups)
    )
    found = list(told.order_by("pk"))
    oldest_last = sorted(found, key=lambda row: row.times)
    items = {row.became_id: row for row in oldest_last if row.became_id}
    return {"followups": [row for row in found if row.followup_id], "items": items}


@register.inclusion_tag("followups/_topic_panel.html", takes_context=True)
def topic_followups(context: RequestContext, topic: Topic) -> dict[str, object]:
    """Open promises on a topic; the earliest due first."""
    promises = list(_seen(context).filter(discussion__topic=topic).is_open().by_due_date()[: TOPIC_SHOWS + 1])
    return {"followups": promises[:TOPIC_SHOWS], "is_cut": len(promises) > TOPIC_SHOWS, "topic": topic}


@register.simple_tag(takes_context=True)
def organization_promises(context: RequestContext, organization: Organization) -> dict[str, Any]:
    """Promises both ways and together, how they stand in numbers, and those that are open, the earliest due first.

    Each way is asked for itself: asked together, no index would serve. The promises to an organization are those of
    the other side at its meetings.
    """
    seen = FollowUp.objects.visible_to(context["request"].user)
    at_its_meetings = Exists(Party.objects.filter(organization=organization, meeting=OuterRef("meeting")))
    there, other = seen.filter(at_its_meetings), Side.THEIRS if organization.is_host else Side.OURS
    ways = {
        "by": seen.filter(owner=organization),
        "to": there.filter(side=other),
        "both": there.filter(side=Side.JOINT),
    }
    lists = [ways["by"], there.filter(side__in=[other, Side.JOINT])]
    promises = [promise for way in lists for promise in way.is_open().by_due_date().only(*SHOWN)[: SHOWN_AT_MOST + 1]]
    promises.sort(key=lambda promise: (promise.due_on is None, promise.due_on or 0, promise.pk))
    shown = promises[:SHOWN_AT_MOST]
    numbers = {name: Few(rows) for way in ways for name, rows in _standing(way, ways[way]).items()}
    return {
        "by_it": [promise for promise in shown if promise.owner_id == organization.pk],
        "to_it": [promise for promise in shown if promise.owner_id not in (organization.pk, None)],
        "by_both": [promise for promise in shown if promise.owner_id is None],
        "numbers": Organization.objects.filter(pk=organization.pk).values(**numbers).get(),
        "is_cut": len(promises) > SHOWN_AT_MOST,
    }


def _standing(way: str, promises: FollowUpQuerySet) -> dict[str, FollowUpQuerySet]:
    """Of these promises, the open ones, the late ones among them, and those that are done; of those whose due day is
    over, how many were kept, and how many on time."""
    was_due = promises.filter(due_on__lt=timezone.localdate()).exclude(status=Status.CANCELLED)
    return {
        f"{way}_open": promises.is_open(),
        f"{way}_late": promises.overdue(),
        f"{way}_done": promises.filter(status=Status.DONE),
        f"{way}_due": was_due,
        f"{way}_kept": was_due.filter(status=Status.DONE),
        f"{way}_on_time": with_closing_day(was_due).filter(on_time()),
    }


@register.simple_tag(takes_context=True)
def promises_by_meeting(context: RequestContext, meetings: Iterable[Meeting]) -> dict[int, list[FollowUp]]:
    """The promises of each meeting of a list."""
    found: dict[int, list[FollowUp]] = defaultdict(list)
    for promise in _seen(context).filter(meeting__in=[meeting.pk for meeting in meetings]).by_due_date():
        found[promise.meeting_id].append(promise)
    return dict(found)


@register.simple_tag(takes_context=True)
def followups_by_meeting(context: RequestContext, meetings: Iterable[Meeting]) -> dict[int, dict[str, object]]:
    """How many promises were made at each meeting of a list, and how many of them are open."""
    return _numbers(context, "meeting", [meeting.pk for meeting in meetings])


@register.simple_tag(takes_context=True)
def followups_by_discussion(context: RequestContext, discussions: Iterable[Model]) -> dict[int, dict[str, object]]:
    """How many promises came from each discussion of a list, and how many of them are open."""
    return _numbers(context, "discussion", [discussion.pk for discussion in discussions])


def _numbers(context: RequestContext, field: str, keys: list[int]) -> dict[int, dict[str, object]]:
    rows = FollowUp.objects.visible_to(context["request"].user).filter(**{f"{field}__in": keys}).values(field)
    counted = rows.annotate(number=Count("pk"), open=Count("pk", filter=Q(closed_at=None))).order_by()
    return {row[field]: row for row in counted}


@register.inclusion_tag("_audience.html", takes_context=True)
def audience_box(context: RequestContext, record: Model) -> dict[str, object]:
    """The box that tells the secretariat who can see the page it is reading, and why; nothing for anybody else."""
    found = audience_of(record) if sees_all(context["request"].user) else None
    return {"audience": found, "path": record.get_absolute_url()}  # type: ignore[attr-defined]
