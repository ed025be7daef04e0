"""Inclusion tag beside a meeting that is to be published: who is reminded of it, and by whom that was done."""

from django import template
from django.template.context import RequestContext

from engagement.reminders.publishing_reminder import remindable
from meetings.models import Meeting

register = template.Library()


@register.inclusion_tag("reminders/_remind.html", takes_context=True)
def remind_to_publish(context: RequestContext, meeting: Meeting) -> dict[str, object]:
    """On a page for the secretariat."""
    request = context["request"]
    found = remindable([meeting], request.user).get(meeting.pk)
    return {"request": request, "meeting": meeting, "remindable": found, "next": request.path, "says_who": True}
