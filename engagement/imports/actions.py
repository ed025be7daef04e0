"""Actions on an import: preview, commit, undo. Several nouns are written, so these are functions, not methods.

Each raises ValidationError where it is not possible, and then nothing was changed. The file is read before the records
are locked. A preview writes only rows of the import itself; a commit is one transaction, so a worker that is killed
leaves nothing half-written and the same action can be called again.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engagement.core.change_signals import batch_changes
from engagement.core.leases import Lease, lease
from engagement.core.models import Counter
from engagement.core.types import Actor
from engagement.imports.applying.undo import find_obstacles, take_back
from engagement.imports.applying.writer import write
from engagement.imports.models import Import, Layout
from engagement.imports.models.imports import State, Work
from engagement.imports.parsing.rows import ParsedRow
from engagement.imports.planning.plan import Plan
from engagement.imports.planning.preview import parse_rows, plan_rows, save_rows
from engagement.imports.sources.errors import Unreadable
from organizations.merging.locking import hold_merges

UNDER_WAY = _("This is already in progress.")
MOVED_ON = _("Records have changed since the preview. Refresh the preview.")
TAKEN = _("This import is already done.")
OF_ONE_FILE = ("period", "periods")
"""What was said of these files and not of its layout."""
Progress = Callable[[str, int, int], None]  # what is under way, rows done, rows in all


def silent(work: str, done: int, total: int) -> None:
    """Tells nobody."""


def preview(batch: Import, *, by: Actor, progress: Progress = silent) -> None:
    """Preview an import: read the file by its layout, and compare it with the records.

    Every row then says what it will become.
    """
    _require(batch.can_be_previewed, TAKEN)
    use_layout(batch, batch.layout)
    try:
        parsed_rows = _parse_rows(batch, by, progress)
    except ValidationError as error:
        if getattr(error, "code", "") == "unreadable":
            batch.state, batch.problem, batch.work = State.REFUSED, error.messages[0], Work.NOTHING
            batch.save()
        raise
    with _working(batch, Work.PLANNING, by):
        plan = _compare(batch, parsed_rows, progress)
        with transaction.atomic():
            _lock(batch)
            _require(batch.can_be_previewed, TAKEN)
            _save_preview(batch, plan)
            batch.previewed_at, batch.previewed_by = timezone.now(), by
            batch.save()


def use_layout(batch: Import, layout: Layout) -> None:
    """Read the file by this layout, as it stands now."""
    _require(batch.can_be_previewed, TAKEN)
    layout.refresh_from_db()
    of_this_file = {name: batch.spec[name] for name in OF_ONE_FILE if name in batch.spec}
    batch.layout, batch.spec = layout, {**layout.spec, **of_this_file}
    Import._base_manager.filter(pk=batch.pk).update(layout=layout, spec=batch.spec)


def commit(batch: Import, *, by: Actor, progress: Progress = silent) -> None:
    """Commit the previewed plan, all of it or nothing; refused if the records have changed meanwhile."""
    _require(batch.can_be_committed, _("Check the preview before you import. A file is not imported twice."))
    parsed_rows = _parse_rows(batch, by, progress)
    with _working(batch, Work.WRITING, by), _all_or_nothing(batch):
        _lock(batch)
        hold_merges()
        _require(batch.can_be_committed, _("Someone else has just started this import."))
        plan = _compare(batch, parsed_rows, progress)
        if plan.digest() != batch.digest:
            raise ValidationError(MOVED_ON, code="moved_on")
        write(plan, batch, by, lambda done: progress("writing", done, len(plan.meetings)))
        batch.state, batch.work = State.COMMITTED, Work.NOTHING
        batch.committed_at, batch.committed_by = timezone.now(), by
        batch.save()


def obstacles(batch: Import) -> list[str]:
    """The reasons why an import cannot be undone, as sentences; none if it can."""
    return find_obstacles(batch) if batch.can_be_undone else [str(_("Only a finished import can be undone."))]


def undo(batch: Import, *, by: Actor) -> None:
    """Undo an import: delete its records and restore its changes, as long as nobody built on them."""
    with _working(batch, Work.UNDOING, by), _all_or_nothing(batch):
        _lock(batch)
        hold_merges()
        if in_the_way := obstacles(batch):
            raise ValidationError(in_the_way, code="in_the_way")
        take_back(batch, by)
        batch.state, batch.work = State.UNDONE, Work.NOTHING
        batch.undone_at, batch.undone_by = timezone.now(), by
        batch.save()


# How it is done ----------------------------------------------------------------------------------------


def _parse_rows(batch: Import, by: Actor, progress: Progress) -> list[ParsedRow]:
    """Parse the rows; the file is read without a lock that others would wait for."""
    found: list[ParsedRow] = []
    own = Import._base_manager.filter(pk=batch.pk)
    with _working(batch, Work.READING, by):
        try:
            for found_so_far, parsed in enumerate(parse_rows(batch), start=1):
                found.append(parsed)
                if found_so_far % 1000 == 0:
                    own.update(done=found_so_far, worked_at=timezone.now())
                    progress("reading", found_so_far, batch.total)
        except Unreadable as error:
            raise ValidationError(error.sentence, code="unreadable") from error
    return found


def _compare(batch: Import, parsed_rows: Sequence[ParsedRow], progress: Progress) -> Plan:
    progress("planning", 0, len(parsed_rows))
    plan = plan_rows(batch, parsed_rows)
    progress("planning", len(parsed_rows), len(parsed_rows))
    return plan


def _save_preview(batch: Import, plan: Plan) -> None:
    save_rows(batch, plan)
    batch.counts, batch.digest, batch.problem = plan.counts(), plan.digest(), ""
    if len(batch.files) > 1:
        batch.counts["files"] = batch.files
    batch.headers = list({name: None for row in plan.rows for name in row.cells})
    batch.state, batch.work = State.PREVIEWED, Work.NOTHING
    batch.done = batch.total = len(plan.rows)


def _lock(batch: Import) -> None:
    """One import is taken at a time, so that no two make the same organization."""
    Counter.take("imports")
    batch.refresh_from_db(from_queryset=Import._base_manager.select_for_update())


def _require(is_possible: bool, otherwise: str | Promise) -> None:
    if not is_possible:
        raise ValidationError(str(otherwise), code="not_now")


@contextmanager
def _working(batch: Import, work: Work, by: Actor) -> Iterator[None]:
    """Say what is under way, outside the transaction, for the page that shows progress; nobody else is at it."""
    own = Import._base_manager.filter(pk=batch.pk)
    with lease(Lease.IMPORT, batch.pk) as is_ours:
        _require(is_ours, UNDER_WAY)
        own.update(work=work, done=0, worked_at=timezone.now(), worked_by=by)
        try:
            yield
        finally:
            own.update(work=Work.NOTHING)


@contextmanager
def _all_or_nothing(batch: Import) -> Iterator[None]:
    before = {field.attname: getattr(batch, field.attname) for field in batch._meta.concrete_fields}
    try:
        with transaction.atomic(), batch_changes():
            yield
    except BaseException as error:
        for name, value in before.items():
            setattr(batch, name, value)
        if isinstance(error, DatabaseError):
            sentence = _("Someone else is changing the same records. Nothing was saved. Refresh the preview.")
            raise ValidationError(sentence, code="moved_on") from error
        if getattr(error, "code", "") == "merged":
            raise ValidationError(MOVED_ON, code="moved_on") from error
        raise
