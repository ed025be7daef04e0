"""Publication rules as records: the demands of the law or of the body's own policy, editable and never code."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from engagement.core.models import Ordered, Record, SortKeyField, sees_all
from engagement.core.models.fields import SeveralChoicesField
from engagement.core.models.history import History
from engagement.core.models.slugs import free_code
from engagement.core.types import Reader
from organizations.models import Organization

from .status import Kind

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from .publishing import Publishable

MOST_DAYS = 400


class Required(models.TextChoices):
    """Content that a rule may require to be shown of a meeting."""

    DATE = "date", _("Date")
    PLACE = "place", _("Place")
    REPRESENTATIVES = "representatives", _("Who represented us")
    FUNCTIONS = "functions", _("Their function")
    ORGANIZATIONS = "organizations", _("Name of the organization")
    REGISTER_NUMBERS = "register_numbers", _("Register number of the organization")
    SUBJECT = "subject", _("Subject")
    PURPOSE = "purpose", _("Purpose")
    FORM = "form", _("In person, online or hybrid")


class RegimeQuerySet(models.QuerySet["Regime"]):
    def visible_to(self, user: Reader) -> "RegimeQuerySet":
        """The public reads the rules that the body follows."""
        return self if sees_all(user) else self.in_use()

    def in_use(self) -> "RegimeQuerySet":
        return self.filter(is_in_use=True)

    def of(self, meeting: "Publishable") -> "RegimeQuerySet":
        """The rules of a meeting: its own, else those of its series. One question to the database."""
        own = type(meeting).regimes.through._base_manager.filter(meeting=meeting.pk)
        if meeting.series_id is None:
            return self.filter(pk__in=own.values("regime"))
        serial = Regime.series.through._base_manager.filter(series=meeting.series_id)
        return self.filter(Q(pk__in=own.values("regime")) | (~Exists(own) & Q(pk__in=serial.values("regime"))))


class Regime(Record):
    """A publication rule: its deadline, the content shown, the exemptions, the people covered."""

    class Clock(models.TextChoices):
        MEETING = "meeting", _("The meeting")
        PERIOD = "period", _("The end of a period")

    class Period(models.TextChoices):
        MONTH = "month", _("Month")
        QUARTER = "quarter", _("Quarter")
        FOUR_MONTHS = "four_months", _("Four months")
        HALF_YEAR = "half_year", _("Half-year")

    class WorkingDays(models.TextChoices):
        ANY = "any", _("Any day, including weekends")
        NEXT = "next", _("If on a weekend, the next Monday")

    asked_for = {"name": _("Enter the name of the rule.")}

    code = models.SlugField(_("code"), max_length=50, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)
    covers = models.TextField(
        _("who is covered"),
        blank=True,
        help_text=_("Whose meetings, with whom. Shown to everyone on the page “About”."),
    )
    counts_from = models.CharField(_("counted from"), max_length=8, choices=Clock.choices, default=Clock.MEETING)
    period = models.CharField(
        _("period"), max_length=12, choices=Period.choices, blank=True, help_text=_("Only if counted from its end.")
    )
    days = models.PositiveSmallIntegerField(
        _("days"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_DAYS)],
        help_text=_("Leave empty if the rule sets no deadline."),
    )
    working_days = models.CharField(
        _("if the last day is on a weekend"), max_length=4, choices=WorkingDays.choices, default=WorkingDays.ANY
    )
    is_with_minutes = models.BooleanField(_("minutes are required"), default=False)
    is_with_agreed_minutes = models.BooleanField(
        _("minutes are agreed first"),
        default=False,
        help_text=_("A meeting is published once its counterparts have agreed to the minutes."),
    )
    required_fields = SeveralChoicesField(_("what must be shown"), options=Required)
    meeting_kinds = SeveralChoicesField(
        _("kinds of meeting covered"), options=Kind, help_text=_("Select none if it covers all.")
    )
    organization_kinds = SeveralChoicesField(
        _("kinds of organization covered"), options=Organization.Kind, help_text=_("Select none if it covers all.")
    )
    is_by_second_person = models.BooleanField(
        _("a second person publishes"),
        default=True,
        help_text=_("The person who prepared a meeting cannot publish it."),
    )
    is_in_use = models.BooleanField(
        _("in use"), default=False, help_text=_("Can be chosen for meetings and is explained on the page “About”.")
    )
    source_url = models.URLField(_("link to source"), max_length=500, blank=True)
    sort_key = SortKeyField("name")

    history = History(excluded_fields=["sort_key"])
    objects = RegimeQuerySet.as_manager()

    if TYPE_CHECKING:
        grounds: RelatedManager["Ground"]

    class Meta:
        verbose_name = _("publication rule")
        verbose_name_plural = _("publication rules")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(days=None) | Q(days__lte=MOST_DAYS),
                name="regime_days_bounded",
                violation_error_message=_("A deadline can be at most 400 days away."),
            ),
            models.CheckConstraint(
                condition=Q(counts_from="meeting", period="")
                | Q(counts_from="period", period__in=["month", "quarter", "four_months", "half_year"]),
                name="regime_period_if_counted_from_it",
                violation_error_message=_(
                    "Choose a period if the days are counted from its end, and leave it empty if not."
                ),
            ),
            models.CheckConstraint(
                condition=Q(working_days__in=["any", "next"]),
                name="regime_working_days_known",
                violation_error_message=_("Choose from the list what happens on a weekend."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        if not self.code:  # made of the name once; it stays, since addresses carry it
            self.code = free_code(type(self), "code", self.name, most=40, otherwise="rule")
        super().save(*args, **kwargs)

    def after_save(self, *, is_new: bool) -> None:
        """Meetings that are not published yet follow; published ones keep the deadline they had."""
        from .deadlines import follow_regime  # which names the meeting

        if not is_new:
            follow_regime(self)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        """Meetings may stand under it, so it is kept: take it out of use instead."""
        message = _("A publication rule cannot be deleted. Clear “In use” instead.")
        raise ValidationError(message, code="kept")

    def _words(self, name: str) -> list[str]:
        """The chosen options of a list, as people read them."""
        field = self._meta.get_field(name)
        assert isinstance(field, SeveralChoicesField)
        return field.words(getattr(self, name))

    @property
    def required_words(self) -> list[str]:
        return self._words("required_fields")

    @property
    def meeting_kind_words(self) -> list[str]:
        return self._words("meeting_kinds")

    @property
    def organization_kind_words(self) -> list[str]:
        return self._words("organization_kinds")

    @property
    def deadline_sentence(self) -> str:
        """When a meeting under it is to be public, in words."""
        if self.days is None:
            return str(_("It sets no deadline."))
        days = ngettext("%(days)d day", "%(days)d days", self.days) % {"days": self.days}
        if self.counts_from == self.Clock.MEETING:
            text = str(_("At most %(days)s after the meeting.") if self.days else _("On the day of the meeting."))
        else:
            text = self._period_sentence()
        weekend = _(" If that is a Saturday or Sunday, on the next Monday.") if self.working_days == "next" else ""
        return f"{text % {'days': days}}{weekend}"

    def _period_sentence(self) -> str:
        last, after = {
            self.Period.MONTH: (_("By the end of the month."), _("At most %(days)s after the end of the month.")),
            self.Period.QUARTER: (_("By the end of the quarter."), _("At most %(days)s after the end of the quarter.")),
            self.Period.FOUR_MONTHS: (
                _("By the end of April, August or December."),
                _("At most %(days)s after the end of April, August or December."),
            ),
            self.Period.HALF_YEAR: (
                _("By the end of June or December."),
                _("At most %(days)s after the end of June or December."),
            ),
        }[self.Period(self.period)]
        return str(after if self.days else last)


class GroundQuerySet(models.QuerySet["Ground"]):
    def visible_to(self, user: Reader) -> "GroundQuerySet":
        return self if sees_all(user) else self.filter(regime__is_in_use=True)


class Ground(Ordered, Record):
    """A ground of exemption: a case in which the rule lets a meeting go unpublished."""

    asked_for = {"name": _("Enter the ground of exemption.")}
    root_field = "regime"
    order_within = ("regime",)

    regime = models.ForeignKey(Regime, models.CASCADE, related_name="grounds", verbose_name=_("publication rule"))
    name = models.CharField(_("short name"), max_length=120)
    text = models.TextField(_("text"), blank=True, help_text=_("In the words of the rule."))

    history = History()
    objects = GroundQuerySet.as_manager()

    class Meta:
        verbose_name = _("ground of exemption")
        verbose_name_plural = _("grounds of exemption")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["regime", "name"],
                name="ground_once_in_regime",
                violation_error_message=_("This rule already has a ground of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name
