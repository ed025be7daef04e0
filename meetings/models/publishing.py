"""Publication of a meeting: its stored columns, and the verbs that move it."""

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Leveled, Record, Visibility
from engagement.core.models.fields import required_text, when, who
from engagement.core.types import Actor

from .correction_notes import correcting
from .regimes import Ground, Regime
from .times import local_day


class PublicationState(models.TextChoices):
    """How far the publication of a meeting is."""

    UNASSESSED = "unassessed", _("Not assessed")
    WAITING = "waiting", _("To publish")
    READY = "ready", _("Ready to publish")
    PUBLISHED = "published", _("Published")
    CHANGED = "changed", _("Changed since published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXEMPT = "exempt", _("Exempt")


_OPEN = Q(published_at=None, exempted_at=None)
_NAMED = Q(publication_due_on__isnull=False) | Q(visibility=Visibility.PUBLIC)
IN_STATE = {
    PublicationState.UNASSESSED: _OPEN & Q(ready_at=None, withdrawn_at=None) & ~_NAMED,
    PublicationState.WAITING: _OPEN & Q(ready_at=None, withdrawn_at=None) & _NAMED,
    PublicationState.READY: _OPEN & Q(ready_at__isnull=False),
    PublicationState.PUBLISHED: Q(published_at__isnull=False),
    PublicationState.CHANGED: Q(published_at__isnull=False),
    PublicationState.WITHDRAWN: Q(withdrawn_at__isnull=False, ready_at=None),
    PublicationState.EXEMPT: Q(exempted_at__isnull=False),
}
"""The same as conditions on rows; each row is in one. *Changed* is what is published and has a change that waits."""


class Publishable(Leveled, Record):
    """A meeting as far as its publication goes: by which rules, by when, by whom, since when."""

    DUE_BY: ClassVar = ("starts_on", "ends_on", "date_precision", "series_id")
    """What a deadline follows from, besides the rules."""

    publication_due_on = models.DateField(_("to be published by"), null=True, blank=True)
    regimes = models.ManyToManyField(
        Regime,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("publication rules"),
        help_text=_("They set the deadline. Select none to use the rules of the series."),
    )
    ready_at = when(_("marked ready at"))
    ready_by = who(_("marked ready by"))
    published_at = when(_("published at"))
    published_by = who(_("published by"))
    published_on = models.DateField(_("published on"), null=True, blank=True, editable=False)
    public_since = models.DateField(_("public since"), null=True, blank=True, editable=False)
    withdrawn_at = when(_("withdrawn at"))
    withdrawn_by = who(_("withdrawn by"))
    withdrawal_reason = models.TextField(_("reason for withdrawing"), blank=True, editable=False)
    withdrawal_notice = models.TextField(_("public reason for withdrawing"), blank=True, editable=False)
    exempted_at = when(_("exempted at"))
    exempted_by = who(_("exempted by"))
    exemption_ground = models.ForeignKey(
        Ground,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="%(class)ss",
        verbose_name=_("ground of exemption"),
    )
    exemption_text = models.TextField(_("why it is exempt"), blank=True, editable=False)

    if TYPE_CHECKING:
        status: str
        _change_reason: str | None
        time_zone: str
        series_id: int | None
        starts_on: dt.date | None
        ends_on: dt.date | None
        date_precision: str
        prepared_by: Actor

        def has_waiting_change(self) -> bool: ...

    class Meta:
        abstract = True

    @classmethod
    def level_cap(cls) -> Combinable:
        """Only a published meeting is public."""
        return Case(
            When(published_at__isnull=False, then=Value(int(Visibility.PUBLIC))), default=Value(int(Visibility.SHARED))
        )

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def is_exempt(self) -> bool:
        return self.exempted_at is not None

    @property
    def publication_state(self) -> PublicationState:
        """The state of the publication, as ``IN_STATE`` asks for it."""
        if self.is_published:
            return PublicationState.CHANGED if self.has_waiting_change() else PublicationState.PUBLISHED
        if self.is_exempt:
            return PublicationState.EXEMPT
        if self.ready_at is not None:
            return PublicationState.READY
        if self.withdrawn_at is not None:
            return PublicationState.WITHDRAWN
        is_named = self.publication_due_on is not None or self.visibility == Visibility.PUBLIC
        return PublicationState.WAITING if is_named else PublicationState.UNASSESSED

    @property
    def publication_delay(self) -> int | None:
        """Days from the deadline to the day it was published here, or to today; none before, or without a deadline."""
        until = self.published_on or local_day(timezone.now(), self.time_zone)
        if self.publication_due_on is None or self.is_exempt or until <= self.publication_due_on:
            return None
        return (until - self.publication_due_on).days

    def keep_deadline(self) -> None:
        """The earliest day that its rules ask for; with none, the day stays that was entered by hand."""
        from .deadlines import earliest  # which names the meeting

        if self.pk is not None or self.series_id is not None:
            self.publication_due_on = earliest(self, Regime.objects.of(self))

    def touch(self) -> None:
        """Its own rules were chosen, for one: the deadline follows, and both go into one row of history."""
        before = self.publication_due_on
        if self.published_at is None or before is not None:
            self.keep_deadline()
        if self.publication_due_on != before:
            type(self)._base_manager.filter(pk=self.pk).update(publication_due_on=self.publication_due_on)
        super().touch()

    def mark_ready(self, *, by: Actor) -> None:
        """Say that nothing is missing, for those who publish. An edit after which something is takes that back."""
        from .preflight import check  # which names the meeting

        with self.locked(by=by):
            if self.ready_at is not None:
                return
            if self.is_published:
                raise ValidationError(_("This meeting is already published."), code="published")
            check(self)  # type: ignore[arg-type]
            self.ready_at, self.ready_by = timezone.now(), by
            self.save()

    def unmark_ready(self, *, by: Actor) -> None:
        with self.locked(by=by):
            if self.ready_at is not None:
                self.ready_at = self.ready_by = None
                self.save()

    def publish(self, *, by: Actor, already_public: bool = False, note: str = "") -> None:
        """Show it to everybody, if nothing is missing. Somebody else than the one who prepared it does this.

        It is public since today; with ``already_public`` it was public elsewhere before, since a day that is not known.
        After a withdrawal readers are told what was corrected, by the ``note``.
        """
        from .preflight import check  # which names the meeting

        with correcting(note), self.locked(by=by):
            if self.published_at is not None:
                return
            if self.withdrawn_at is not None and by is not None:
                required_text(note, "note", _("Enter what was corrected, or why it is published again."))
            check(self, by, is_public_elsewhere=already_public)  # type: ignore[arg-type]
            self.published_at, self.published_by = timezone.now(), by
            self.published_on = local_day(self.published_at, self.time_zone)
            self.public_since = None if already_public else self.published_on
            self.ready_at = self.ready_by = None
            self.withdrawn_at, self.withdrawn_by = None, None
            self.withdrawal_reason = self.withdrawal_notice = ""
            self.save()

    def asks_second_person(self) -> bool:
        """Whether its rules ask for a second person to publish it; without a rule, they do."""
        asks = list(Regime.objects.of(self).values_list("is_by_second_person", flat=True))
        return any(asks) or not asks

    def withdraw(self, *, by: Actor, reason: str, notice: str = "") -> None:
        """Take it back from the public, with a reason. Everybody reads the notice in the place of its page."""
        reason = required_text(reason, "withdrawal_reason", _("Enter why the meeting is withdrawn."))
        with self.locked(by=by):
            if self.published_at is None:
                return
            self.published_at = self.published_by = self.published_on = self.public_since = None
            self.withdrawn_at, self.withdrawn_by = timezone.now(), by
            self.withdrawal_reason, self.withdrawal_notice = reason, notice.strip()
            self.save()

    def exempt(self, *, by: Actor, ground: Ground, text: str) -> None:
        """Exempt it, on a ground of one of its rules. Nobody who prepared it decides."""
        from .preparing import has_prepared  # which names the meeting

        text = required_text(text, "exemption_text", _("Enter why the meeting is exempt."))
        with self.locked(by=by):
            if self.is_exempt:
                return
            if self.is_published:
                raise ValidationError(_("This meeting is published. Withdraw it first."), code="published")
            self.check_ground(ground)
            if has_prepared(self, by):  # type: ignore[arg-type]
                message = _("You prepared this meeting, so someone else must exempt it. Ask a colleague.")
                raise ValidationError(message, code="same_person")
            self.ready_at = self.ready_by = None
            self.exempted_at, self.exempted_by = timezone.now(), by
            self.exemption_ground, self.exemption_text = ground, text
            self.save()

    def check_ground(self, ground: Ground) -> None:
        """Only a rule that it stands under can exempt it."""
        if not Regime.objects.of(self).filter(pk=ground.regime_id).exists():
            message = _("“%(ground)s” is not a ground of this meeting's publication rules.")
            raise ValidationError(message, code="ground", params={"ground": ground})

    def end_exemption(self, *, by: Actor, reason: str) -> None:
        """End the exemption: it is to be published after all; the reason stays in its history."""
        reason = required_text(reason, "reason", _("Enter why the exemption ends."))
        with self.locked(by=by):
            if not self.is_exempt:
                return
            self.exempted_at = self.exempted_by = self.exemption_ground = None
            self.exemption_text = ""
            self._change_reason = reason[:100]
            self.save()


CONSTRAINTS: list[models.BaseConstraint] = [
    models.CheckConstraint(
        condition=Q(published_at=None, published_on=None) | Q(published_at__isnull=False, published_on__isnull=False),
        name="meeting_published_on_a_day",
        violation_error_message=_("A published meeting needs a day of publication. Other meetings have none."),
    ),
    models.CheckConstraint(
        condition=Q(exempted_at=None, exempted_by=None, exemption_ground=None)
        | (Q(exempted_at__isnull=False, exemption_ground__isnull=False) & ~Q(exemption_text="")),
        name="meeting_exempt_on_a_ground",
        violation_error_message=_("An exemption needs a date, a ground and a reason."),
    ),
    models.CheckConstraint(
        condition=Q(ready_at=None, ready_by=None) | Q(ready_at__isnull=False, published_at=None, exempted_at=None),
        name="meeting_ready_until_published",
        violation_error_message=_("A published or exempt meeting cannot be marked as ready to publish."),
    ),
    models.CheckConstraint(
        condition=Q(exempted_at=None) | Q(published_at=None),
        name="meeting_exempt_or_published",
        violation_error_message=_("A meeting cannot be both exempt and published."),
    ),
]
INDEXES = [
    models.Index(
        fields=["publication_due_on", "published_on", "effective_visibility", "exempted_at", "id"],
        condition=Q(publication_due_on__isnull=False),
        name="meeting_publication_clock",
    ),
    models.Index(fields=["publication_due_on", "id"], condition=_OPEN, name="meeting_publication_due"),
    models.Index(
        fields=["publication_due_on", "id"],
        condition=IN_STATE[PublicationState.WAITING],
        name="meeting_waits_for_publication",
    ),
    models.Index(fields=["ready_at", "id"], condition=Q(ready_at__isnull=False), name="meeting_ready"),
    models.Index(fields=["exempted_at", "id"], condition=Q(exempted_at__isnull=False), name="meeting_exempt"),
]
