"""Object permissions: people's rights on their own follow-ups, without the permission on any.

Whoever recorded a promise, is assigned to it or chases it may start it, set it to waiting, complete it, and open it
again once it is done; whoever recorded it may cancel it, and take that back. Dates and people move by managers only.
Whoever changed one last may undo that.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from engagement.core.types import Reader

from .models import FollowUp, FollowUpEvent
from .models.status import Status

VIEW = "followups.view_followup"


class Involvement:
    """One person and some follow-ups: which of them are theirs, by key. Who recorded one stands in its history."""

    def __init__(self, user: Reader, followups: Iterable[FollowUp]) -> None:
        self.user, self.followups = user, list(followups)

    @cached_property
    def recorded(self) -> set[int]:
        first = FollowUp.history.filter(history_type="+", history_user=self.user.pk)
        return set(first.filter(id__in=[f.pk for f in self.followups]).values_list("id", flat=True))

    @cached_property
    def held(self) -> set[int]:
        """Recorded, assigned or chased; history is asked only about the others."""
        mine = {f.pk for f in self.followups if self.user.pk in (f.assignee_id, f.chaser_id)}
        return mine if len(mine) == len(self.followups) else mine | self.recorded

    @cached_property
    def closed(self) -> set[int]:
        """Follow-ups whose closing was this person's to do, and so is taking it back."""
        cancelled = {f.pk for f in self.followups if f.status == Status.CANCELLED}
        return (self.held - cancelled) | (self.recorded & cancelled if cancelled else set())

    @cached_property
    def moved_last(self) -> set[int]:
        """Follow-ups whose last move was this person's."""
        moves = FollowUpEvent.objects.filter(followup__in=[f.pk for f in self.followups]).order_by("pk")
        last = dict(moves.values_list("followup", "by"))
        return {key for key, by in last.items() if by == self.user.pk}


Own = Callable[[Involvement], set[int]]


def permitted(
    user: Reader, permission: str, own: Own | None, followups: Sequence[FollowUp], involvement: Involvement
) -> set[int]:
    """The keys of those this person may do it to."""
    if user.has_perm(permission):
        return {followup.pk for followup in followups}
    return own(involvement) if own is not None and user.has_perm(VIEW) else set()


def held(involvement: Involvement) -> set[int]:
    return involvement.held


def recorded(involvement: Involvement) -> set[int]:
    return involvement.recorded


def closed(involvement: Involvement) -> set[int]:
    return involvement.closed


def moved_last(involvement: Involvement) -> set[int]:
    return involvement.moved_last
