"""Models of people and the posts they hold in an organization."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engagement.core.models import (
    Archivable,
    ArchivableQuerySet,
    Findable,
    FindableQuerySet,
    Record,
    SecretariatQuerySet,
    SortKeyField,
)
from engagement.core.models.days import years_bounded
from engagement.core.models.fields import required_text
from engagement.core.models.history import History
from engagement.core.queries import valid_on
from engagement.core.readers import ONLY_SECRETARIAT
from engagement.core.types import Actor

from .organization import Organization


class PersonQuerySet(SecretariatQuerySet, FindableQuerySet, ArchivableQuerySet):
    """The list of contacts is the secretariat's own; others see names only where a meeting shows them."""

    def lookup(self, text: str) -> "PersonQuerySet":
        return super().lookup(text).current().prefetch_related("posts__organization")

    def consenting(self, day: dt.date) -> "PersonQuerySet":
        """People whose consent to publish their name is in force on a day."""
        given = Q(name_consent_on__lte=day, name_consent_withdrawn_on=None)
        return self.filter(given, Q(name_consent_ends_on=None) | Q(name_consent_ends_on__gte=day))


class Person(Archivable, Findable, Record):
    """Somebody who takes part in meetings or answers letters for an organization."""

    class Permission(models.TextChoices):
        UNKNOWN = "unknown", _("Not asked")
        GIVEN = "given", _("May be contacted")
        REFUSED = "refused", _("Must not be contacted")

    asked_for = {"name": _("Enter the name of the person.")}
    readers = ONLY_SECRETARIAT
    days_over: ClassVar[tuple[str, ...]] = ("permission_on", "name_consent_on", "name_consent_withdrawn_on")

    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    contact_permission = models.CharField(
        _("contact permission"), max_length=10, choices=Permission.choices, default=Permission.UNKNOWN
    )
    permission_on = models.DateField(_("answered on"), null=True, blank=True)
    name_consent_on = models.DateField(
        _("consent to publish the name"),
        null=True,
        blank=True,
        help_text=_("The day it was given. Leave empty if none."),
    )
    name_consent_ends_on = models.DateField(
        _("consent valid until"), null=True, blank=True, help_text=_("Leave empty if it has no end.")
    )
    name_consent_withdrawn_on = models.DateField(_("consent withdrawn on"), null=True, blank=True)
    erased_on = models.DateField(_("erased on"), null=True, blank=True, editable=False)
    sort_key = SortKeyField("name")

    history = History(excluded_fields=["search_text", "sort_key"])
    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["sort_key", "id"], name="person_by_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(name_consent_ends_on=None)
                | Q(name_consent_on__isnull=False, name_consent_on__lte=F("name_consent_ends_on")),
                name="person_consent_ends_after_it_begins",
                violation_error_message=_(
                    "Enter the day on which consent was given. Consent cannot end before that day."
                ),
            ),
            models.CheckConstraint(
                condition=Q(name_consent_withdrawn_on=None)
                | Q(name_consent_on__isnull=False, name_consent_on__lte=F("name_consent_withdrawn_on")),
                name="person_consent_withdrawn_after_it_was_given",
                violation_error_message=_(
                    "Enter the day on which consent was given. Consent cannot be withdrawn before that day."
                ),
            ),
            models.CheckConstraint(
                condition=Q(erased_on=None) | Q(name="", email=""),
                name="person_erased_has_no_name",
                violation_error_message=_("This person was erased. Add another person as a new record."),
            ),
            years_bounded(
                "person_years", "permission_on", "name_consent_on", "name_consent_ends_on", "name_consent_withdrawn_on"
            ),
        ]

    def __str__(self) -> str:
        return self.name or gettext("Erased person %(number)s") % {"number": self.pk}

    @property
    def consents_to_name(self) -> bool:
        """Whether the consent to publish the name is in force today; ``consenting`` says the same of many."""
        today = timezone.localdate()
        given, until = self.name_consent_on, self.name_consent_ends_on
        if given is None or self.name_consent_withdrawn_on is not None:
            return False
        return given <= today and (until is None or until >= today)

    def clean(self) -> None:
        super().clean()
        if self.pk is not None and self.erased_on is None and self._was_erased():
            text = _("This person was erased meanwhile. Nothing was saved. Add another person as a new record.")
            raise ValidationError(text, code="erased")

    def _was_erased(self) -> bool:
        return type(self)._base_manager.filter(pk=self.pk, erased_on__isnull=False).exists()

    def correct_name(self, *, by: Actor, name: str) -> None:
        """The name was written wrongly: it is put right here and wherever it was printed. Of a new name, the form of
        the person is changed, and what was printed before stays."""
        name = required_text(name, "name", _("Enter the correct name."))
        with self.locked(by=by):
            if self.erased_on is not None:
                raise ValidationError(_("This person was erased."), code="erased")
            before, self.name = self.name, name
            if before != name:
                self._change_reason = "Name corrected"
                self.save()
                name_corrected.send(Person, person=self, before=before, by=by)

    def merge_into(self, *, by: Actor, kept: "Person") -> None:
        """Merge this person into the other: references move to the other, and this one is archived."""
        _carried_out["merge"](kept, self, by=by)

    def undo_merge(self, *, by: Actor) -> None:
        """Undo the last merge into this person, as long as nobody changed the moved rows."""
        _carried_out["undo"](self, by=by)

    def withdraw_consent(self, *, by: Actor) -> None:
        """The name is published no longer where it stood there by consent. Doing it twice changes nothing."""
        with self.locked(by=by):
            if self.name_consent_on is None:
                raise ValidationError(_("No consent of %(name)s is recorded.") % {"name": self}, code="no_consent")
            if self.name_consent_withdrawn_on is None:
                self.name_consent_withdrawn_on = timezone.localdate()
                self.save()

    def search_terms(self) -> Iterable[str]:
        return [self.name, self.email]

    @property
    def lookup_detail(self) -> str:
        return "; ".join(f"{post.function}, {post.organization.short_name}" for post in self.posts.all())


name_corrected = Signal()
"""Sent by ``Person.correct_name`` inside its transaction, with ``person``, the name ``before``, and ``by``."""


_carried_out: dict[str, Callable[..., object]] = {}


def carries_out(verb: str) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Register the function behind a verb over many records: ``merge`` and ``undo``, in ``organizations/merging``."""

    def register(call: Callable[..., object]) -> Callable[..., object]:
        _carried_out[verb] = call
        return call

    return register


class PostQuerySet(SecretariatQuerySet):
    def current(self) -> "PostQuerySet":
        """Posts held today."""
        return self.filter(valid_on())


class Post(Record):
    """A function somebody holds at an organization for a time."""

    class Rank(models.TextChoices):
        HEAD = "head", _("Head of the organization")
        SENIOR = "senior", _("Senior")
        OTHER = "other", _("Other")

    asked_for = {
        "organization": _("Choose the organization at which the function is held."),
        "function": _("Enter the function, such as “Head of Unit”."),
    }
    root_field = "person"
    readers = ONLY_SECRETARIAT

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts", verbose_name=_("person"))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="posts", verbose_name=_("organization"))
    function = models.CharField(_("function"), max_length=200)
    rank = models.CharField(_("rank"), max_length=10, choices=Rank.choices, default=Rank.OTHER)
    starts_on = models.DateField(_("since"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    history = History()
    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["person", "-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="post_in_order",
                violation_error_message=_("A post cannot end before it begins."),
            ),
            years_bounded("post_years", "starts_on", "ends_on"),
        ]

    def __str__(self) -> str:
        return f"{self.function}, {self.organization}"
