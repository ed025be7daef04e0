"""The numbers at the top of a list of follow-ups, and the lists they stand for."""

from collections.abc import Callable

from .models import FollowUpQuerySet

SOON_DAYS = 30

SHOWN: dict[str, Callable[[FollowUpQuerySet], FollowUpQuerySet]] = {
    "overdue": lambda followups: followups.overdue(),
    "soon": lambda followups: followups.due_within(SOON_DAYS),
    "open": lambda followups: followups.is_open(),
    "all": lambda followups: followups,
}


def overview(followups: FollowUpQuerySet) -> dict[str, int]:
    """How many are overdue, due soon, and open; among those a reader may see."""
    return {name: SHOWN[name](followups).count() for name in ("overdue", "soon", "open")}
