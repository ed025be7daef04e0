"""Model of series: recurring meetings of the same parties."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Max, Prefetch, Q, RowRange, Window
from django.utils.translation import gettext_lazy as _

from engagement.core.addresses import address_of
from engagement.core.models import (
    Findable,
    FindableQuerySet,
    Record,
    Slugged,
    SluggedQuerySet,
    SortKeyField,
    sees_all,
)
from engagement.core.models.fields import required_text
from engagement.core.models.history import History
from engagement.core.models.visibility import shown_by
from engagement.core.types import Actor, Reader
from organizations.models import Organization

from .regimes import Regime

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from .meeting import Meeting


class SeriesQuerySet(FindableQuerySet, SluggedQuerySet):
    def visible_to(self, user: Reader) -> "SeriesQuerySet":
        """A series is seen through its meetings."""
        from .meeting import Meeting  # which names the series

        if sees_all(user):
            return self
        return self.filter(shown_by(Meeting.objects.visible_to(user), "series"))

    def lookup(self, text: str) -> "SeriesQuerySet":
        return super().lookup(text).select_related("host")

    def for_list(self) -> "SeriesQuerySet":
        return self.select_related("host")

    def for_page(self, user: Reader) -> "SeriesQuerySet":
        seen = Organization.objects.visible_to(user)
        return self.select_related("host").prefetch_related(Prefetch("counterparts", queryset=seen))

    def out_of_order(self) -> "SeriesQuerySet":
        """Meetings whose number is above that of a later day."""
        from .meeting import Meeting  # which names the series

        before = Window(Max("starts_on"), partition_by="series", order_by="ordinal", frame=RowRange(end=-1))
        numbered = Meeting.objects.filter(series__in=self.values("pk"), ordinal__isnull=False)
        known = numbered.on_a_known_day().order_by()
        late = known.annotate(before=before).filter(starts_on__lt=F("before"))
        return self.filter(pk__in=late.values("series"))

    def hold(self) -> None:
        """Lock these until the transaction ends. Whoever locks a series and its meetings begins with the series."""
        list(self.order_by("pk").select_for_update(no_key=True).values_list("pk"))


def renumbered(meetings: "Iterable[Meeting]") -> "list[tuple[Meeting, int]]":
    """Meetings of a series that would get another number, and which, if numbers followed the order of the days.

    The same numbers are given anew, so that a meeting nobody recorded keeps its place. Meetings of one day keep their
    order; one without a day, or postponed from it, keeps its number.
    """
    numbered = [
        (meeting.ordinal, day, meeting)
        for meeting in meetings
        if meeting.ordinal is not None and (day := meeting.day_in_series) is not None
    ]
    numbers = sorted(number for number, _day, _meeting in numbered)
    in_order = sorted(numbered, key=lambda row: (row[1], row[0]))
    pairs = zip(in_order, numbers, strict=True)
    return [(meeting, number) for (before, _day, meeting), number in pairs if before != number]


class Series(Slugged, Findable, Record):
    """A row of meetings between the same parties, numbered first, second, third."""

    asked_for = {
        "title": _("Enter a title, such as the two parties that meet."),
        "host": _("Choose the host of these meetings."),
        "first_ordinal": _("Enter the number of the first meeting that is recorded."),
    }
    inside_fields = ("regimes", "template")

    title = models.CharField(_("title"), max_length=200, unique=True)
    host = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="series_hosted",
        limit_choices_to={"is_host": True},
        verbose_name=_("host"),
    )
    counterparts = models.ManyToManyField(
        Organization, blank=True, related_name="series", verbose_name=_("counterparts")
    )
    cadence_months = models.PositiveSmallIntegerField(
        _("months between meetings"), null=True, blank=True, help_text=_("Leave empty if there is no fixed interval.")
    )
    first_ordinal = models.PositiveSmallIntegerField(
        _("first number recorded"), default=1, help_text=_("Above 1 when earlier meetings are not recorded here.")
    )
    purpose = models.TextField(_("purpose"), blank=True)
    regimes = models.ManyToManyField(
        Regime,
        blank=True,
        related_name="series",
        verbose_name=_("publication rules"),
        help_text=_("For every meeting of the series that has no rules of its own."),
    )
    template = models.ForeignKey(
        "meetings.Meeting",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("template"),
        help_text=_("A meeting of this series. The next one is planned with its agenda, themes, people and place."),
    )
    sort_key = SortKeyField("title")

    history = History(m2m_fields=[counterparts, regimes], excluded_fields=["search_text", "sort_key"])
    objects = SeriesQuerySet.as_manager()

    if TYPE_CHECKING:
        meetings: RelatedManager[Meeting]

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["sort_key", "pk"]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="series_by_title"),
            models.Index(
                fields=["cadence_months", "id"], condition=Q(cadence_months__isnull=False), name="series_interval"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_ordinal__gte=1),
                name="series_starts_at_one_or_later",
                violation_error_message=_("Enter 1 or a higher number."),
            ),
            models.CheckConstraint(
                condition=Q(cadence_months=None) | Q(cadence_months__gte=1),
                name="series_cadence_at_least_a_month",
                violation_error_message=_(
                    "Meetings are at least one month apart. Leave empty if there is no fixed interval."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("meetings:series_detail", self.slug)

    @property
    def lookup_detail(self) -> str:
        return str(self.host)

    def next_ordinal(self) -> int:
        """The number the next meeting gets: one more than the highest given."""
        highest = self.meetings.aggregate(highest=Max("ordinal"))["highest"]
        return self.first_ordinal if highest is None else max(highest + 1, self.first_ordinal)

    def claim_next_ordinal(self) -> int:
        """``next_ordinal`` with the series locked, so that two meetings confirmed at once get different numbers."""
        type(self)._base_manager.filter(pk=self.pk).update(version=F("version"))
        return self.next_ordinal()

    def renumbering(self) -> "list[tuple[Meeting, int]]":
        """The meetings that would get another number, and which, if those given were in the order of the days."""
        return renumbered(self.meetings.all())

    def renumber_by_date(self, *, by: Actor, reason: str = "") -> None:
        """Give the numbers of the series anew, in the order of the days; a reason is needed where one was published."""
        with self.locked(by=by):
            moves = self.renumbering()
            reason = self.check_reason(reason, moves)
            self.meetings.filter(pk__in=[meeting.pk for meeting, _number in moves]).update(ordinal=None)
            for meeting, number in moves:
                with meeting.locked(by=by):
                    meeting.ordinal = number
                    meeting._change_reason = reason or None
                    meeting.save()

    def check_reason(self, reason: str, moves: "Iterable[tuple[Meeting, int]] | None" = None) -> str:
        """The reason for renumbering; an error where a published meeting is to get another number without one."""
        moves = self.renumbering() if moves is None else moves
        if any(meeting.is_published for meeting, _number in moves):
            return required_text(reason, "reason", _("Enter a reason: the number of a published meeting changes."))
        return reason.strip()

    def check_whole(self) -> None:
        """The rule between a series and its counterparts, checked once they are chosen."""
        if self.counterparts.filter(pk=self.host_id).exists():
            message = _("The host cannot also be a counterpart.")
            raise ValidationError({"counterparts": message}, code="host")

    def clean(self) -> None:
        super().clean()
        if self.template is not None and self.template.series_id != self.pk:
            raise ValidationError({"template": _("Choose a meeting of this series.")}, code="other_series")
        if self.pk and self.meetings.filter(ordinal__lt=self.first_ordinal).exists():
            raise ValidationError(
                {"first_ordinal": _("A meeting with a lower number is already recorded.")}, code="too_high"
            )
