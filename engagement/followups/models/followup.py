"""Model of follow-ups: promises of either side, with an owner, perhaps a date, and the verbs that move their state."""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.db.models import Case, F, Max, Value, When
from django.db.models.expressions import Combinable
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models.user import User, must_be_ours
from engagement.core.addresses import address_of
from engagement.core.models import Counter, Findable, Leveled, Record, SortKeyField, Visibility
from engagement.core.models.days import check_not_over, check_over, check_year
from engagement.core.models.fields import required_text, when, who
from engagement.core.models.history import History
from engagement.core.models.visibility import audience_field
from engagement.core.types import Actor, Label, SignedIn
from meetings.models import Discussion, Meeting, Outcome
from organizations.models import Organization

from .querysets import FollowUpQuerySet
from .status import CLOSED, CONSTRAINTS, INDEXES, Side, Status

if TYPE_CHECKING:
    from .events import FollowUpEvent
    from .report import Report
    from .report_link import ReportLink


class FollowUp(Leveled, Findable, Record):
    """A promise: its text, its organization, its due date and its state."""

    Status = Status
    Side = Side

    class Priority(models.IntegerChoices):
        LOW = 10, _("Low")
        NORMAL = 20, _("Normal")
        HIGH = 30, _("High")

    asked_for = {"title": _("Enter what was promised.")}
    level_parents = ("meeting", "discussion", "outcome")
    moments: ClassVar[dict[str, tuple[Label, Label]]] = {"closed_at": (_("closed"), _("reopened"))}
    # An owner may see its promise without seeing where it was made.
    inside_fields = ("meeting", "discussion", "outcome", "assignee", "chaser", "priority", "closed_by", "order")

    reference = models.CharField(_("reference"), max_length=20, unique=True, editable=False)
    title = models.CharField(_("what was promised"), max_length=250)
    details = models.TextField(_("details"), blank=True)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="followups", verbose_name=_("from the meeting")
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
        Outcome, models.PROTECT, null=True, blank=True, related_name="followups", verbose_name=_("from the outcome")
    )
    owner = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="followups", verbose_name=_("promised by")
    )
    is_joint = models.BooleanField(
        _("by both sides"), default=False, help_text=_("Promised by both sides of the meeting.")
    )
    side = models.CharField(_("promised by"), max_length=6, choices=Side.choices, editable=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followups_assigned",
        verbose_name=_("assigned to"),
        help_text=_("Colleague it is assigned to."),
    )
    chaser = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followups_chased",
        verbose_name=_("reminder sent by"),
        help_text=_("Colleague who reminds the counterpart."),
    )
    due_on = models.DateField(_("due"), null=True, blank=True, help_text=_("Leave empty if no date was agreed."))
    original_due_on = models.DateField(_("original due date"), null=True, blank=True, editable=False)
    times_postponed = models.PositiveSmallIntegerField(_("times postponed"), default=0, editable=False)
    order = models.PositiveSmallIntegerField(
        _("place among those of its meeting"), default=0, help_text=_("As the meeting's form has them.")
    )
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority.choices, default=Priority.NORMAL)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.OPEN, editable=False)
    status_changed_at = models.DateTimeField(_("status changed at"), null=True, editable=False)
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

    # How often it was postponed, and when its status last changed, stands in its events.
    history = History(
        excluded_fields=[
            *("search_text", "sort_key", "reference_key", "effective_visibility"),
            *("times_postponed", "status_changed_at"),
        ]
    )
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
            When(meeting__isnull=True, then=Value(int(Visibility.SHARED))), default=Value(int(Visibility.PUBLIC))
        )

    @property
    def is_closed(self) -> bool:
        return self.status in CLOSED

    @property
    def days_left(self) -> int | None:
        """Whole days to the due day, fewer than 0 once it ended with the host; nothing if closed or without a date."""
        return None if self.is_closed or self.due_on is None else (self.due_on - timezone.localdate()).days

    @property
    def days_late(self) -> int:
        """Whole days since the due day; 0 if not late."""
        return max(-(self.days_left or 0), 0)

    @property
    def is_overdue(self) -> bool:
        return self.days_late > 0

    @property
    def days_slipped(self) -> int | None:
        """Days from the first due date to the present one, fewer than 0 if that is earlier; nothing without a date."""
        if self.due_on is None or self.original_due_on is None:
            return None
        return (self.due_on - self.original_due_on).days

    # Verbs: each acts on what the database holds, under lock; done twice it changes nothing; one that is not possible
    # raises ValidationError and changes nothing.

    def start(self, *, by: Actor, comment: str = "") -> None:
        """Somebody is working on it."""
        with self._moving(by=by, comment=comment):
            self._must_be_open(_("marked in progress"))
            self.status, self.waiting_on = Status.IN_PROGRESS, None

    def wait(self, *, by: Actor, on: Any, reason: str) -> None:
        """Set it to waiting until an organization does something."""
        if on is None:
            raise ValidationError({"waiting_on": _("Choose the organization it waits on.")}, code="required")
        reason = required_text(reason, "reason", _("Enter what it waits for."))
        with self._moving(by=by, reason=reason):
            self._must_be_open(_("set to waiting"))
            self.status, self.waiting_on = Status.WAITING, on

    def complete(self, *, by: Actor, result: str = "", evidence: str = "", on: dt.date | None = None) -> None:
        """Complete it, today or ``on`` an earlier day; ``by`` is the one of us who confirms it."""
        with self._moving(by=by, comment=result):
            if self.status == Status.DONE:
                return
            self._must_be_open(_("completed"))
            self.check_done_on(on)
            self._close(Status.DONE, by, on)
            self.result, self.evidence = result.strip(), evidence.strip()

    def cancel(self, *, by: Actor, reason: str) -> None:
        """Cancel it, with a reason."""
        reason = required_text(reason, "reason", _("Enter why it is cancelled."))
        with self._moving(by=by, reason=reason):
            if self.status == Status.CANCELLED:
                return
            self._must_be_open(_("cancelled"))
            self._close(Status.CANCELLED, by)

    def reopen(self, *, by: Actor, reason: str) -> None:
        """Open it again, as it was closed too early."""
        reason = required_text(reason, "reason", _("Enter why it is reopened."))
        with self._moving(by=by, reason=reason):
            if not self.is_closed:
                return
            self.status, self.closed_at, self.closed_by = Status.OPEN, None, None
            self.result = self.evidence = ""

    def move_due(self, *, by: Actor, to: dt.date | None, reason: str) -> None:
        """Another due date, not one that is over, with a reason; the first stays on record and needs no reason."""
        with self._moving(by=by, reason=reason.strip()):
            if to == self.due_on:
                return
            self._must_be_open(_("postponed"))
            if to is not None:
                check_not_over(to)
                check_year(to)
            if self.original_due_on is not None:
                required_text(reason, "reason", _("Enter the reason for the new date."))
            self.times_postponed += self.due_on is not None
            self.due_on = to
            self.original_due_on = self.original_due_on or to

    def assign(self, *, by: Actor, to: SignedIn | None = None, chaser: SignedIn | None = None) -> None:
        """Who of us does it, or chases it."""
        people = ", ".join(str(person) for person in (to, chaser) if person)
        with self._moving(by=by, comment=people):
            self._must_be_open(_("assigned"))
            self.assignee = to or self.assignee
            self.chaser = chaser or self.chaser
            must_be_ours(self, "assignee", "chaser")

    def report(
        self,
        kind: str,
        *,
        by: SignedIn,
        comment: str = "",
        evidence: str = "",
        file: "UploadedFile[bytes] | None" = None,
    ) -> "Report":
        """A representative reports. The report is kept as it is: nothing closes before one of us confirms it."""
        from .report import Report, reporting_organization  # which name the follow-up

        with self.locked(by=by):
            organization = reporting_organization(self, User.objects.get(pk=by.pk))
            if organization is None:
                raise ValidationError(_("You can no longer report on this follow-up."), code="not_yours")
            made = Report(followup=self, kind=kind, comment=comment.strip(), evidence=evidence.strip(), file=file or "")
            made.organization, made.reported_by = organization, by
            return self._file(made)

    def report_through(
        self,
        link: "ReportLink",
        kind: str,
        *,
        comment: str = "",
        evidence: str = "",
        file: "UploadedFile[bytes] | None" = None,
    ) -> "Report":
        """The holder of a link reports: once, while the link is good; the same report once more changes nothing."""
        from .report import Report  # which names the follow-up

        with self.locked():
            given = self.report_links.select_for_update(of=("self",)).get(pk=link.pk)
            given.followup = self
            made = Report(followup=self, kind=kind, comment=comment.strip(), evidence=evidence.strip(), file=file or "")
            made.organization, made.link = given.organization, given
            made.measure()
            last: Report | None = given.reports.first()
            if last is not None and last.says_the_same(made):
                return last
            if (ended := given.ended) is not None:
                raise ValidationError(ended.label, code=ended.value)
            return self._file(made)

    def confirm_report(self, report: "Report", *, by: Actor, on: dt.date | None = None) -> None:
        """Complete it as reported, on the day of the report or ``on`` another; the result names who reported it."""
        with self._moving(by=by, comment=report.as_result):
            found = self._its(report)
            if found.state == found.State.CONFIRMED and self.status == Status.DONE:
                return
            self._must_be_open(_("completed"))
            found.decide(found.State.CONFIRMED, by=by)
            self.check_done_on(on)
            self._close(Status.DONE, by, on or self._day_of(found))
            self.result, self.evidence = found.as_result, found.evidence

    def return_report(self, report: "Report", *, by: Actor, reason: str) -> None:
        """Return a report, since the promise is not kept yet; those who reported read the reason."""
        reason = required_text(reason, "reason", _("Enter what is missing."))
        with self.locked(by=by):
            found = self._its(report)
            if found.state == found.State.RETURNED:
                return
            found.decide(found.State.RETURNED, by=by, reason=reason)
            self._save_and_tell(self._moved_fields(), by=by, reason=reason, comment=gettext("Report returned."))

    def withdraw_report(self, report: "Report", *, by: SignedIn) -> None:
        """Withdraw a report that is not confirmed yet, for the organization that made it; it stays on record."""
        from .report import reporting_organizations  # which name the follow-up

        with self.locked(by=by):
            found = self._its(report)
            own = reporting_organizations(self, User.objects.get(pk=by.pk))
            if not own.filter(pk=found.organization_id).exists():
                raise ValidationError(_("You can no longer report on this follow-up."), code="not_yours")
            if found.state == found.State.WITHDRAWN:
                return
            found.decide(found.State.WITHDRAWN, by=by)
            self._save_and_tell(self._moved_fields(), by=by, comment=gettext("Report withdrawn."))

    def undo(self, *, by: Actor) -> None:
        """Take back the last move of ``by``, as long as nothing happened since: as it was before, with an event."""
        from .undo import move_to_undo, put_back  # which name the follow-up

        with self.locked(by=by):
            move, before = move_to_undo(self, by), self._moved_fields()
            put_back(self, move)
            self.full_clean(exclude=["reference"], validate_unique=False)
            self._save_and_tell(before, by=by, comment=gettext("Undone."), undoes=move)

    @staticmethod
    def chaser_by_default(owner: Organization | None, by: Actor = None) -> Actor:
        """Who reminds a counterpart if nobody was named: our lead for that organization, else ``by``."""
        if owner is None or owner.is_host:
            return None
        return next((person for person in (owner.lead, by) if person is not None and person.is_ours), None)

    def check_done_on(self, day: dt.date | None) -> None:
        """A promise is kept neither in the future nor before it was made."""
        made_on = self.meeting.date if self.meeting else None
        if day is None:
            return
        check_over(day)
        if made_on is not None and day < made_on.day:
            text = _("The meeting at which it was promised was later: %(day)s.")
            raise ValidationError(text, code="too_early", params={"day": made_on.long})

    @contextmanager
    def _moving(self, *, by: Actor, reason: str = "", comment: str = "") -> Iterator[None]:
        """Save what the verb changed and write the event; a verb that changed nothing writes none."""
        with self.locked(by=by):
            before = self._moved_fields()
            yield
            after = self._moved_fields()
            if after == before:
                return
            self.full_clean(exclude=["reference"], validate_unique=False)
            self._save_and_tell(before, by=by, reason=reason, comment=comment.strip())

    def _save_and_tell(
        self,
        before: dict[str, Any],
        *,
        by: Actor,
        reason: str = "",
        comment: str = "",
        undoes: "FollowUpEvent | None" = None,
    ) -> None:
        """Save it, so that whoever looked at it before is told, and write the event."""
        from .events import FollowUpEvent  # which names the follow-up

        now = timezone.now()
        if self.status != before["status"]:
            self.status_changed_at = now
        self._history_date = now  # so that nothing but a later save is later than the event
        try:
            self.save()
        finally:
            del self._history_date
        FollowUpEvent.objects.create(
            followup=self,
            at=now,
            from_status=before["status"],
            to_status=self.status,
            from_due_on=before["due_on"],
            to_due_on=self.due_on,
            reason=reason,
            comment=comment,
            by=by,
            undoes=undoes,
        )

    def _moved_fields(self) -> dict[str, Any]:
        names = ("status", "due_on", "waiting_on_id", "assignee_id", "chaser_id", "closed_at", "result", "evidence")
        return {name: getattr(self, name) for name in names}

    def _must_be_open(self, verb: Label) -> None:
        if self.is_closed:
            raise ValidationError(
                _("A follow-up that is %(status)s cannot be %(verb)s. Reopen it first."),
                code="closed",
                params={"status": self.get_status_display().lower(), "verb": verb},
            )

    def _file(self, made: "Report") -> "Report":
        """Keep a report, under lock; the same once more is the one that is being checked."""
        self._must_be_open(_("reported on"))
        made.state = made.State.PENDING if made.kind == made.Kind.DONE else made.State.NOTED
        made.full_clean(exclude=["followup", "organization", "reported_by", "link"], validate_constraints=False)
        made.measure()
        before: Report | None = self.reports.pending().first() if made.is_pending else None
        if before is not None and before.says_the_same(made):
            return before
        made.validate_constraints()
        made.save()
        self._save_and_tell(self._moved_fields(), by=made.reported_by, comment=made.told)
        return made

    def _its(self, report: "Report") -> "Report":
        """A report on this promise as it is now; nobody else decides on it meanwhile."""
        found: Report = self.reports.select_for_update().get(pk=report.pk)
        found.followup = self
        return found

    def _day_of(self, report: "Report") -> dt.date | None:
        """When a promise was kept of which this was reported; a clock that went wrong does not say so."""
        made_on = self.meeting.date if self.meeting else None
        is_early = made_on is not None and report.day < made_on.day
        return None if is_early or report.day > timezone.localdate() else report.day

    def _close(self, status: str, by: Actor, on: dt.date | None = None) -> None:
        """Now; of an earlier day nobody says the hour, so it is noon where the host is. What is reported as done and
        not yet decided is decided with it."""
        for report in self.reports.pending().select_for_update():
            if status == Status.DONE:
                report.decide(report.State.CONFIRMED, by=by)
            else:
                report.decide(report.State.RETURNED, by=by, reason=gettext("This follow-up was cancelled."))
        self.status, self.waiting_on = status, None
        is_earlier = on is not None and on != timezone.localdate()
        noon = timezone.make_aware(dt.datetime.combine(on, dt.time(12))) if is_earlier and on else None
        self.closed_at, self.closed_by = noon or timezone.now(), by

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
        self.chaser = self.chaser or self.chaser_by_default(self.owner)
        if self.owner and not self.owner.is_host and not self.chaser:
            raise ValidationError({"chaser": _("Choose who will remind the counterpart.")}, code="no_chaser")
        if not self.in_verb:  # the one that names people looks by itself
            must_be_ours(self, "assignee", "chaser")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._set_origin()
        self.side = Side.JOINT if self.owner is None else Side.OURS if self.owner.is_host else Side.THEIRS
        if self._state.adding:
            self.original_due_on, self.times_postponed, self.status_changed_at = self.due_on, 0, None
            self._go_last()
        else:
            self._keep_what_only_verbs_move()
        super().save(*args, **kwargs)

    def give_reference(self) -> None:
        """After the meeting is locked, as everybody who adds follow-ups to a meeting being saved."""
        self.reference = self.reference or Counter.reference("FU", timezone.localdate().year)

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
        names = "due_on", "original_due_on", "times_postponed", "status", "status_changed_at"
        stored = type(self)._base_manager.values(*names).get(pk=self.pk)
        if self.due_on != stored["due_on"]:
            raise ValidationError({"due_on": _("Enter the reason for the new date.")}, code="needs_reason")
        for name in names[1:]:
            setattr(self, name, stored[name])


@receiver(post_save, sender=Organization, dispatch_uid="followups.sides")
def follow_the_owner(instance: Organization, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """An organization became, or is no longer, a host: its promises change sides."""
    if created or raw:
        return
    side = Side.OURS if instance.is_host else Side.THEIRS
    for followup in FollowUp.objects.filter(owner=instance).exclude(side=side):
        followup.save()
