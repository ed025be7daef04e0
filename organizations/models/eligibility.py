"""Eligibility: the body's published criteria, and how an organization was assessed against each, on which day.

An assessment holds from its day until the next one against the same criterion, so each day has an answer of its own.
"""

import datetime as dt
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Ordered, Record, sees_all
from engagement.core.models.days import years_bounded
from engagement.core.models.fields import who
from engagement.core.models.history import History, actor_of
from engagement.core.types import Reader

from .identifiers import OtherNameQuerySet
from .organization import Organization


class CriterionQuerySet(models.QuerySet["Criterion"]):
    def visible_to(self, user: Reader) -> Self:
        """The secretariat all; everybody else those of which it is public who meets them."""
        return self if sees_all(user) else self.filter(is_public=True)

    def in_force_on(self, day: dt.date) -> Self:
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_to=None) | Q(valid_to__gte=day))


class Criterion(Ordered, Record):
    """One condition that the body asks of organizations, as it was published, for the days it is in force."""

    asked_for = {"name": _("Enter the name of the criterion.")}

    name = models.CharField(_("name"), max_length=120, unique=True)
    text = models.TextField(_("text"), blank=True, help_text=_("As the body published it."))
    source_url = models.URLField(_("link to source"), max_length=500, blank=True)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force until"), null=True, blank=True)
    is_public = models.BooleanField(
        _("public"),
        default=False,
        help_text=_("Readers can see which organizations meet it, and when that was assessed."),
    )

    history = History()
    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = _("eligibility criterion")
        verbose_name_plural = _("eligibility criteria")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="criterion_validity_in_order",
                violation_error_message=_("A criterion cannot end before it begins."),
            ),
            years_bounded("criterion_years", "valid_from", "valid_to"),
        ]

    def __str__(self) -> str:
        return self.name


class AssessmentQuerySet(OtherNameQuerySet):
    def visible_to(self, user: Reader) -> Self:
        seen = super().visible_to(user)
        return seen if sees_all(user) else seen.filter(criterion__is_public=True)

    def holding_on(self, day: dt.date) -> Self:
        """The last assessment of each organization and criterion by that day, of criteria in force then."""
        same = {"organization": OuterRef("organization"), "criterion": OuterRef("criterion")}
        until = Assessment._base_manager.filter(**same, assessed_on__lte=day).order_by("-assessed_on", "-pk")
        in_force = Criterion.objects.in_force_on(day).order_by().values("pk")
        return self.filter(pk=Subquery(until.values("pk")[:1]), criterion__in=in_force)

    def due_on(self, day: dt.date) -> Self:
        """The assessments that are to be reviewed by that day."""
        return self.holding_on(day).filter(next_review_on__lte=day)

    def for_page(self) -> Self:
        return self.select_related("criterion", "recorded_by").order_by("criterion__order", "criterion", "-assessed_on")


class Assessment(Record):
    """Whether an organization meets one criterion, as of one day."""

    class Result(models.TextChoices):
        MET = "met", _("Met")
        NOT_MET = "not_met", _("Not met")
        NOT_ASSESSED = "not_assessed", _("Not assessed")

    root_field = "organization"
    inside_fields = ("note", "recorded_at", "recorded_by", "next_review_on")
    days_over = ("assessed_on",)
    asked_for = {"criterion": _("Choose the criterion."), "assessed_on": _("Enter the day of the assessment.")}

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="assessments", verbose_name=_("organization")
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="assessments", verbose_name=_("eligibility criterion")
    )
    result = models.CharField(_("result"), max_length=12, choices=Result.choices, default=Result.MET)
    assessed_on = models.DateField(_("assessed on"))
    next_review_on = models.DateField(_("next review"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now, editable=False)
    recorded_by = who(_("recorded by"))
    note = models.TextField(_("note"), blank=True)

    history = History()
    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment of eligibility")
        verbose_name_plural = _("assessments of eligibility")
        ordering = ["criterion__order", "criterion", "-assessed_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "criterion", "assessed_on"],
                name="assessment_once_a_day",
                violation_error_message=_("This criterion was already assessed on that day."),
            ),
            models.CheckConstraint(
                condition=Q(result__in=["met", "not_met", "not_assessed"]),
                name="assessment_result_known",
                violation_error_message=_("Choose the result from the list."),
            ),
            models.CheckConstraint(
                condition=Q(next_review_on=None) | Q(next_review_on__gt=F("assessed_on")),
                name="assessment_reviewed_later",
                violation_error_message=_("The next review must be after the assessment."),
            ),
            years_bounded("assessment_years", "assessed_on", "next_review_on"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.get_result_display()}"

    def save(self, *args: object, **kwargs: object) -> None:
        if self._state.adding and self.recorded_by is None:
            self.recorded_by = actor_of(self)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.criterion_id and isinstance(self.assessed_on, dt.date):
            in_force = Criterion.objects.in_force_on(self.assessed_on).filter(pk=self.criterion_id)
            if not in_force.exists():
                raise ValidationError({"assessed_on": _("This criterion was not in force on that day.")}, code="force")


def review_due(organizations: "models.QuerySet[Organization]", day: dt.date) -> "models.QuerySet[Organization]":
    """The organizations of which an assessment is to be reviewed by that day."""
    return organizations.filter(Exists(Assessment.objects.due_on(day).filter(organization=OuterRef("pk"))))
