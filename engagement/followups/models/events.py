"""Event log of a follow-up (append-only), written by its verbs."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.models import AppendOnly, AppendOnlyQuerySet, SecretariatQuerySet

from .followup import FollowUp
from .status import Status


class FollowUpEventQuerySet(SecretariatQuerySet, AppendOnlyQuerySet):
    """Reasons and names of staff stay inside."""


class FollowUpEvent(AppendOnly):
    """One move of a follow-up: the change, its reason, its actor, its moment."""

    followup = models.ForeignKey(FollowUp, models.PROTECT, related_name="events", verbose_name=_("follow-up"))
    from_status = models.CharField(_("status before"), max_length=12, choices=Status.choices)
    to_status = models.CharField(_("status after"), max_length=12, choices=Status.choices)
    from_due_on = models.DateField(_("due before"), null=True, blank=True)
    to_due_on = models.DateField(_("due after"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    comment = models.TextField(_("comment"), blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,  # what comes through a link to report is nobody's who signs in
        related_name="+",
        verbose_name=_("by"),
    )
    undoes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="undone_by",
        verbose_name=_("takes back"),
    )

    objects = FollowUpEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up event")
        verbose_name_plural = _("follow-up events")
        ordering = ["at", "pk"]
        indexes = [
            models.Index(
                fields=["followup", "-at", "-id"],
                condition=~Q(from_status=F("to_status")),
                name="followup_event_changed_status",
            )
        ]

    def __str__(self) -> str:
        return f"{self.followup.reference}: {self.get_to_status_display()}"

    @property
    def moved_the_date(self) -> bool:
        return self.from_due_on != self.to_due_on

    @property
    def postponed(self) -> bool:
        """Whether it moved a date that was there, or took it away; a date set for the first time is no postponement,
        nor is one that is put back."""
        return self.from_due_on is not None and self.moved_the_date and self.undoes_id is None


def postponements(events: Iterable[FollowUpEvent]) -> list[FollowUpEvent]:
    """The events of one follow-up that postponed it and were not undone."""
    told = list(events)
    undone = {event.undoes_id for event in told}
    return [event for event in told if event.postponed and event.pk not in undone]
