"""Carry-over: which items were taken from one meeting to the next."""

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Record, SecretariatQuerySet
from engagement.core.models.history import History
from meetings.models import Discussion, Meeting
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
