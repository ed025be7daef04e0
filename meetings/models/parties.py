"""Who was at the table: organizations and the people they sent."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Leveled, LeveledQuerySet, Ordered, Record, RecordQuerySet, Visibility, sees_all
from engagement.core.models.history import History
from engagement.core.models.visibility import audience_field
from engagement.core.queries import valid_on
from engagement.core.readers import WHOEVER_SEES_NAME
from engagement.core.types import Reader
from organizations.models import Identifier, Organization, Person

from .meeting import Meeting


class PartyQuerySet(RecordQuerySet):
    def visible_to(self, user: Reader) -> "PartyQuerySet":
        """Whoever may know of the meeting may know who met."""
        return self if sees_all(user) else self.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))

    def of(self, user: Reader) -> "PartyQuerySet":
        """Where an organization this person acts for was a party."""
        return self.filter(organization__in=Organization.objects.represented_by(user))

    def promising(self) -> "PartyQuerySet":
        """Those that what both sides promised belongs to: an observer promises nothing."""
        return self.exclude(side=Party.Side.OBSERVER)


class Party(Ordered, Record):
    """An organization at a meeting."""

    class Side(models.TextChoices):
        HOST = "host", _("Host")
        COUNTERPART = "counterpart", _("Counterpart")
        OBSERVER = "observer", _("Observer")

    root_field = "meeting"
    seen_with_whole = True
    order_within = ("meeting",)

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

    history = History()
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
                violation_error_message=_("Only one organization leads each side."),
            ),
            models.CheckConstraint(
                condition=Q(on_behalf_of="") | ~Q(side="host"),
                name="party_host_for_itself",
                violation_error_message=_("The host comes on behalf of nobody else. Leave “On behalf of” empty."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organization)

    @property
    def clients(self) -> list[str]:
        """Each organization or person that it came for."""
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


class ParticipantQuerySet(LeveledQuerySet, RecordQuerySet):
    """``visible_to`` gives the people whose names this reader may see; others are not even counted."""

    def shared_with(self, user: Reader) -> Q:
        return Q(Exists(Party.objects.of(user).filter(meeting=OuterRef("meeting"))))


class Participant(Leveled, Ordered, Record):
    """Somebody who was invited to a meeting or took part. ``visibility`` is who may see the name."""

    class Part(models.TextChoices):
        CHAIR = "chair", _("Chair")
        HEAD = "head", _("Head of delegation")
        SPEAKER = "speaker", _("Speaker")
        NOTE_TAKER = "note_taker", _("Note-taker")
        PARTICIPANT = "participant", _("Participant")

    class Attendance(models.TextChoices):
        INVITED = "invited", _("Invited")
        ATTENDED = "attended", _("Attended")
        APOLOGIES = "apologies", _("Sent apologies")

    root_field = "meeting"
    order_within = ("party",)
    level_parents = ("meeting",)
    inside_fields = ("person",)
    readers = WHOEVER_SEES_NAME

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="participants", editable=False, verbose_name=_("meeting")
    )
    party = models.ForeignKey(Party, models.CASCADE, related_name="participants", verbose_name=_("party"))
    person = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("person"),
    )
    name = models.CharField(_("name as printed"), max_length=200, blank=True)
    function = models.CharField(_("function"), max_length=200, blank=True)
    part = models.CharField(_("part"), max_length=12, choices=Part.choices, default=Part.PARTICIPANT)
    attendance = models.CharField(
        _("attendance"), max_length=10, choices=Attendance.choices, default=Attendance.ATTENDED
    )
    visibility = audience_field(_("who can see the name"), Visibility.INTERNAL)

    history = History(excluded_fields=["effective_visibility"])
    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") | Q(person__isnull=False),
                name="participant_has_a_name",
                violation_error_message=_("Choose a person or enter the name as printed."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.meeting = self.party.meeting
        if not self.name and self.person:
            self.name = self.person.name
        super().save(*args, **kwargs)
