"""Silent agreement (a scheduled command): silence after an announced deadline becomes agreement."""

import datetime as dt
from collections.abc import Iterator

from .models import Minutes


def to_settle(today: dt.date) -> list[Minutes]:
    """Minutes whose deadline is over, where silence is agreement."""
    return list(Minutes.objects.past_deadline(today).select_related("meeting").order_by("pk"))


def settle(today: dt.date) -> Iterator[str]:
    """Note the agreement of whoever was silent, and tell each in a sentence; a second run finds nothing left."""
    for minutes in to_settle(today):
        names = ", ".join(one.short_name for one in minutes.agree_silently(today))
        if names:
            yield f"{minutes.meeting.reference}: {names} agreed by not answering before the deadline"
