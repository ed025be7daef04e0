"""Follow-ups: promises of either side, with an owner and perhaps a date."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, Exists, F, Max, OuterRef, Prefetch, Q, Value, When
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models.user import must_be_active
from engagement.core.addresses import address_of
from engagement.core.models import (
    Counter,
    Findable,
    FindableQuerySet,
    Leveled,
    LeveledQuerySet,
    Record,
    RecordQuerySet,
    SortKeyField,
    Visibility,
)
from engagement.core.models.fields import when, who
from engagement.core.models.tracing import History
from engagement.core.models.visibility import audience_field
from meetings.models import Discussion, Meeting, Outcome, Party
from organizations.models import Organization

from .status import CLOSED, CONSTRAINTS, INDEXES, Side, Status
from .verbs import FollowUpVerbs


class FollowUpQuerySet(FindableQuerySet, LeveledQuerySet, RecordQuerySet):
    def shared_with(self, user: Any) -> Q:
        """Their own promises, and those made at meetings of their organization."""
        own = Q(owner__in=Organization.objects.represented_by(user))
        return own | Q(Exists(Party.objects.of(user).filter(meeting=OuterRef("meeting"))))

    def update(self, **kwargs: Any) -> int:
        """Dates and states move one by one, through the verbs, which keep the reason."""
        if kwargs.keys() & {"due_on", "original_due_on", "status"}:
            raise ValidationError(_("A due date moves only with a reason."), code="needs_reason")
        return super().update(**kwargs)

    def is_open(self) -> "FollowUpQuerySet":
        """Asked by the moment of closing, which only closed ones have: then the indexes of open ones serve."""
        return self.filter(closed_at=None)

    def overdue(self, on: dt.date | None = None) -> "FollowUpQuerySet":
        """Open, waiting ones included, and due before this day (today in the host's time zone)."""
        return self.is_open().filter(due_on__lt=on or timezone.localdate())

    def due_within(self, days: int, on: dt.date | None = None) -> "FollowUpQuerySet":
        """Open and due from this day on, within so many days."""
        today = on or timezone.localdate()
        return self.is_open().filter(due_on__gte=today, due_on__lte=today + dt.timedelta(days=days))

    def by_due_date(self) -> "FollowUpQuerySet":
        """The earliest due first, those without a date last."""
        return self.order_by(F("due_on").asc(nulls_last=True), "pk")

    def for_list(self, user: Any) -> "FollowUpQuerySet":
        """With who owes it and, where this reader may see it, the meeting it comes from."""
        return self.select_related("owner", "waiting_on", "assignee", "chaser").with_origin(user)

    def for_page(self, user: Any) -> "FollowUpQuerySet":
        """With, for the secretariat, what happened to it so far."""
        from .events import FollowUpEvent

        events = FollowUpEvent.objects.visible_to(user).select_related("by")
        return self.for_list(user).select_related("closed_by").prefetch_related(Prefetch("events", queryset=events))

    def as_entered(self) -> "FollowUpQuerySet":
        """Of one meeting, in the order its form has them; those that have no place there, the earliest due first."""
        return self.order_by("order", F("due_on").asc(nulls_last=True), "pk")

    def with_origin(self, user: Any) -> "FollowUpQuerySet":
        """An owner may see its own promise without seeing the meeting: then the meeting reads as none."""
        discussions = Discussion.objects.visible_to(user).select_related("topic")
        meetings = Meeting.objects.visible_to(user)
        return self.prefetch_related(
            Prefetch("meeting", queryset=meetings), Prefetch("discussion", queryset=discussions)
        )


class FollowUp(FollowUpVerbs, Leveled, Findable, Record):
    """A promise: what is to be done, by which organization, until when, and how it stands."""

    Status = Status
    Side = Side

    class Priority(models.IntegerChoices):
        LOW = 10, _("Low")
        NORMAL = 20, _("Normal")
        HIGH = 30, _("High")

    level_parents = ("meeting", "discussion", "outcome")
    # An owner may see its promise without seeing where it was made.
    inside_fields = ("meeting", "discussion", "outcome", "assignee", "chaser", "priority", "closed_by", "order")

    reference = models.CharField(_("reference"), max_length=20, unique=True, editable=False)
    title = models.CharField(_("what was promised"), max_length=250)
    details = models.TextField(_("details"), blank=True)
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followups",
        verbose_name=_("from the meeting"),
    )
    discussion = models.ForeignKey(
        Discussion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followups",
        verbose_name=_("from the discussion"),
    )
    outcome = models.ForeignKey(
        Outcome,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followups",
        verbose_name=_("from the outcome"),
    )
    owner = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followups",
        verbose_name=_("by whom"),
    )
    is_joint = models.BooleanField(
        _("by both sides"), default=False, help_text=_("All parties of the meeting together.")
    )
    side = models.CharField(_("whose promise"), max_length=6, choices=Side.choices, editable=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followups_assigned",
        verbose_name=_("assigned to"),
        help_text=_("Who of us does it."),
    )
    chaser = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followups_chased",
        verbose_name=_("we chase through"),
        help_text=_("Who of us reminds the counterpart."),
    )
    due_on = models.DateField(
        _("due"), null=True, blank=True, help_text=_("Until the end of that day; empty: no date given.")
    )
    original_due_on = models.DateField(_("first due date"), null=True, blank=True, editable=False)
    order = models.PositiveSmallIntegerField(
        _("place among those of its meeting"), default=0, help_text=_("As the meeting's form has them.")
    )
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority.choices, default=Priority.NORMAL)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.OPEN, editable=False)
    waiting_on = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="followups_awaited",
        verbose_name=_("waiting on"),
    )
    visibility = audience_field(default=Visibility.SHARED)
    closed_at = when(_("closed at"))
    closed_by = who(_("closed by"))
    result = models.TextField(_("result"), blank=True, editable=False)
    evidence = models.URLField(_("evidence"), max_length=500, blank=True, editable=False)
    sort_key = SortKeyField("title")
    reference_key = SortKeyField("reference")

    history = History(excluded_fields=["search_text", "sort_key", "reference_key", "effective_visibility"])
    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = [F("due_on").asc(nulls_last=True), "pk"]
        permissions = [
            ("assign_followup", "Can assign follow-ups"),
            ("close_followup", "Can complete, cancel and reopen follow-ups"),
            ("move_due_followup", "Can move due dates of follow-ups"),
        ]
        constraints = CONSTRAINTS
        indexes = INDEXES

    def __str__(self) -> str:
        return f"{self.reference} {self.title}" if self.reference else self.title

    def get_absolute_url(self) -> str:
        return address_of("followups:detail", self.reference)

    def search_terms(self) -> Iterable[str]:
        return [self.title, self.reference]

    @property
    def lookup_detail(self) -> str:
        return str(self.get_status_display())

    @classmethod
    def level_cap(cls) -> Combinable:
        """Without a meeting behind it, nothing makes it public."""
        return Case(
            When(meeting__isnull=True, then=Value(int(Visibility.SHARED))),
            default=Value(int(Visibility.PUBLIC)),
        )

    @property
    def is_closed(self) -> bool:
        return self.status in CLOSED

    @property
    def days_late(self) -> int:
        """Whole days since the due day ended in the host's time zone; 0 if not late or closed."""
        if self.is_closed or self.due_on is None:
            return 0
        return max((timezone.localdate() - self.due_on).days, 0)

    @property
    def days_left(self) -> int | None:
        """Whole days until the due day, 0 on the day itself; nothing if late, closed or without a date."""
        if self.is_closed or self.due_on is None or self.is_overdue:
            return None
        return (self.due_on - timezone.localdate()).days

    @property
    def is_overdue(self) -> bool:
        return self.days_late > 0

    def clean(self) -> None:
        super().clean()
        self._set_origin()
        if self.discussion and self.meeting_id and self.discussion.meeting_id != self.meeting_id:
            raise ValidationError(
                {"discussion": _("This discussion belongs to another meeting.")}, code="other_meeting"
            )
        if self.outcome and self.meeting_id and self.outcome.meeting_id != self.meeting_id:
            raise ValidationError({"outcome": _("This outcome belongs to another meeting.")}, code="other_meeting")
        if self.is_joint and self.owner:
            raise ValidationError({"owner": _("Either one organization or both sides.")}, code="owner_and_joint")
        if self.owner and not self.owner.is_host and not self.chaser:
            raise ValidationError(
                {"chaser": _("A promise of the counterpart needs someone of ours to chase it.")},
                code="no_chaser",
            )
        if not self.in_verb:  # the one that names people looks by itself
            must_be_active(self, "assignee", "chaser")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._set_origin()
        self.side = Side.JOINT if self.owner is None else Side.OURS if self.owner.is_host else Side.THEIRS
        if self._state.adding:
            self.original_due_on = self.due_on
            self._go_last()
        else:
            self._keep_what_only_verbs_move()
        with transaction.atomic():
            self.lock_parents()  # before the counter, as everybody who adds follow-ups to a meeting being saved
            with Counter.referenced(self, "FU", timezone.localdate().year):
                super().save(*args, **kwargs)

    def _set_origin(self) -> None:
        if self.discussion is None and self.outcome is not None:
            self.discussion = self.outcome.discussion
        part = self.discussion or self.outcome
        if self.meeting is None and part is not None:
            self.meeting = part.meeting

    def _go_last(self) -> None:
        if self.meeting is not None and not self.order:
            rows = type(self)._base_manager.filter(meeting=self.meeting)
            self.order = (rows.aggregate(last=Max("order"))["last"] or 0) + 1

    def _keep_what_only_verbs_move(self) -> None:
        if self.in_verb:
            return
        stored = type(self)._base_manager.values("due_on", "original_due_on", "status").get(pk=self.pk)
        if self.due_on != stored["due_on"]:
            raise ValidationError({"due_on": _("A due date moves only with a reason.")}, code="needs_reason")
        self.original_due_on, self.status = stored["original_due_on"], stored["status"]
