"""Models of identifiers: numbers and other names by which registers and people know an organization."""

import re
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from engagement.core.change_signals import batch_changes
from engagement.core.folding import match_key
from engagement.core.models import Record, SortKeyField, sees_all
from engagement.core.models.days import years_bounded
from engagement.core.models.history import History
from engagement.core.types import Reader

from .organization import Organization


class OtherNameQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Reader) -> Self:
        """The identifiers of organizations that this reader may know of."""
        known = Organization.objects.visible_to(user).values("pk")
        return self if sees_all(user) else self.filter(organization__in=known)


class IdentifierQuerySet(OtherNameQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """And its numbers, except those that only we use."""
        seen = super().visible_to(user)
        return seen if sees_all(user) else seen.exclude(scheme=Identifier.Scheme.INTERNAL)


class _FindsOrganization(Record):
    """A part of an organization that it is also found by."""

    root_field = "organization"
    organization: models.ForeignKey[Organization, Organization]

    class Meta:
        abstract = True

    def after_save(self, *, is_new: bool) -> None:
        self.organization.refresh_search()

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        with transaction.atomic(), batch_changes():
            result = super().delete(*args, **kwargs)
            self.organization.refresh_search()
            return result


class OtherName(_FindsOrganization):
    """A former, translated or commonly used name."""

    asked_for = {"name": _("Enter the other name.")}
    seen_with_whole = True

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="other_names", verbose_name=_("organization")
    )
    name = models.CharField(_("other name"), max_length=250)
    match_key = models.CharField(max_length=250, editable=False, db_index=True, default="")
    sort_key = SortKeyField("name")

    history = History(excluded_fields=["match_key", "sort_key"])
    objects = OtherNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="other_name_once",
                violation_error_message=_("This other name is already listed."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.match_key = match_key(self.name)[:250]
        super().save(*args, **kwargs)


class Identifier(_FindsOrganization):
    """A number an organization has in a register."""

    class Scheme(models.TextChoices):
        EU_TRANSPARENCY = "eu_transparency", _("EU Transparency Register")
        COMPANY = "company", _("Company register")
        ROR = "ror", _("Research Organization Registry")
        WIKIDATA = "wikidata", _("Wikidata")
        INTERNAL = "internal", _("Our own number")

    class Status(models.TextChoices):
        UNKNOWN = "unknown", _("Not checked")
        ACTIVE = "active", _("Registered")
        SUSPENDED = "suspended", _("Suspended")
        REMOVED = "removed", _("Removed from the register")

    asked_for = {"scheme": _("Choose the register."), "value": _("Enter the number in the register.")}
    days_over = ("checked_on",)

    PATTERNS: ClassVar[dict[str, tuple[re.Pattern[str], object]]] = {
        Scheme.EU_TRANSPARENCY: (re.compile(r"[0-9]{5,13}-[0-9]{2}"), _("Enter 5 to 13 digits, a dash and 2 digits.")),
        Scheme.ROR: (re.compile(r"0[a-z0-9]{6}[0-9]{2}"), _("Enter the nine characters after ror.org/.")),
        Scheme.WIKIDATA: (re.compile(r"Q[1-9][0-9]*"), _("Enter Q and the number, such as Q42.")),
    }

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="identifiers", verbose_name=_("organization")
    )
    scheme = models.CharField(_("register"), max_length=20, choices=Scheme.choices, default=Scheme.EU_TRANSPARENCY)
    value = models.CharField(_("number"), max_length=60)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.UNKNOWN)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)

    history = History()
    objects = IdentifierQuerySet.as_manager()

    class Meta:
        verbose_name = _("register number")
        verbose_name_plural = _("register numbers")
        ordering = ["scheme", "value", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"],
                condition=~Q(scheme="company"),  # each country counts its companies for itself
                name="identifier_once",
                violation_error_message=_("Another organization already has this number."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="identifier_validity_in_order",
                violation_error_message=_("A number cannot end before it begins."),
            ),
            years_bounded("identifier_years", "checked_on", "valid_from", "valid_to"),
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"

    def clean(self) -> None:
        super().clean()
        self.value = self.value.strip()
        pattern = self.PATTERNS.get(self.scheme)
        if pattern is not None and not pattern[0].fullmatch(self.value):
            raise ValidationError({"value": pattern[1]}, code="invalid")
