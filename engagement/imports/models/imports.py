"""Model of an import: a file, how it was read, who imported it, and its outcome. The log of imports as well."""

import datetime as dt
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from django.core.files import File
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.leases import Lease, is_leased
from engagement.core.models.fields import when, who
from engagement.core.models.files import StoredFileField
from engagement.core.types import Actor
from engagement.imports.models.layouts import Layout
from engagement.imports.models.permissions import ImportersQuerySet

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from engagement.imports.models.origins import Origin
    from engagement.imports.models.rows import ImportRow

NAME_LENGTH = 200
PATIENCE = dt.timedelta(minutes=10)
"""So long what waits for a worker is not begun again."""


class ImportQuerySet(ImportersQuerySet):
    def for_list(self) -> "ImportQuerySet":
        return self.select_related("layout", "uploaded_by", "committed_by", "undone_by")

    def take_in(self, file: "File[bytes]", *, layout: Layout, by: Actor, name: str = "") -> "Import":
        """Keep a file that is to be imported; nothing is read yet."""
        name = Path(name or file.name or "file").name[-NAME_LENGTH:]
        digest, size = _measure(file)
        record = Import(layout=layout, spec=layout.spec, file_name=name, sha256=digest, size=size)
        record.uploaded_at, record.uploaded_by = timezone.now(), by
        record.file.save(name, file, save=False)
        record.save()
        return record


def _measure(file: "File[bytes]") -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
        size += len(chunk)
    file.seek(0)
    return digest.hexdigest(), size


class FileData(TypedDict):
    """One of the files of an import: how many rows it has, or why it was passed over."""

    name: str
    rows: int
    problem: str


class State(models.TextChoices):
    UPLOADED = "uploaded", _("Uploaded")
    PREVIEWED = "previewed", _("Ready to review")
    COMMITTED = "committed", _("Imported")
    UNDONE = "undone", _("Undone")
    REFUSED = "refused", _("Could not be read")


class Work(models.TextChoices):
    """The work in progress; left standing by a worker that was killed, and then simply begun again."""

    NOTHING = "", _("Nothing")
    WAITING = "waiting", _("Waiting to start")
    READING = "reading", _("Reading the file")
    PLANNING = "planning", _("Comparing with existing records")
    WRITING = "writing", _("Writing")
    UNDOING = "undoing", _("Undoing")


def upload_path(record: "Import", name: str) -> str:
    return f"imports/{record.sha256[:16]}/{name}"


class Import(models.Model):
    """One file on its way in: uploaded, looked at, imported, perhaps undone."""

    State = State
    Work = Work

    layout = models.ForeignKey(Layout, models.PROTECT, related_name="imports", verbose_name=_("layout"))
    spec = models.JSONField(_("columns, as used"), default=dict, editable=False)
    file = StoredFileField(_("file"), upload_to=upload_path, max_length=300)
    file_name = models.CharField(_("name of the file"), max_length=NAME_LENGTH, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False, db_index=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.UPLOADED, editable=False)
    problem = models.TextField(_("error"), blank=True, editable=False)
    work = models.CharField(_("in progress"), max_length=10, choices=Work.choices, blank=True, editable=False)
    done = models.PositiveIntegerField(_("rows done"), default=0, editable=False)
    total = models.PositiveIntegerField(_("rows in all"), default=0, editable=False)
    worked_at = when(_("last sign of work"))
    worked_by = who(_("work begun by"))
    headers = models.JSONField(_("columns as published"), default=list, editable=False)
    counts = models.JSONField(_("report"), default=dict, editable=False)
    digest = models.CharField(_("digest of the plan"), max_length=64, blank=True, editable=False)
    uploaded_at = when(_("uploaded at"))
    uploaded_by = who(_("uploaded by"))
    previewed_at = when(_("previewed at"))
    previewed_by = who(_("previewed by"))
    committed_at = when(_("imported at"))
    committed_by = who(_("imported by"))
    undone_at = when(_("undone at"))
    undone_by = who(_("undone by"))

    objects = ImportQuerySet.as_manager()
    files: list[FileData] = []
    """Of the last reading; kept in ``counts`` where there are several."""

    if TYPE_CHECKING:
        rows: RelatedManager[ImportRow]
        origins: RelatedManager[Origin]

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-uploaded_at", "-pk"]
        permissions = [("import_records", "Can import files")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values),
                name="import_state_known",
                violation_error_message=_("Choose the status of an import from the list."),
            ),
            models.CheckConstraint(
                condition=Q(committed_at__isnull=False) | ~Q(state__in=[State.COMMITTED, State.UNDONE]),
                name="import_committed_with_a_moment",
                violation_error_message=_("A finished import needs its date and time."),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_at_work(self) -> bool:
        """Whether somebody is at it now, or it waits for its turn; whoever was killed is at it no longer."""
        if self.work == Work.WAITING:
            return bool(self.worked_at and timezone.now() - self.worked_at < PATIENCE)
        return bool(self.work) and is_leased(Lease.IMPORT, self.pk)

    @property
    def can_be_previewed(self) -> bool:
        return self.state in (State.UPLOADED, State.PREVIEWED, State.REFUSED)

    @property
    def can_be_committed(self) -> bool:
        return bool(self.state == State.PREVIEWED)

    @property
    def can_be_undone(self) -> bool:
        return bool(self.state == State.COMMITTED)
