"""What can be done with an import: look at it, decide, take it, take it back."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Counter
from engagement.core.written import gathered
from engagement.imports.reading.problems import Unreadable

from .leases import is_leased, lease

if TYPE_CHECKING:
    from engagement.imports.planning.plan import Plan

    _Base = models.Model
else:
    _Base = object

UNDER_WAY = _("This is under way already.")
MOVED_ON = _("The records have changed since this import was looked at. Look at it again.")
PATIENCE = dt.timedelta(minutes=10)
"""So long what waits for a worker is not begun again."""
Progress = Callable[[str, int, int], None]  # what is under way, rows done, rows in all


def silent(work: str, done: int, total: int) -> None:
    """Tells nobody."""


class ImportVerbs(_Base):
    """Each verb raises ValidationError where it is not possible, and then nothing was changed.

    The file is read before the records are locked. Looking writes only rows of the import itself; taking is one
    transaction, so a worker that is killed leaves nothing half-written and the same verb can be called again.
    """

    if TYPE_CHECKING:  # what the import brings
        spec: Any
        state: Any
        work: Any
        worked_at: Any
        problem: Any
        done: Any
        total: Any
        headers: Any
        counts: Any
        digest: Any
        layout: Any
        file: Any
        file_name: Any
        rows: Any
        origins: Any
        previewed_at: Any
        previewed_by: Any
        committed_at: Any
        committed_by: Any
        undone_at: Any
        undone_by: Any

    @property
    def me(self) -> Any:
        """The import, for those who do the work."""
        return self

    @property
    def is_at_work(self) -> bool:
        """Whether somebody is at it now, or it waits for its turn; whoever was killed is at it no longer."""
        if self.work == "waiting":
            return bool(self.worked_at and timezone.now() - self.worked_at < PATIENCE)
        return bool(self.work) and is_leased(self.pk)

    @property
    def can_be_previewed(self) -> bool:
        return self.state in ("uploaded", "previewed", "refused")

    @property
    def can_be_committed(self) -> bool:
        return bool(self.state == "previewed")

    @property
    def can_be_undone(self) -> bool:
        return bool(self.state == "committed")

    def preview(self, *, by: Any, progress: Progress = silent) -> None:
        """Read the file as its layout says now, and compare it with what is recorded.

        Every row then says what it will become.
        """
        self._only(self.can_be_previewed, _("This import was taken already."))
        self.use(self.layout)
        try:
            readings = self._readings(by, progress)
        except ValidationError as error:
            if getattr(error, "code", "") == "unreadable":
                self._refuse(error.messages[0])
            raise
        with self._working("planning", by):
            plan = self._compare(readings, progress)
            with transaction.atomic():
                self._lock()
                self._only(self.can_be_previewed, _("This import was taken already."))
                self._keep(plan)
                self.previewed_at, self.previewed_by = timezone.now(), by
                self.save()

    def use(self, layout: Any) -> None:
        """Read the file by this layout, as it stands now."""
        self._only(self.can_be_previewed, _("This import was taken already."))
        layout.refresh_from_db()
        self.layout, self.spec = layout, layout.spec
        type(self)._base_manager.filter(pk=self.pk).update(layout=layout, spec=layout.spec)

    def decide(self, decisions: dict[int, dict[str, Any]], *, by: Any, remember: bool = False) -> None:
        """Answer questions of rows, by row number, and look again.

        A decision is what ``deciding.this_one``, ``a_new_one`` or ``leave_out`` give; an empty one asks again.
        """
        from engagement.imports.planning.deciding import note_decisions

        self._only(self.can_be_committed, _("There is nothing to decide on."))
        with transaction.atomic():
            note_decisions(self.me, decisions, by, remember)
        self.preview(by=by)

    def commit(self, *, by: Any, progress: Progress = silent) -> None:
        """Do what the preview shows, all of it or nothing; refused if the records have moved on meanwhile."""
        from engagement.imports.writing.writer import write
        from organizations.merging.locking import hold_merges

        self._only(
            self.can_be_committed, _("Look at the import before you take it; what was taken is not taken twice.")
        )
        readings = self._readings(by, progress)
        with self._working("writing", by), self._all_or_nothing():
            self._lock()
            hold_merges()
            self._only(self.can_be_committed, _("Somebody else has just taken this import."))
            plan = self._compare(readings, progress)
            if plan.digest() != self.digest:
                raise ValidationError(MOVED_ON, code="moved_on")
            write(plan, self.me, by, lambda done: progress("writing", done, len(plan.meetings)))
            self.state, self.work = "committed", ""
            self.committed_at, self.committed_by = timezone.now(), by
            self.save()

    def obstacles(self) -> list[str]:
        """What stands in the way of undoing, in sentences; none if it can be undone."""
        from engagement.imports.writing.undoing import obstacles

        return obstacles(self.me) if self.can_be_undone else [str(_("Only what was imported can be undone."))]

    def undo(self, *, by: Any) -> None:
        """Remove what the import made and restore what it changed, as long as nobody built on it."""
        from engagement.imports.writing.undoing import take_back
        from organizations.merging.locking import hold_merges

        with self._working("undoing", by), self._all_or_nothing():
            self._lock()
            hold_merges()
            if in_the_way := self.obstacles():
                raise ValidationError(in_the_way, code="in_the_way")
            take_back(self.me, by)
            self.state, self.work = "undone", ""
            self.undone_at, self.undone_by = timezone.now(), by
            self.save()

    # How it is done ------------------------------------------------------------------------------------

    def _readings(self, by: Any, progress: Progress) -> list[Any]:
        """What the rows say; the file is read without holding up anybody."""
        from engagement.imports.planning.reading import readings_of

        found: list[Any] = []
        own = type(self)._base_manager.filter(pk=self.pk)
        with self._working("reading", by):
            try:
                for found_so_far, reading in enumerate(readings_of(self.me), start=1):
                    found.append(reading)
                    if found_so_far % 1000 == 0:
                        own.update(done=found_so_far, worked_at=timezone.now())
                        progress("reading", found_so_far, self.total)
            except Unreadable as error:
                raise ValidationError(error.sentence, code="unreadable") from error
        return found

    def _compare(self, readings: list[Any], progress: Progress) -> "Plan":
        from engagement.imports.planning.deciding import decisions_of
        from engagement.imports.planning.meetings import MeetingPlanner
        from engagement.imports.planning.organizations import OrganizationPlanner

        planner: Any = MeetingPlanner if self.layout.noun == "meetings" else OrganizationPlanner
        progress("planning", 0, len(readings))
        plan: Plan = planner(self.layout, readings, decisions_of(self.me)).plan()
        progress("planning", len(readings), len(readings))
        return plan

    def _keep(self, plan: "Plan") -> None:
        from engagement.imports.planning.keeping import keep_rows

        keep_rows(self.me, plan)
        self.counts, self.digest, self.problem = plan.counts(), plan.digest(), ""
        self.headers = list(plan.rows[0].cells) if plan.rows else []
        self.state, self.work = "previewed", ""
        self.done = self.total = len(plan.rows)

    def _refuse(self, sentence: str) -> None:
        self.state, self.problem, self.work = "refused", sentence, ""
        self.save()

    def _lock(self) -> None:
        """One import is taken at a time, so that no two make the same organization."""
        Counter.take("imports")
        own = type(self)._base_manager.select_for_update()
        self.refresh_from_db(from_queryset=own)

    def _only(self, is_possible: bool, otherwise: Any) -> None:
        if not is_possible:
            raise ValidationError(otherwise, code="not_now")

    @contextmanager
    def _working(self, work: str, by: Any) -> Iterator[None]:
        """Say what is under way, outside the transaction, for the page that shows progress; nobody else is at it."""
        own = type(self)._base_manager.filter(pk=self.pk)
        with lease(self.pk) as is_ours:
            self._only(is_ours, UNDER_WAY)
            own.update(work=work, done=0, worked_at=timezone.now(), worked_by=by)
            try:
                yield
            finally:
                own.update(work="")

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        before = {field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields}
        try:
            with transaction.atomic(), gathered():
                yield
        except BaseException as error:
            for name, value in before.items():
                setattr(self, name, value)
            if isinstance(error, DatabaseError):
                sentence = _("Somebody else was changing the same records. Nothing was written; look at it again.")
                raise ValidationError(sentence, code="moved_on") from error
            if getattr(error, "code", "") == "merged":
                raise ValidationError(MOVED_ON, code="moved_on") from error
            raise
