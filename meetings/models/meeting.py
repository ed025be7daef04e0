"""Model of meetings, the record that everything else belongs to."""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from engagement.core.addresses import address_of
from engagement.core.models import Counter, Findable, Record, Slugged, SortKeyField, Visibility
from engagement.core.models.fields import required_text, when, who
from engagement.core.models.history import History
from engagement.core.models.visibility import audience_field
from engagement.core.page_cache import holds_until
from engagement.core.partial_dates import PartialDate, Precision
from engagement.core.types import Actor, Label

from . import publishing
from .publishing import Publishable
from .querysets import MeetingQuerySet
from .series import Series
from .status import CONSTRAINTS, INDEXES, Kind, Status
from .times import MIDNIGHT, default_time_zone, end, is_time_zone, local_day, moment, validate_time_zone

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from .parties import Party


class Meeting(Slugged, Publishable, Findable, Record):
    """A meeting of the host with one or more counterparts."""

    Status = Status
    Kind = Kind
    asked_for = {
        "title": _("Enter a title, such as who meets and for what."),
        "time_zone": _("Enter a time zone, such as Europe/Amsterdam."),
    }
    kept_by_queries = (*Publishable.kept_by_queries, "is_written_up")
    inside_fields = (
        "internal_notes", "postponement_note", "cancellation_note", "publication_due_on", "prepared_at",
        "prepared_by", "ready_at", "ready_by", "published_by", "published_on", "regimes", "withdrawn_at",
        "withdrawn_by", "withdrawal_reason", "withdrawal_notice", "exempted_at", "exempted_by", "exemption_ground",
        "exemption_text",
    )  # fmt: skip
    MOVED_BY_VERBS = (
        *("status", "published_at", "published_by_id", "published_on", "public_since"),
        *("exempted_at", "exempted_by_id", "exemption_ground_id", "exemption_text"),
        *("ready_at", "ready_by_id"),
    )
    moments: ClassVar[dict[str, tuple[Label, Label]]] = {
        "ready_at": (_("marked ready to publish"), _("no longer marked ready to publish")),
        "published_at": (_("published"), ""),
        "withdrawn_at": (_("withdrawn"), ""),
        "exempted_at": (_("exempted from publication"), _("exemption ended")),
        **dict.fromkeys(("prepared_at", "public_since", "withdrawal_reason"), ("", "")),
    }

    class Form(models.TextChoices):
        MEETING = "meeting", _("Meeting")
        CALL = "call", _("Telephone call")
        LETTER = "letter", _("Letter or e-mail")
        EVENT = "event", _("Event")

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        ONLINE = "online", _("Online")
        HYBRID = "hybrid", _("Hybrid")

    class RequestedBy(models.TextChoices):
        HOST = "host", _("The host")
        COUNTERPART = "counterpart", _("The counterpart")
        JOINT = "joint", _("Both sides")

    class SummarySource(models.TextChoices):
        SECRETARIAT = "secretariat", _("Written by the secretariat")
        PRESS = "press", _("As reported by the press")
        COUNTERPART = "counterpart", _("As reported by the counterpart")

    reference = models.CharField(_("reference"), max_length=20, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=250)
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("series")
    )
    ordinal = models.PositiveSmallIntegerField(
        _("number in the series"),
        null=True,
        blank=True,
        help_text=_("Leave empty for the next number, given when the meeting is confirmed."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.BILATERAL)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PROPOSED, editable=False
    )
    starts_on = models.DateField(_("date"), null=True, blank=True)
    date_precision = models.CharField(
        _("precision"),
        max_length=5,
        choices=Precision.choices,
        default=Precision.DAY,
        help_text=_("If only the month or year is known, enter any day of it."),
    )
    start_time = models.TimeField(_("from"), null=True, blank=True, help_text=_("Leave empty if all day or unknown."))
    ends_on = models.DateField(_("last day"), null=True, blank=True, help_text=_("Only if it lasts several days."))
    end_time = models.TimeField(
        _("to"), null=True, blank=True, help_text=_("00:00 means midnight at the end of the last day.")
    )
    time_zone = models.CharField(
        _("time zone"), max_length=60, default=default_time_zone, validators=[validate_time_zone]
    )
    starts_at = models.DateTimeField(_("starts at"), null=True, editable=False)
    ends_at = models.DateTimeField(_("ends at"), null=True, editable=False)
    contact_form = models.CharField(_("form of contact"), max_length=8, choices=Form.choices, default=Form.MEETING)
    attendance_mode = models.CharField(_("attendance"), max_length=10, choices=Mode.choices, blank=True)
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    country = CountryField(_("country"), blank=True)
    requested_by = models.CharField(_("requested by"), max_length=12, choices=RequestedBy.choices, blank=True)
    purpose = models.TextField(_("purpose"), blank=True)
    summary = models.TextField(_("summary"), blank=True)
    summary_source = models.CharField(
        _("source of the summary"), max_length=12, choices=SummarySource.choices, default=SummarySource.SECRETARIAT
    )
    source_url = models.URLField(_("link to source"), max_length=500, blank=True)
    source_note = models.CharField(
        _("note on the source"),
        max_length=500,
        blank=True,
        help_text=_("What readers should know about the source, such as who wrote it. Shown next to the link."),
    )
    visibility = audience_field(default=Visibility.INTERNAL)
    internal_notes = models.TextField(_("internal notes"), blank=True)
    postponement_reason = models.TextField(_("reason for postponing"), blank=True, editable=False)
    postponement_note = models.TextField(_("internal note on postponing"), blank=True, editable=False)
    cancellation_reason = models.TextField(_("reason for cancelling"), blank=True, editable=False)
    cancellation_note = models.TextField(_("internal note on cancelling"), blank=True, editable=False)
    is_written_up = models.BooleanField(_("written up"), default=False, editable=False)
    prepared_at = when(_("prepared at"))
    prepared_by = who(_("prepared by"))
    sort_key = SortKeyField("title")
    reference_key = SortKeyField("reference")

    history = History(
        m2m_fields=["regimes"],
        excluded_fields=["search_text", "sort_key", "reference_key", "effective_visibility", "is_written_up"],
    )
    objects = MeetingQuerySet.as_manager()

    if TYPE_CHECKING:
        parties: RelatedManager[Party]

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = [F("starts_at").desc(nulls_first=True), "-pk"]
        permissions = [("publish_meeting", "Can publish and withdraw meetings")]
        constraints = CONSTRAINTS + publishing.CONSTRAINTS
        indexes = INDEXES + publishing.INDEXES

    def __str__(self) -> str:
        return f"{self.reference} {self.title}" if self.reference else self.title

    def get_absolute_url(self) -> str:
        return address_of("meetings:detail", self.slug)

    def slug_source(self) -> str:
        return self.title

    def search_terms(self) -> Iterable[str]:
        return [self.title, self.reference]

    @property
    def lookup_detail(self) -> str:
        day = self.date.iso if self.date else ""
        return ", ".join(str(part) for part in (day, self.get_status_display()) if part)

    @property
    def date(self) -> PartialDate | None:
        """When it begins, as far as that is known."""
        return PartialDate.of(self.starts_on, self.date_precision)

    @property
    def is_all_day(self) -> bool:
        return self.start_time is None

    @property
    def is_upcoming(self) -> bool:
        """Planned and not over yet, as of now."""
        planned = self.status in (Status.PROPOSED, Status.CONFIRMED)
        if not planned or self.ends_at is None or self.ends_at <= timezone.now():
            return False
        holds_until(self.ends_at)
        return True

    @property
    def takes_proposals(self) -> bool:
        """Whether a counterpart can propose items for its agenda: it is planned and not over."""
        return self.status in (Status.PROPOSED, Status.CONFIRMED) and (self.ends_at is None or self.is_upcoming)

    def agenda_numbers(self) -> dict[int, str]:
        """The number of each discussion, by key; counted among those this reader sees, so that none leaves a gap."""
        return {item.pk: item.number or str(place) for place, item in enumerate(self.discussions.all(), start=1)}

    def out_of_order(self) -> "Meeting | None":
        """A meeting of the series with a lower number that took place later, or a higher one that took place before."""
        if not (self.series and self.ordinal and self.day_in_series):
            return None
        later_below = Q(ordinal__lt=self.ordinal, starts_on__gt=self.starts_on)
        before_above = Q(ordinal__gt=self.ordinal, starts_on__lt=self.starts_on)
        others = type(self).objects.filter(series=self.series).on_a_known_day().filter(later_below | before_above)
        found: Meeting | None = others.order_by("ordinal").first()
        return found

    @contextmanager
    def locked(self, *, by: Actor = None) -> Iterator[None]:
        """As every record's; the series first, since whoever gives its numbers anew holds it and asks for meetings."""
        with transaction.atomic():
            if self.series_id is not None:
                Series.objects.filter(pk=self.series_id).hold()
            with super().locked(by=by):
                yield

    @property
    def day_in_series(self) -> dt.date | None:
        """The day that its number should follow: none where only month or year are known, and not the old one of a
        postponed meeting."""
        is_known = self.date_precision == Precision.DAY and self.status != Status.POSTPONED
        return self.starts_on if is_known else None

    def has_waiting_change(self) -> bool:
        """Whether a change of the published meeting waits for a publisher."""
        return bool(self.proposed_changes.waiting().exists())

    def has_begun(self) -> bool:
        return self.starts_at is not None and self.starts_at <= timezone.now()

    # Verbs: each acts on what the database holds, under lock; done twice it changes nothing; one that is not possible
    # raises ValidationError and changes nothing.

    def confirm(self, *, by: Actor) -> None:
        """It will take place. It gets its number in the series now, unless one was given by hand."""
        with self.locked(by=by):
            if self.status == Status.CONFIRMED:
                return
            self._move_from({Status.PROPOSED, Status.POSTPONED}, _("confirmed"))
            if self.starts_on is None:
                raise ValidationError(
                    {"starts_on": _("A confirmed meeting needs a date. Enter the day on which it is held.")},
                    code="no_date",
                )
            if self.series and self.ordinal is None:
                self.ordinal = self.series.claim_next_ordinal()
            self.status = Status.CONFIRMED
            self._save_checked()

    def hold(self, *, by: Actor) -> None:
        """Mark it as held: one host and at least one counterpart, and not in the future."""
        with self.locked(by=by):
            if self.status == Status.HELD:
                return
            self._move_from({Status.CONFIRMED}, _("marked as held"))
            if not self.has_begun():
                raise ValidationError(
                    {"starts_on": _("A meeting that was held cannot be in the future.")}, code="future"
                )
            self.status = Status.HELD
            self._save_checked()
            self.check_whole()

    def postpone(self, *, by: Actor, reason: str, note: str = "") -> None:
        """Postpone it to a date to be set. It keeps its number. Readers see the reason, not the note."""
        reason = required_text(reason, "postponement_reason", _("Enter why the meeting is postponed."))
        with self.locked(by=by):
            if self.status == Status.POSTPONED:
                return
            self._move_from({Status.PROPOSED, Status.CONFIRMED}, _("postponed"))
            self.status, self.postponement_reason, self.postponement_note = Status.POSTPONED, reason, note.strip()
            self._save_checked()

    def cancel(self, *, by: Actor, reason: str, note: str = "") -> None:
        """Cancel it. Before its date, or without one, the number is released; the plan stays visible.

        Whoever sees the meeting reads the reason; the note stays inside.
        """
        reason = required_text(reason, "cancellation_reason", _("Enter why the meeting is cancelled."))
        with self.locked(by=by):
            if self.status == Status.CANCELLED:
                return
            self._move_from({Status.PROPOSED, Status.CONFIRMED, Status.POSTPONED}, _("cancelled"))
            if self.status == Status.POSTPONED or self._is_before_its_date():
                self.ordinal = None
            self.status, self.cancellation_reason, self.cancellation_note = Status.CANCELLED, reason, note.strip()
            self._save_checked()

    def reinstate(self, *, by: Actor, reason: str = "") -> None:
        """Take a cancellation back: the meeting is as it was before, and the reason for cancelling is kept.

        A confirmed one gets a number again. Where it is public, readers saw that it was off, so a reason is needed.
        """
        with self.locked(by=by):
            if self.status in (Status.PROPOSED, Status.CONFIRMED, Status.POSTPONED):
                return
            self._move_from({Status.CANCELLED}, _("reinstated"))
            reason = self.check_reinstating(reason)
            self.status = self._status_before_cancelling()
            if self.status == Status.CONFIRMED and self.series and self.ordinal is None:
                self.ordinal = self.series.claim_next_ordinal()
            self._change_reason = reason[:100] or None
            self._save_checked()

    def check_reinstating(self, reason: str) -> str:
        if self.published_at is not None:
            return required_text(reason, "reason", _("Enter a reason: readers have seen that it was cancelled."))
        return reason.strip()

    def _status_before_cancelling(self) -> Any:
        """Without a date it is a proposal again, whatever it was."""
        before = self.history.exclude(status=Status.CANCELLED).order_by("-history_id").first()
        status = Status(before.status) if before else Status.PROPOSED
        return Status.PROPOSED if status == Status.CONFIRMED and self.starts_on is None else status

    def _is_before_its_date(self) -> bool:
        if self.date is None:
            return True
        today = local_day(timezone.now(), self.time_zone)
        return today < self.date.day if self.date.is_exact else today <= self.date.last

    def _move_from(self, states: set[str], to: Any) -> None:
        if self.status not in states:
            raise ValidationError(
                _("A meeting that is %(status)s cannot be %(verb)s."),
                code="wrong_status",
                params={"status": self.get_status_display().lower(), "verb": to},
            )

    def _save_checked(self) -> None:
        self.full_clean(validate_unique=False)
        self.save()

    def clean(self) -> None:
        super().clean()
        if self.ordinal and self.series and self.ordinal < self.series.first_ordinal:
            raise ValidationError(
                {"ordinal": _("This series starts at number %(first)s.") % {"first": self.series.first_ordinal}},
                code="before_first",
            )
        if any(day and day.year in (dt.MINYEAR, dt.MAXYEAR) for day in (self.starts_on, self.ends_on)):
            return  # said beside the field; the moments near the ends of the calendar do not exist
        self.starts_on = self.date.day if self.date else None
        known = is_time_zone(self.time_zone)
        if known:
            self._check_hours()
        if self.status == Status.HELD and self.starts_on and known and not self._begun_by_its_date():
            raise ValidationError({"starts_on": _("A meeting that was held cannot be in the future.")}, code="future")
        if known:
            self._check_days_around()

    def _check_days_around(self) -> None:
        today = local_day(timezone.now(), self.time_zone)
        if self.status == Status.HELD and self.ends_on and self.ends_on > today:
            raise ValidationError({"ends_on": _("A meeting that was held cannot end in the future.")}, code="future")
        if self.publication_due_on and self.starts_on and self.publication_due_on < self.starts_on:
            self.keep_deadline()
        if self.publication_due_on and self.starts_on and self.publication_due_on < self.starts_on:
            message = _("A meeting cannot be due for publication before it is held.")
            raise ValidationError({"publication_due_on": message}, code="before_meeting")

    def _check_hours(self) -> None:
        """An end after the beginning, by the clock on the wall and in truth: some nights the clocks change."""
        is_one_day = self.ends_on in (None, self.starts_on)
        if self.starts_on is None or self.start_time is None or self.end_time in (None, MIDNIGHT) or not is_one_day:
            return
        if self.end_time <= self.start_time:
            message = _("A meeting must end after it begins. If it goes on after midnight, the last day is %(day)s.")
            next_day = date_format(self.starts_on + dt.timedelta(days=1), "j F Y")
            raise ValidationError({"end_time": message % {"day": next_day}}, code="hours")
        begins = moment(self.starts_on, self.start_time, self.time_zone)
        if end(self.starts_on, self.ends_on, self.end_time, self.time_zone) <= begins:
            message = _(
                "The clocks change that night in %(zone)s, so the meeting would end before it begins. Check the times."
            )
            raise ValidationError({"end_time": message % {"zone": self.time_zone}}, code="clocks")

    def _begun_by_its_date(self) -> bool:
        assert self.starts_on is not None
        return moment(self.starts_on, self.start_time, self.time_zone) <= timezone.now()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._set_moments()
        if not self._state.adding and not self.in_verb:
            self._keep_what_only_verbs_move()
        if self.published_at is None:
            self.keep_deadline()
        if self.series and self.ordinal is None and self.status in (Status.CONFIRMED, Status.HELD):
            self.ordinal = self.series.claim_next_ordinal()
        super().save(*args, **kwargs)

    def give_reference(self) -> None:
        day = self.starts_on or local_day(timezone.now(), self.time_zone)
        self.reference = self.reference or Counter.reference("BM", day.year)

    def _keep_what_only_verbs_move(self) -> None:
        stored = type(self)._base_manager.values(*self.DUE_BY, *self.MOVED_BY_VERBS).get(pk=self.pk)
        if self.series_id not in (None, stored["series_id"]):
            Series.objects.filter(pk=self.series_id).hold()  # what renames it, comes before or sees this meeting
        for name in self.MOVED_BY_VERBS:
            setattr(self, name, stored[name])
        if self.published_at and self.publication_due_on and any(getattr(self, n) != stored[n] for n in self.DUE_BY):
            self.keep_deadline()  # a published meeting follows its own dates, not a rule that was changed later

    def _set_moments(self) -> None:
        """Work out the moments from the local dates and hours; a month or year is over when its last day is."""
        if self.date is None:
            self.starts_at = self.ends_at = None
            return
        self.starts_on = self.date.day  # of a month or year the first
        last = self.ends_on if self.date.is_exact else self.date.last
        self.starts_at = moment(self.starts_on, self.start_time, self.time_zone)
        self.ends_at = end(self.starts_on, last, self.end_time, self.time_zone)

    def check_whole(self) -> None:
        """Check the rules that hold between the meeting and its parts, once all of them are saved.

        Raises ValidationError; errors about one part carry it as ``instance``.
        """
        from .consistency import check_whole  # which names the parts

        check_whole(self)
