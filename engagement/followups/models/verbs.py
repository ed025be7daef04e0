"""How a follow-up moves. Each verb writes one event of its history."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models.user import must_be_active
from engagement.core.models.days import check_not_over, check_year
from engagement.core.models.fields import required_text

from .status import Status

if TYPE_CHECKING:
    from engagement.core.models import Record as _Base
else:
    _Base = object


class FollowUpVerbs(_Base):
    """Each verb acts on what the database holds, under lock; doing it twice changes nothing.

    A verb that is not possible now raises ValidationError and changes nothing.
    """

    if TYPE_CHECKING:  # what the follow-up brings
        status: Any
        waiting_on: Any
        due_on: Any
        original_due_on: Any
        assignee: Any
        chaser: Any
        closed_at: Any
        closed_by: Any
        result: Any
        evidence: Any
        meeting: Any
        is_closed: Any
        get_status_display: Any

    def start(self, *, by: Any, comment: str = "") -> None:
        """Somebody is working on it."""
        with self._moving(by=by, comment=comment):
            self._must_be_open(_("started"))
            self.status, self.waiting_on = Status.IN_PROGRESS, None

    def wait(self, *, by: Any, on: Any, reason: str) -> None:
        """It cannot go on before an organization does something."""
        if on is None:
            raise ValidationError({"waiting_on": _("Say on whom it waits.")}, code="required")
        reason = required_text(reason, "reason", _("Say what it waits for."))
        with self._moving(by=by, reason=reason):
            self._must_be_open(_("set to waiting"))
            self.status, self.waiting_on = Status.WAITING, on

    def complete(self, *, by: Any, result: str = "", evidence: str = "", on: dt.date | None = None) -> None:
        """It is done, today or ``on`` an earlier day; ``by`` is the one of us who confirms it."""
        with self._moving(by=by, comment=result):
            if self.status == Status.DONE:
                return
            self._must_be_open(_("completed"))
            self.check_done_on(on)
            self._close(Status.DONE, by, on)
            self.result, self.evidence = result.strip(), evidence.strip()

    def cancel(self, *, by: Any, reason: str) -> None:
        """It will not be done, and why."""
        reason = required_text(reason, "reason", _("Say why it is cancelled."))
        with self._moving(by=by, reason=reason):
            if self.status == Status.CANCELLED:
                return
            self._must_be_open(_("cancelled"))
            self._close(Status.CANCELLED, by)

    def reopen(self, *, by: Any, reason: str) -> None:
        """It was closed too early."""
        reason = required_text(reason, "reason", _("Say why it is opened again."))
        with self._moving(by=by, reason=reason):
            if not self.is_closed:
                return
            self.status, self.closed_at, self.closed_by = Status.OPEN, None, None
            self.result = self.evidence = ""

    def move_due(self, *, by: Any, to: dt.date | None, reason: str) -> None:
        """Another due date, not one that is over, with a reason; the first stays on record and needs no reason."""
        with self._moving(by=by, reason=reason.strip()):
            if to == self.due_on:
                return
            self._must_be_open(_("given another date"))
            if to is not None:
                check_not_over(to)
                check_year(to)
            if self.original_due_on is not None:
                required_text(reason, "reason", _("A due date moves only with a reason."))
            self.due_on = to
            self.original_due_on = self.original_due_on or to

    def assign(self, *, by: Any, to: Any = None, chaser: Any = None) -> None:
        """Who of us does it, or chases it."""
        people = ", ".join(str(person) for person in (to, chaser) if person)
        with self._moving(by=by, comment=people):
            self._must_be_open(_("assigned"))
            self.assignee = to or self.assignee
            self.chaser = chaser or self.chaser
            must_be_active(self, "assignee", "chaser")

    def check_done_on(self, day: dt.date | None) -> None:
        """A promise is kept neither in the future nor before it was made."""
        made_on = self.meeting.starts_on if self.meeting else None
        if day is not None and day > timezone.localdate():
            raise ValidationError(_("This day is still to come: nothing can be done on it yet."), code="future")
        if day is not None and made_on is not None and day < made_on:
            text = _("The meeting at which it was promised was later, on %(day)s.")
            raise ValidationError(text, code="too_early", params={"day": date_format(made_on, "j F Y")})

    @contextmanager
    def _moving(self, *, by: Any, reason: str = "", comment: str = "") -> Iterator[None]:
        """Save what the verb changed and write the event; a verb that changed nothing writes none."""
        from .events import FollowUpEvent

        with self.locked(by=by):
            before = self._moved_fields()
            yield
            after = self._moved_fields()
            if after == before:
                return
            self.full_clean(exclude=["reference"], validate_unique=False)
            self.save()
            FollowUpEvent.objects.create(
                followup=self,  # type: ignore[misc]
                from_status=before["status"],
                to_status=self.status,
                from_due_on=before["due_on"],
                to_due_on=self.due_on,
                reason=reason,
                comment=comment.strip(),
                by=by,
            )

    def _moved_fields(self) -> dict[str, Any]:
        names = (
            "status",
            "due_on",
            "waiting_on_id",
            "assignee_id",
            "chaser_id",
            "closed_at",
            "result",
            "evidence",
        )
        return {name: getattr(self, name) for name in names}

    def _must_be_open(self, verb: Any) -> None:
        if self.is_closed:
            raise ValidationError(
                _("A follow-up that is %(status)s cannot be %(verb)s; reopen it first."),
                code="closed",
                params={"status": self.get_status_display().lower(), "verb": verb},
            )

    def _close(self, status: Status, by: Any, on: dt.date | None = None) -> None:
        """Now; of an earlier day nobody says the hour, so it is noon where the host is."""
        self.status, self.waiting_on = status, None
        is_earlier = on is not None and on != timezone.localdate()
        noon = timezone.make_aware(dt.datetime.combine(on, dt.time(12))) if is_earlier and on else None
        self.closed_at, self.closed_by = noon or timezone.now(), by
