"""Model of outcomes: of a meeting or of one of its discussions."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Leveled, Ordered, Record
from engagement.core.models.history import History
from organizations.models import Organization

from .discussions import Discussion, PartQuerySet
from .meeting import Meeting


class Outcome(Leveled, Ordered, Record):
    """A conclusion, decision, agreement, invitation, commitment, request or key takeaway."""

    class Kind(models.TextChoices):
        CONCLUSION = "conclusion", _("Conclusion")
        DECISION = "decision", _("Decision")
        AGREEMENT = "agreement", _("Agreement")
        INVITATION = "invitation", _("Invitation")
        COMMITMENT = "commitment", _("Commitment")
        REQUEST = "request", _("Request")
        TAKEAWAY = "takeaway", _("Key takeaway")

    asked_for = {"kind": _("Choose what kind of outcome it is."), "text": _("Enter the outcome.")}
    root_field = "meeting"
    order_within = ("meeting", "discussion")
    level_parents = ("meeting", "discussion")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="outcomes", verbose_name=_("meeting"))
    discussion = models.ForeignKey(
        Discussion, models.CASCADE, null=True, blank=True, related_name="outcomes", verbose_name=_("discussion")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    text = models.TextField(_("text"))
    by = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="outcomes_by",
        verbose_name=_("by"),
        help_text=_("Leave empty for both sides."),
    )
    to = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="outcomes_to", verbose_name=_("to")
    )

    history = History(excluded_fields=["effective_visibility"])
    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"

    def clean(self) -> None:
        super().clean()
        if self.discussion_id and self.meeting_id and self.discussion and self.discussion.meeting_id != self.meeting_id:
            raise ValidationError(
                {"discussion": _("This discussion belongs to another meeting.")}, code="other_meeting"
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.discussion is not None:
            self.meeting = self.discussion.meeting
        super().save(*args, **kwargs)
