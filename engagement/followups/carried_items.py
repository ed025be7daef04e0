"""Provenance of agenda items: the discussion in which each was first raised, followed through carry-overs."""

from collections import defaultdict
from functools import cached_property

from engagement.core.types import Reader
from meetings.models import Discussion, Series

from .models import CarryOver


class CarriedItems:
    """The carried items of the discussions of a series, read once."""

    def __init__(self, series: Series, user: Reader) -> None:
        self.series, self.user = series, user

    @cached_property
    def _rows(self) -> list[CarryOver]:
        """In the order of their decisions."""
        seen = CarryOver.objects.visible_to(self.user).standing().filter(discussion__meeting__series=self.series)
        return list(seen.order_by("pk").only("discussion", "became", "decision"))

    @cached_property
    def _first(self) -> dict[int, set[int]]:
        """By the key of a discussion that something became, those in which it was first raised."""
        found: dict[int, set[int]] = defaultdict(set)
        for row in self._rows:
            if row.became_id and row.discussion_id:
                found[row.became_id].add(row.discussion_id)
        return found

    @cached_property
    def _last(self) -> dict[int, CarryOver]:
        return {row.discussion_id: row for row in self._rows if row.discussion_id}

    def raised_in(self, discussion: int) -> set[int]:
        """The discussion in which an item was first raised: itself, unless it was carried over."""
        return self._first.get(discussion) or {discussion}

    def is_taken_up(self, discussion: Discussion) -> bool:
        """A deferred item that a later meeting has, or that was closed or dropped."""
        later = (self._last.get(first) for first in self.raised_in(discussion.pk))
        return any(row is not None and row.became_id != discussion.pk for row in later)

    def is_settled(self, discussion: int) -> bool:
        """Whether the item that was raised there was closed or dropped since."""
        last = (self._last.get(first) for first in self.raised_in(discussion))
        return any(row is not None and row.decision != CarryOver.Decision.KEPT for row in last)
