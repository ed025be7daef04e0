"""Carry-over of minutes into the next meeting's plan: agreed ones need not be approved there."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engagement.core.types import Reader
from engagement.followups.next_meeting import Told, tells_of_minutes
from meetings.models import Meeting

from .models import Minutes
from .models.status import OPEN


@tells_of_minutes
def how_far(meeting: Meeting, reader: Reader) -> Told | None:
    minutes: Minutes | None = Minutes.objects.visible_to(reader).filter(meeting=meeting).first()
    if minutes is None:
        return None
    words = {"status": minutes.get_status_display(), "day": date_format(localtime(minutes.moved_at), "j F Y")}
    return Told(_("To be approved: %(status)s since %(day)s.") % words, is_settled=minutes.status not in OPEN)
