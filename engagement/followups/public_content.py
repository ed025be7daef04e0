"""Public content of a meeting's follow-ups, as far as it stays: how each stands is told by its page."""

from collections import defaultdict
from collections.abc import Collection

from engagement.core.types import Reader
from meetings.public_content import Content, adds, organization, piece
from meetings.version_keeping import follow

from .models import FollowUp

follow(FollowUp, "meeting")


@adds("followups")
def followups(meetings: Collection[int], reader: Reader) -> dict[int, list[Content]]:
    """In words, by meeting. State, dates, result and evidence stay live: they move without a correction."""
    found: dict[int, list[Content]] = defaultdict(list)
    promises = FollowUp.objects.visible_to(reader).filter(meeting__in=meetings)
    for promise in promises.select_related("owner").order_by("meeting", "order", "pk"):
        words = piece(promise, "reference", "title", "details", "is_joint")
        found[promise.meeting_id].append({**words, "promised_by": organization(promise.owner)})
    return dict(found)
