"""Files of a proposed change: kept as they were sent, read by nobody outside until it is accepted."""

from typing import Any

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.translation import gettext_lazy as _

from engagement.core.models import SecretariatQuerySet
from engagement.core.models.files import StoredFileField
from meetings.uploads import checksum, safe_name

from .proposed_changes import ProposedChange


def waiting_path(kept: "ProposedFile", filename: str) -> str:
    return f"proposed/{kept.change.meeting.reference}/{safe_name(filename)}"


class ProposedFile(models.Model):
    """One file of a form that is kept; the form names it by its SHA-256."""

    change = models.ForeignKey(ProposedChange, models.CASCADE, related_name="files", verbose_name=_("proposed change"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    name = models.CharField(_("name"), max_length=250)
    file = StoredFileField(_("file"), upload_to=waiting_path, max_length=300)

    objects = SecretariatQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a proposed change")
        verbose_name_plural = _("files of proposed changes")
        ordering = ["change", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["change", "sha256"],
                name="proposed_file_once",
                violation_error_message=_("This file waits with the change already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def keep(cls, change: ProposedChange, upload: "UploadedFile[Any]") -> None:
        """Keep a copy of the file, since the form may yet be checked again."""
        digest, name = checksum(upload), str(upload.name)[-250:]
        if not change.files.filter(sha256=digest).exists():
            cls.objects.create(change=change, sha256=digest, name=name, file=File(upload.file, name))

    def as_upload(self) -> "UploadedFile[Any]":
        """The file as an upload, as if it had just been sent."""
        file = self.file.open("rb")
        return UploadedFile(file=file.file, name=self.name, size=file.size)
