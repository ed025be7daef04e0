"""Archiving (soft delete): a record is archived with a reason and never deleted."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.types import Actor, Label

from .fields import required_text, when, who


class ArchivableQuerySet(models.QuerySet[Any]):
    def current(self) -> Self:
        """Records that are not archived."""
        return self.filter(archived_at=None)


class Archivable(models.Model):
    """A record that is archived with a reason, and can be restored; it is kept as long as anything refers to it."""

    moments: ClassVar[dict[str, tuple[Label, Label]]] = {
        "archived_at": (_("archived"), _("restored")),
        "archive_reason": ("", ""),
    }

    archived_at = when(_("archived at"))
    archived_by = who(_("archived by"))
    archive_reason = models.CharField(_("reason for archiving"), max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    def archive(self, *, by: Actor, reason: str) -> None:
        """Put away; it no longer comes up when a new meeting is logged. Doing it twice changes nothing."""
        reason = required_text(reason, "archive_reason", _("Enter the reason for archiving."))
        with self.locked(by=by):  # type: ignore[attr-defined]
            if self.is_archived:
                return
            self.archived_at, self.archived_by, self.archive_reason = timezone.now(), by, reason
            self.save()

    def restore(self, *, by: Actor) -> None:
        """Bring back into use."""
        with self.locked(by=by):  # type: ignore[attr-defined]
            if not self.is_archived:
                return
            self.archived_at, self.archived_by, self.archive_reason = None, None, ""
            self.save()
