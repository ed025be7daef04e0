"""Extension of the list of meetings: how many promises each made."""

from django.utils.translation import gettext_lazy as _

from engagement.core.lists.sorts import Sort, number_of
from engagement.core.types import Reader
from meetings.lists import MeetingList

from .models import FollowUp, FollowUpQuerySet


def promises(user: Reader) -> FollowUpQuerySet:
    return FollowUp.objects.visible_to(user)


MeetingList.sorts = {
    **MeetingList.sorts,
    "followups": Sort.by_expression(_("Follow-ups"), number_of(promises, "meeting")),
}
