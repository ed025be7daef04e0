"""Inclusion tags of minutes: one meeting in, one partial out, for this reader's eyes."""

from django import template
from django.template.context import RequestContext

from engagement.minutes.document import Part, Remark
from engagement.minutes.models import Minutes
from engagement.minutes.pages import Answering, MinutesPage
from engagement.minutes.workflow import Standing, may_edit
from meetings.models import Meeting, Series

register = template.Library()


@register.inclusion_tag("minutes/_panel.html", takes_context=True)
def minutes_panel(context: RequestContext, meeting: Meeting) -> dict[str, object]:
    """The state of a meeting's minutes, and the next step; nothing where this reader reads none."""
    request = context["request"]
    minutes = Minutes.objects.visible_to(request.user).filter(meeting=meeting).select_related("moved_by").first()
    found: dict[str, object] = {"meeting": meeting, "minutes": minutes, "request": request}
    if minutes is not None:
        minutes.meeting = meeting
        found["standing"] = Standing(minutes, request.user)
    found["may_begin"] = minutes is None and meeting.status == Meeting.Status.HELD and may_edit(request.user)
    return found


@register.inclusion_tag("minutes/_series_files.html", takes_context=True)
def series_minutes(context: RequestContext, series: Series) -> dict[str, object]:
    """The minutes of a series as one file; nothing where this reader reads none."""
    meetings = Meeting.objects.visible_to(context["request"].user).filter(series=series).order_by()
    found = Minutes.objects.visible_to(context["request"].user).filter(meeting__in=meetings.values("pk"))
    return {"series": series, "has_minutes": found.exists()}


@register.simple_tag
def comment_form(answering: Answering, part: Part | None = None) -> object:
    """The form below a part of the minutes, or below the whole."""
    return answering.form_for(part)


@register.simple_tag
def resolve_form(page: MinutesPage, remark: Remark) -> object:
    return page.resolve_form(remark)
