"""Model of the people at a meeting: the printed form of each, and the rule by which a name is published.

What is printed stands with the participant, apart from the record of the person. So a name can be erased, and “Head of
unit, ARM” stays in its place. See docs/decisions/names-that-expire.md.
"""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Leveled, Ordered, Record, Visibility
from engagement.core.models.days import years_bounded
from engagement.core.models.history import History
from engagement.core.models.visibility import audience_field, relevel
from engagement.core.queries import valid_on
from engagement.core.readers import WHOEVER_SEES_NAME
from organizations.models import Person, Post

from .discussions import PartQuerySet
from .meeting import Meeting
from .parties import Party


class NameRule(models.TextChoices):
    """When a name may be public at all; who can see it decides the rest."""

    CHOSEN = "", _("If everyone can see it")
    SENIORITY = "seniority", _("By seniority of the post")
    CONSENT = "consent", _("With the person's consent")
    NEVER = "never", _("Never")


def printed(name: str, function: str, organization: str = "") -> str:
    """The printed form of a person: “Ada Lovelace, Head of unit”; without a name “Head of unit, ARM”."""
    words = [name, function] if name else [function or gettext("Participant"), organization]
    return ", ".join(word for word in words if word)


def senior_enough() -> list[str]:
    """The ranks from the one on that ``NAMES_PUBLIC_FROM`` names."""
    ranks: list[str] = list(Post.Rank.values)
    return ranks[: ranks.index(settings.NAMES_PUBLIC_FROM) + 1]


class ParticipantQuerySet(PartQuerySet):
    """``visible_to`` gives the people whose names this reader may see; others are not even counted."""


class Participant(Leveled, Ordered, Record):
    """Somebody who was invited to a meeting or took part. ``visibility`` is who may see the name."""

    NameRule = NameRule

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
    inside_fields = ("person", "name_rule", "rank", "consent_on", "consent_withdrawn_on", "erased_on")
    readers = WHOEVER_SEES_NAME
    days_over: ClassVar[tuple[str, ...]] = ("consent_on", "consent_withdrawn_on")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="participants", editable=False, verbose_name=_("meeting")
    )
    party = models.ForeignKey(Party, models.CASCADE, related_name="participants", verbose_name=_("party"))
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="participations", verbose_name=_("person")
    )
    name = models.CharField(_("name as printed"), max_length=200, blank=True)
    function = models.CharField(_("function"), max_length=200, blank=True)
    rank = models.CharField(_("seniority on that day"), max_length=10, choices=Post.Rank.choices, blank=True)
    part = models.CharField(_("part"), max_length=12, choices=Part.choices, default=Part.PARTICIPANT)
    attendance = models.CharField(
        _("attendance"), max_length=10, choices=Attendance.choices, default=Attendance.ATTENDED
    )
    visibility = audience_field(_("who can see the name"), Visibility.INTERNAL)
    name_rule = models.CharField(
        _("publish the name"),
        max_length=10,
        choices=NameRule.choices,
        default=NameRule.CHOSEN,
        blank=True,
        help_text=_("A name that must not be published is visible to the counterpart at most."),
    )
    consent_on = models.DateField(
        _("consent of"),
        null=True,
        blank=True,
        help_text=_("Only if given for this meeting alone. Otherwise the consent of the person applies."),
    )
    consent_withdrawn_on = models.DateField(_("consent withdrawn on"), null=True, blank=True)
    erased_on = models.DateField(_("name erased on"), null=True, blank=True, editable=False)

    history = History(excluded_fields=["effective_visibility"])
    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") | Q(person__isnull=False) | Q(erased_on__isnull=False),
                name="participant_has_a_name",
                violation_error_message=_("Choose a person or enter the name as printed."),
            ),
            models.CheckConstraint(
                condition=Q(erased_on=None) | Q(name="", person=None),
                name="participant_erased_has_no_name",
                violation_error_message=_("This name was erased. Do not enter another one here: add a new row."),
            ),
            models.CheckConstraint(
                condition=Q(consent_withdrawn_on=None)
                | Q(consent_on__isnull=False, consent_on__lte=models.F("consent_withdrawn_on")),
                name="participant_consent_in_order",
                violation_error_message=_(
                    "Enter the day on which consent was given. Consent cannot be withdrawn before that day."
                ),
            ),
            years_bounded("participant_years", "consent_on", "consent_withdrawn_on"),
        ]

    def __str__(self) -> str:
        return self.name or self.printed

    @property
    def printed(self) -> str:
        """The person beside the organization's name: name and function; of an erased name the function."""
        return printed(self.name, self.function)

    @property
    def printed_name(self) -> str:
        """The person where a name stands alone: of an erased one “Head of unit, ARM”."""
        return self.name or printed("", self.function, self.party.organization.short_name)

    @property
    def is_published_by_name(self) -> bool:
        """Whether the public reads the name once it reads the meeting."""
        return self.visibility == Visibility.PUBLIC and self.may_be_published

    @property
    def may_be_published(self) -> bool:
        """Whether its rule lets the name be public, as ``level_cap`` asks the database."""
        if self.name_rule == NameRule.SENIORITY:
            return self.rank in senior_enough()
        if self.name_rule == NameRule.CONSENT:
            return self._is_consented
        return self.name_rule != NameRule.NEVER

    @property
    def _is_consented(self) -> bool:
        withdrawn = self.person.name_consent_withdrawn_on if self.person else None
        if self.consent_on and not self.consent_withdrawn_on and not (withdrawn and withdrawn >= self.consent_on):
            return True
        return self.person is not None and self.person.consents_to_name

    @classmethod
    def level_cap(cls) -> Combinable:
        """Up to the counterpart, where the rule does not let the name be published."""
        withheld = Q(name_rule=NameRule.NEVER)
        withheld |= Q(name_rule=NameRule.SENIORITY) & ~Q(rank__in=senior_enough())
        withheld |= Q(name_rule=NameRule.CONSENT) & ~_consented()
        return Case(
            When(withheld, then=Value(int(Visibility.SHARED))),
            default=Value(int(Visibility.PUBLIC)),
            output_field=models.PositiveSmallIntegerField(),
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.meeting = self.party.meeting
        if self.person is not None:
            self.name = self.name or self.person.name
            if self._state.adding and not (self.function and self.rank):
                self._take_post(self.person)
        super().save(*args, **kwargs)

    def _take_post(self, person: Person) -> None:
        """Function and seniority at this organization on the day of the meeting, as far as they are not entered."""
        held = person.posts.filter(valid_on(self.meeting.starts_on), organization=self.party.organization_id)
        post = held.order_by("-starts_on", "pk").first()
        if post is not None:
            self.function, self.rank = self.function or post.function, self.rank or post.rank


def _consented(today: dt.date | None = None) -> Q:
    """Consent for this meeting, or that of the person, in force today. One that the person withdrew ends both."""
    people = Person.objects.filter(pk=OuterRef("person_id"))
    ended = people.filter(name_consent_withdrawn_on__gte=OuterRef("consent_on"))
    own = Q(consent_on__isnull=False, consent_withdrawn_on=None) & ~Q(Exists(ended))
    return own | Q(Exists(people.consenting(today or timezone.localdate())))


def relevel_names(people: "set[int] | None" = None) -> int:
    """Make true who sees the names that depend on consent, of these people or of all; returns how many changed."""
    rows = Q(name_rule=NameRule.CONSENT)
    return relevel(Participant, rows if people is None else rows & Q(person__in=people))
