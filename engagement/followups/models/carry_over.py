"""Carry-over: which items were taken from one meeting to the next, and where each was first raised."""

from collections import defaultdict
from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Record, SecretariatQuerySet
from engagement.core.models.history import History
from engagement.core.types import Reader
from meetings.models import Discussion, Meeting, Series
from meetings.models.status import Status

from .followup import FollowUp


class CarryOverQuerySet(SecretariatQuerySet):
    def standing(self) -> "CarryOverQuerySet":
        """Carry-overs to meetings that were not cancelled: items carried to a cancelled one are open again."""
        return self.exclude(meeting__status=Status.CANCELLED)

    def kept(self) -> "CarryOverQuerySet":
        return self.filter(decision=CarryOver.Decision.KEPT)

    def times(self, **of: OuterRef) -> Coalesce:
        """An expression: how often the follow-up or item of a row was carried over."""
        kept = self.standing().kept().filter(**of).order_by()
        return Coalesce(Subquery(kept.values(*of).annotate(number=Count("pk")).values("number")), 0)


class CarryOver(Record):
    """One carry-over of a follow-up or a deferred item to a later meeting, with the decision made there."""

    class Decision(models.TextChoices):
        KEPT = "kept", _("Kept")
        CLOSED = "closed", _("Closed")
        DROPPED = "dropped", _("Dropped")

    root_field = "meeting"

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="carried_in", verbose_name=_("carried over to the meeting")
    )
    followup = models.ForeignKey(
        FollowUp, models.CASCADE, null=True, blank=True, related_name="carry_overs", verbose_name=_("follow-up")
    )
    discussion = models.ForeignKey(
        Discussion, models.CASCADE, null=True, blank=True, related_name="carry_overs", verbose_name=_("deferred item")
    )
    became = models.ForeignKey(
        Discussion,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="carried_from",
        verbose_name=_("discussion it became"),
    )
    decision = models.CharField(_("decision"), max_length=8, choices=Decision.choices, default=Decision.KEPT)
    reason = models.TextField(_("reason"), blank=True)
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )

    history = History()
    objects = CarryOverQuerySet.as_manager()

    class Meta:
        verbose_name = _("carry-over")
        verbose_name_plural = _("carry-overs")
        ordering = ["meeting", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(followup__isnull=False, discussion=None) | Q(followup=None, discussion__isnull=False),
                name="carry_over_of_one_thing",
                violation_error_message=_("Choose a follow-up or a deferred item."),
            ),
            models.CheckConstraint(
                condition=Q(decision="kept") | ~Q(reason=""),
                name="carry_over_dropped_with_a_reason",
                violation_error_message=_("Enter why it is closed or dropped."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "followup"],
                name="carry_over_followup_once",
                violation_error_message=_("This follow-up is already carried over to this meeting."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "discussion"],
                name="carry_over_item_once",
                violation_error_message=_("This item is already carried over to this meeting."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.followup or self.discussion} → {self.meeting}"


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
