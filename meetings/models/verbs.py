"""How a meeting moves: proposed, confirmed, held; postponed, cancelled; published, withdrawn."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Visibility
from engagement.core.models.fields import required_text

from .status import PUBLISHABLE, Status
from .times import local_day

if TYPE_CHECKING:
    from engagement.core.models import Record as _Base
else:
    _Base = object


class MeetingVerbs(_Base):
    """Each verb acts on what the database holds, under lock; doing it twice changes nothing.

    A verb that is not possible now raises ValidationError and changes nothing.
    """

    if TYPE_CHECKING:  # what the meeting brings
        status: Any
        visibility: Any
        series: Any
        ordinal: Any
        starts_on: Any
        time_zone: Any
        prepared_by: Any
        postponement_reason: Any
        postponement_note: Any
        cancellation_reason: Any
        cancellation_note: Any
        published_at: Any
        published_by: Any
        public_since: dt.date | None
        withdrawn_at: Any
        withdrawn_by: Any
        withdrawal_reason: Any
        has_begun: Any
        check_whole: Any
        get_status_display: Any

    def confirm(self, *, by: Any) -> None:
        """It will take place. It gets its number in the series now, unless one was given by hand."""
        with self.locked(by=by):
            if self.status == Status.CONFIRMED:
                return
            self._move_from({Status.PROPOSED, Status.POSTPONED}, _("confirmed"))
            if self.starts_on is None:
                raise ValidationError({"starts_on": _("A confirmed meeting needs a date.")}, code="no_date")
            if self.series and self.ordinal is None:
                self.ordinal = self.series.claim_next_ordinal()
            self.status = Status.CONFIRMED
            self._save_checked()

    def hold(self, *, by: Any) -> None:
        """It has taken place: one host and at least one counterpart, and not in the future."""
        with self.locked(by=by):
            if self.status == Status.HELD:
                return
            self._move_from({Status.CONFIRMED}, _("marked as held"))
            if not self.has_begun():
                raise ValidationError(
                    {"starts_on": _("A meeting that was held cannot lie in the future.")}, code="future"
                )
            self.status = Status.HELD
            self._save_checked()
            self.check_whole()

    def postpone(self, *, by: Any, reason: str, note: str = "") -> None:
        """It will take place later, on a date to be set. It keeps its number. Readers see the reason, not the note."""
        reason = required_text(reason, "postponement_reason", _("Say why the meeting is postponed."))
        with self.locked(by=by):
            if self.status == Status.POSTPONED:
                return
            self._move_from({Status.PROPOSED, Status.CONFIRMED}, _("postponed"))
            self.status, self.postponement_reason, self.postponement_note = Status.POSTPONED, reason, note.strip()
            self._save_checked()

    def cancel(self, *, by: Any, reason: str, note: str = "") -> None:
        """It will not take place. Before its date, or without one, the number is released; the plan stays visible.

        Whoever sees the meeting reads the reason; the note stays inside.
        """
        reason = required_text(reason, "cancellation_reason", _("Say why the meeting is cancelled."))
        with self.locked(by=by):
            if self.status == Status.CANCELLED:
                return
            self._move_from({Status.PROPOSED, Status.CONFIRMED, Status.POSTPONED}, _("cancelled"))
            if self.status == Status.POSTPONED or self._is_before_its_date():
                self.ordinal = None
            self.status, self.cancellation_reason, self.cancellation_note = Status.CANCELLED, reason, note.strip()
            self._save_checked()

    def reinstate(self, *, by: Any, reason: str = "") -> None:
        """It was cancelled and will take place after all: it stands as it stood before, and why it was off is kept.

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
            return required_text(reason, "reason", _("Say why: readers saw that it was cancelled."))
        return reason.strip()

    def _status_before_cancelling(self) -> Any:
        """Without a date it is a proposal again, whatever it was."""
        before = self.history.exclude(status=Status.CANCELLED).order_by("-history_id").first()  # type: ignore[attr-defined]
        status = Status(before.status) if before else Status.PROPOSED
        return Status.PROPOSED if status == Status.CONFIRMED and self.starts_on is None else status

    def publish(self, *, by: Any, already_public: bool = False) -> None:
        """Show it to everybody. Somebody else than the one who prepared it does this.

        It is public since today; with ``already_public`` it was public elsewhere before, since a day that is not known.
        """
        with self.locked(by=by):
            if self.published_at is not None:
                return
            self._move_from(set(PUBLISHABLE), _("published"))
            if self.visibility != Visibility.PUBLIC:
                raise ValidationError({"visibility": _("First set who may see it to “Public”.")}, code="not_public")
            if by is not None and by == self.prepared_by:
                raise ValidationError(
                    _("Whoever prepared a meeting does not publish it; ask a colleague."), code="same_person"
                )
            self.published_at, self.published_by = timezone.now(), by
            self.public_since = None if already_public else local_day(self.published_at, self.time_zone)
            self.withdrawn_at, self.withdrawn_by, self.withdrawal_reason = None, None, ""
            self.save()

    def withdraw(self, *, by: Any, reason: str) -> None:
        """Take it back from the public, with a reason."""
        reason = required_text(reason, "withdrawal_reason", _("Say why the meeting is withdrawn."))
        with self.locked(by=by):
            if self.published_at is None:
                return
            self.published_at = self.published_by = self.public_since = None
            self.withdrawn_at, self.withdrawn_by, self.withdrawal_reason = timezone.now(), by, reason
            self.save()

    def _is_before_its_date(self) -> bool:
        return self.starts_on is None or local_day(timezone.now(), self.time_zone) < self.starts_on

    def _move_from(self, states: set[Status], to: Any) -> None:
        if self.status not in states:
            raise ValidationError(
                _("A meeting that is %(status)s cannot be %(verb)s."),
                code="wrong_status",
                params={"status": self.get_status_display().lower(), "verb": to},
            )

    def _save_checked(self) -> None:
        self.full_clean(validate_unique=False)
        self.save()
