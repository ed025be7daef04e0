"""Model of parties: the organizations at the table. The people they sent are in ``participants.py``."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Ordered, Record, sees_all
from engagement.core.models.history import History
from engagement.core.queries import valid_on
from engagement.core.types import Reader
from organizations.models import Identifier, Organization

from .meeting import Meeting


class PartyQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Reader) -> "PartyQuerySet":
        """The parties of meetings that this reader may know of."""
        return self if sees_all(user) else self.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))

    def of(self, user: Reader) -> "PartyQuerySet":
        """The parties of organizations that this person acts for."""
        return self.filter(organization__in=Organization.objects.represented_by(user))

    def promising(self) -> "PartyQuerySet":
        """Parties that promise with both sides: all but observers."""
        return self.exclude(side=Party.Side.OBSERVER)


class Party(Ordered, Record):
    """An organization at a meeting."""

    class Side(models.TextChoices):
        HOST = "host", _("Host")
        COUNTERPART = "counterpart", _("Counterpart")
        OBSERVER = "observer", _("Observer")

    asked_for = {"organization": _("Choose the organization that takes part.")}
    root_field = "meeting"
    seen_with_whole = True
    order_within = ("meeting",)
    kept_by_queries = ("held_on",)

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="parties", verbose_name=_("meeting"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="parties", verbose_name=_("organization")
    )
    side = models.CharField(_("side"), max_length=12, choices=Side.choices, default=Side.COUNTERPART)
    is_lead = models.BooleanField(_("leads its side"), default=False)
    headcount = models.PositiveSmallIntegerField(
        _("number of people"), null=True, blank=True, help_text=_("If not listed by name.")
    )
    register_number = models.CharField(
        _("register number on that day"),
        max_length=60,
        blank=True,
        help_text=_("Leave empty to take it from the organization."),
    )
    register_status = models.CharField(
        _("register status on that day"), max_length=12, choices=Identifier.Status.choices, blank=True
    )
    on_behalf_of = models.CharField(
        _("on behalf of"),
        max_length=500,
        blank=True,
        help_text=_("Clients of a consultancy or law firm. Separate several by a semicolon."),
    )

    held_on = models.DateField(_("met on"), null=True, editable=False)

    history = History(excluded_fields=["held_on"])
    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "organization"],
                name="party_once_at_a_meeting",
                violation_error_message=_("This organization is already a party to the meeting."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "side"],
                condition=Q(is_lead=True),
                name="party_one_lead_a_side",
                violation_error_message=_("Only one organization can lead each side."),
            ),
            models.CheckConstraint(
                condition=Q(on_behalf_of="") | ~Q(side="host"),
                name="party_host_for_itself",
                violation_error_message=_("The host acts on its own behalf. Leave “On behalf of” empty."),
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "held_on"], condition=Q(held_on__isnull=False), name="party_last_met")
        ]

    def __str__(self) -> str:
        return str(self.organization)

    @property
    def clients(self) -> list[str]:
        """The organizations and people that this party came for."""
        return [name for part in self.on_behalf_of.split(";") if (name := part.strip())]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding and not self.register_number:
            self._take_register_number()
        super().save(*args, **kwargs)

    def _take_register_number(self) -> None:
        """As it was on the day of the meeting, or is today as long as there is no date."""
        numbers = self.organization.identifiers.filter(scheme=Identifier.Scheme.EU_TRANSPARENCY)
        in_force = numbers.filter(valid_on(self.meeting.starts_on, "valid_from", "valid_to"))
        number = in_force.order_by("pk").first()
        if number is not None:
            self.register_number, self.register_status = number.value, number.status
