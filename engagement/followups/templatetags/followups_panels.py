"""Parts of pages that tell of promises: one object in, one partial out, for this reader's eyes."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django import template
from django.db.models import Count, Q
from django.template.context import RequestContext
from django.utils import timezone

from engagement.followups.models import FollowUp, FollowUpQuerySet
from engagement.followups.models.status import CLOSED, Side, Status
from engagement.topics.models import Topic
from meetings.models import Meeting, Party
from organizations.models import Organization

register = template.Library()

SHOWN_AT_MOST = 40


def _seen(context: RequestContext) -> FollowUpQuerySet:
    return FollowUp.objects.visible_to(context["request"].user).select_related("owner", "waiting_on")


@register.inclusion_tag("followups/_panel.html", takes_context=True)
def followups_panel(context: RequestContext, meeting: Meeting) -> dict[str, Any]:
    """What was promised at a meeting."""
    promises = _seen(context).filter(meeting=meeting).select_related("discussion__topic").by_due_date()
    shown = {discussion.pk: discussion for discussion in meeting.discussions.all()}
    return {"followups": promises, "discussions": shown, "meeting": meeting, "user": context["request"].user}


@register.inclusion_tag("followups/_topic_panel.html", takes_context=True)
def topic_followups(context: RequestContext, topic: Topic) -> dict[str, Any]:
    """What was promised on a topic and is still open; the earliest due first."""
    return {"followups": _seen(context).filter(discussion__topic=topic).is_open().by_due_date()[:10]}


@register.inclusion_tag("followups/_organization_panel.html", takes_context=True)
def organization_promises(context: RequestContext, organization: Organization) -> dict[str, Any]:
    """Promises both ways, how they stand in numbers, and those that are open, the earliest due first."""
    at_its_meetings = Q(meeting__in=Party.objects.filter(organization=organization).values("meeting"))
    by_it = Q(owner=organization)
    to_it = at_its_meetings & ~by_it & ~Q(side=Side.OURS if organization.is_host else Side.THEIRS)
    seen = _seen(context).filter(by_it | to_it)
    promises = list(seen.is_open().by_due_date()[: SHOWN_AT_MOST + 1])
    numbers = seen.order_by().aggregate(**_standing("by", by_it), **_standing("to", to_it))
    return {
        "organization": organization,
        "by_it": [promise for promise in promises[:SHOWN_AT_MOST] if promise.owner_id == organization.pk],
        "to_it": [promise for promise in promises[:SHOWN_AT_MOST] if promise.owner_id != organization.pk],
        "numbers": numbers,
        "is_cut": len(promises) > SHOWN_AT_MOST,
    }


def _standing(name: str, whose: Q) -> dict[str, Count]:
    """How many of these promises are open, how many of those late, how many done."""
    still_open = whose & ~Q(status__in=CLOSED)
    return {
        f"{name}_open": Count("pk", filter=still_open),
        f"{name}_late": Count("pk", filter=still_open & Q(due_on__lt=timezone.localdate())),
        f"{name}_done": Count("pk", filter=whose & Q(status=Status.DONE)),
    }


@register.simple_tag(takes_context=True)
def promises_by_meeting(context: RequestContext, meetings: Iterable[Meeting]) -> dict[int, list[FollowUp]]:
    """What was promised at each meeting of a list."""
    found: dict[int, list[FollowUp]] = defaultdict(list)
    for promise in _seen(context).filter(meeting__in=[meeting.pk for meeting in meetings]).by_due_date():
        found[promise.meeting_id].append(promise)
    return dict(found)


@register.simple_tag(takes_context=True)
def followups_by_meeting(context: RequestContext, meetings: Iterable[Meeting]) -> dict[int, dict[str, Any]]:
    """How many promises were made at each meeting of a list, and how many of them are open."""
    return _numbers(context, "meeting", [meeting.pk for meeting in meetings])


@register.simple_tag(takes_context=True)
def followups_by_discussion(context: RequestContext, discussions: Iterable[Any]) -> dict[int, dict[str, Any]]:
    """How many promises came from each discussion of a list, and how many of them are open."""
    return _numbers(context, "discussion", [discussion.pk for discussion in discussions])


def _numbers(context: RequestContext, field: str, keys: list[int]) -> dict[int, dict[str, Any]]:
    rows = FollowUp.objects.visible_to(context["request"].user).filter(**{f"{field}__in": keys}).values(field)
    counted = rows.annotate(number=Count("pk"), open=Count("pk", filter=~Q(status__in=CLOSED))).order_by()
    return {row[field]: row for row in counted}
