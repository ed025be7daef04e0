"""Base of records that keep a file: checked before it is stored, its size and checksum beside it."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Record
from meetings.uploads import check_upload, checksum


class KeepsFile(Record):
    """Whoever derives from it has a ``StoredFileField``."""

    file_field: ClassVar[str] = "file"

    size = models.PositiveBigIntegerField(_("size in bytes"), null=True, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        self._check_file()

    @property
    def _new_file(self) -> FieldFile | None:
        """A file that is not stored yet."""
        file: FieldFile = getattr(self, self.file_field)
        return file if file and not file._committed else None  # type: ignore[attr-defined]

    def _check_file(self) -> None:
        if (file := self._new_file) is not None:
            try:
                check_upload(file)
            except ValidationError as error:
                raise ValidationError({"file": error.messages}, code=error.code) from error

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._check_file()
        self.measure()
        super().save(*args, **kwargs)

    def measure(self) -> None:
        """Size and checksum of a file that is not stored yet; of none, nothing."""
        if (file := self._new_file) is not None:
            self.size, self.sha256 = file.size, checksum(file)
        elif not getattr(self, self.file_field):
            self.size, self.sha256 = None, ""
