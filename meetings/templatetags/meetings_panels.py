"""Parts of pages that tell of meetings: one object in, one partial out, for this reader's eyes."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import RequestContext

from engagement.core.pages import page_of
from engagement.topics.models import Topic
from meetings import dossier
from meetings.models import Meeting
from organizations.models import Organization

register = template.Library()

SHOWN_AT_MOST = 30


def _reader(context: RequestContext) -> Any:
    return context["request"].user


@register.inclusion_tag("meetings/_topic_timeline.html", takes_context=True)
def topic_timeline(context: RequestContext, topic: Topic) -> dict[str, Any]:
    """What each party said on a topic, meeting by meeting."""
    page = page_of(context["request"], dossier.timeline(topic, _reader(context)), size=20)
    return {"topic": topic, "page_obj": page, "request": context["request"], "user": _reader(context)}


@register.inclusion_tag("meetings/_topic_chart.html", takes_context=True)
def topic_chart(context: RequestContext, topic: Topic) -> dict[str, Any]:
    """How often a topic was discussed each year."""
    rows = dossier.discussions_a_year(topic, _reader(context))[-8:]
    return {"rows": rows, "width": 60 * len(rows)}


@register.inclusion_tag("meetings/_topic_voices.html", takes_context=True)
def topic_voices(context: RequestContext, topic: Topic) -> dict[str, Any]:
    """Who took a position on a topic, and how often."""
    return {"organizations": dossier.voices(topic, _reader(context))[:12]}


@register.inclusion_tag("meetings/_organization_meetings.html", takes_context=True)
def organization_meetings(context: RequestContext, organization: Organization) -> dict[str, Any]:
    """The meetings with an organization."""
    page = page_of(context["request"], dossier.meetings_with(organization, _reader(context)), size=10)
    return {"page_obj": page, "request": context["request"], "user": _reader(context)}


@register.inclusion_tag("meetings/_organization_positions.html", takes_context=True)
def organization_positions(context: RequestContext, organization: Organization) -> dict[str, Any]:
    """Where an organization stands: what it last said on each topic."""
    positions = list(dossier.latest_positions(organization, _reader(context))[: SHOWN_AT_MOST + 1])
    is_cut = len(positions) > SHOWN_AT_MOST
    return {"organization": organization, "positions": positions[:SHOWN_AT_MOST], "is_cut": is_cut}


@register.inclusion_tag("meetings/_series_strip.html", takes_context=True)
def series_strip(context: RequestContext, meeting: Meeting) -> dict[str, Any]:
    """The meeting before, this one, and the one after, in their series."""
    row = list(dossier.neighbours(meeting, _reader(context)))
    here, series = row.index(meeting), meeting.series
    return {
        "meeting": meeting,
        "previous": row[here - 1] if here else None,
        "next": row[here + 1] if here + 1 < len(row) else None,
        "is_first_known": not here and meeting.series and meeting.ordinal == meeting.series.first_ordinal,
    }


@register.simple_tag(takes_context=True)
def topic_summary(context: RequestContext, topic: Topic) -> dict[str, Any]:
    """In numbers: how many discussions, with how many organizations, since when."""
    return dossier.summary(topic, _reader(context))


@register.simple_tag(takes_context=True)
def earlier_by_topic(context: RequestContext, meeting: Meeting) -> dict[int, int]:
    """At how many earlier meetings each topic of this meeting was discussed."""
    return dossier.earlier_by_topic(meeting, _reader(context))


@register.simple_tag(takes_context=True)
def meetings_by_organization(
    context: RequestContext, organizations: Iterable[Organization]
) -> dict[int, dict[str, Any]]:
    """How many meetings were held with each organization of a list, and when the last was."""
    return dossier.meetings_by_organization(organizations, _reader(context))


@register.simple_tag(takes_context=True)
def discussions_by_topic(context: RequestContext, topics: Iterable[Topic]) -> dict[int, dict[str, Any]]:
    """How often each topic of a list was discussed, and when last."""
    return dossier.discussions_by_topic(topics, _reader(context))
