"""Dossier of a reference: who spoke of this law or agreement, when, and on which side of the table."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from engagement.core.partial_dates import PartialDate
from engagement.core.types import Reader
from engagement.topics.models import Reference
from meetings.models import Discussion, Party, Position
from meetings.models.prefetches import with_positions
from meetings.models.status import Status

DATE = ("meeting__starts_on", "meeting__date_precision")
LATEST = 300
"""So many discussions are told: in a large register a law has thousands."""


@dataclass
class Speaker:
    """Who took a position where the reference was spoken of, on one side of the table."""

    name: str
    url: str
    side: str
    talks: set[int] = field(default_factory=set)
    stances: dict[str, None] = field(default_factory=dict)
    last: PartialDate | None = None


class ReferenceDossier:
    """Everything the page of a reference tells, from what this reader may see and nothing else."""

    def __init__(self, reference: Reference, user: Reader) -> None:
        self.reference, self.user = reference, user
        self.is_cut = False
        """Whether there are earlier discussions than those told; known once ``talks`` are."""

    def _latest(self) -> QuerySet[Discussion]:
        seen = Discussion.objects.visible_to(self.user).filter(references=self.reference)
        return seen.order_by(F("meeting__starts_at").desc(nulls_first=True), "-meeting", "-order", "-pk")

    @cached_property
    def talks(self) -> list[dict[str, Any]]:
        """The latest discussions that refer to it, without their texts."""
        rows: list[Any] = list(self._latest().values("pk", "meeting", "meeting__status", *DATE)[: LATEST + 1])
        self.is_cut = len(rows) > LATEST
        return rows[:LATEST]

    def timeline(self) -> QuerySet[Discussion]:
        """The discussions with the positions taken, the latest first."""
        return with_positions(self._latest().select_related("topic"), self.user)

    @cached_property
    def speakers(self) -> list[Speaker]:
        """Who took a position at a meeting held, by side of the table; the most frequent first."""
        held = {talk["pk"]: talk for talk in self.talks if talk["meeting__status"] == Status.HELD}
        sides = self._sides({talk["meeting"] for talk in held.values()})
        found: dict[tuple[int, str], Speaker] = {}
        rows, by_name = Position.objects.visible_to(self.user), F("organization__sort_key").asc(nulls_last=True)
        for position in rows.filter(discussion__in=held).select_related("organization").order_by(by_name, "pk"):
            who, talk = position.organization, held[position.discussion_id]
            if who is None:
                new = Speaker(_("Both sides"), "", _("Both sides"))
            else:
                new = Speaker(who.name, who.get_absolute_url(), sides[talk["meeting"]].get(who.pk, ""))
            speaker = found.setdefault((who.pk if who else 0, new.side), new)
            speaker.talks.add(talk["pk"])
            speaker.stances[position.get_stance_display()] = None
            date = PartialDate.of(*(talk[name] for name in DATE))
            speaker.last = max(filter(None, [speaker.last, date]), default=None)
        return sorted(found.values(), key=lambda speaker: -len(speaker.talks))

    def _sides(self, meetings: set[int]) -> dict[int, dict[int, str]]:
        """The side of each organization at the table, by meeting."""
        found: dict[int, dict[int, str]] = defaultdict(dict)
        rows = Party.objects.filter(meeting__in=meetings).order_by()
        for meeting, organization, side in rows.values_list("meeting", "organization", "side"):
            found[meeting][organization] = str(Party.Side(side).label)
        return found
