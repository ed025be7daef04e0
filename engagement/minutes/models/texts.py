"""Singleton of the body's own words around all minutes: opening notes, disclaimer, footer, how they are numbered."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import NamedTemporaryFile
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Record, SecretariatQuerySet
from engagement.core.models.files import StoredFileField
from engagement.core.models.history import History
from engagement.core.readers import WHOEVER_READS_MINUTES
from engagement.minutes.printing.bounded_process import made
from meetings.uploads import check_upload, extension_of

PLACEHOLDERS = ("meeting", "version", "year")
DEFAULT_PATTERN = "{meeting}/MIN/{version}"
TRIAL: dict[str, object] = {
    **dict.fromkeys(("title", "author", "marking", "reference", "footer"), "Words"),
    "lede": ["Words"],
    "parts": [{"title": "Words", "rows": [{"label": "Words", "text": "Words"}]}],
}
"""What a template is tried with: all that it may ask for."""
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def check_pattern(pattern: str) -> None:
    """Validate a numbering pattern: it names the meeting, knows no other placeholders, and leaves no brace over."""
    names = _PLACEHOLDER.findall(pattern)
    if set(names) - set(PLACEHOLDERS) or re.search(r"[{}]", _PLACEHOLDER.sub("", pattern)):
        raise ValidationError(_("Use only {meeting}, {version} and {year}."), code="placeholder")
    if "meeting" not in names:
        raise ValidationError(_("The pattern needs {meeting}, the reference of the meeting."), code="meeting")


class MinutesTextsQuerySet(SecretariatQuerySet):
    def current(self) -> "MinutesTexts":
        """The texts of the body; empty ones until somebody writes them."""
        return cast("MinutesTexts", self.first() or MinutesTexts())


class MinutesTexts(Record):
    """The words around the record in minutes. Versions keep the words they were made with."""

    asked_for = {"reference_pattern": _("Enter the pattern of references.")}
    ONLY = 1

    readers = WHOEVER_READS_MINUTES

    opening_notes = models.TextField(
        _("opening notes"), blank=True, max_length=4000, help_text=_("Shown before the record.")
    )
    disclaimer = models.TextField(_("disclaimer"), blank=True, max_length=4000)
    access_note = models.TextField(
        _("note on access"), blank=True, max_length=2000, help_text=_("For example, how to request the documents.")
    )
    footer = models.CharField(_("footer"), blank=True, max_length=200, help_text=_("Printed on each sheet."))
    reference_pattern = models.CharField(
        _("pattern of references"),
        max_length=60,
        default=DEFAULT_PATTERN,
        validators=[check_pattern],
        help_text=_("{meeting} is the reference of the meeting. You can also use {version} and {year}."),
    )
    docx_template = StoredFileField(
        _("template for DOCX"),
        upload_to="minutes/",
        max_length=300,
        blank=True,
        help_text=_("Leave empty for the template that comes with this software."),
    )

    history = History()
    objects = MinutesTextsQuerySet.as_manager()

    class Meta:
        verbose_name = _("texts of minutes")
        verbose_name_plural = _("texts of minutes")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(id=1),
                name="minutes_texts_once",
                violation_error_message=_("These texts already exist. Edit them."),
            )
        ]

    def __str__(self) -> str:
        return str(_("Texts of minutes"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = self.ONLY
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self._state.adding and type(self)._base_manager.exists():
            raise ValidationError(_("These texts already exist. Edit them."), code="once")
        if self.docx_template and not self.docx_template._committed:  # type: ignore[attr-defined]
            self._check_template()

    def _check_template(self) -> None:
        """A DOCX without macros whose placeholders are known; it is filled in once, in another process."""
        try:
            if extension_of(str(self.docx_template.name)) != "docx":
                raise ValidationError(_("Add a DOCX file."), code="kind")
            check_upload(self.docx_template)
            with self.template_on_disk() as path:
                made("check", template=path, data=TRIAL)
        except ValidationError as error:
            raise ValidationError({"docx_template": error.messages}) from error
        finally:
            self.docx_template.seek(0)

    @contextmanager
    def template_on_disk(self) -> Iterator[str]:
        """The body's template as a file that another process can read, wherever it is stored."""
        with NamedTemporaryFile(suffix=".docx") as copy:
            for chunk in self.docx_template.chunks():
                copy.write(chunk)
            copy.flush()
            yield copy.name

    def frozen(self) -> dict[str, object]:
        """The texts as plain data, as a version keeps them."""
        names = ("opening_notes", "disclaimer", "access_note", "footer")
        return {name: getattr(self, name).strip() for name in names}

    def reference_of(self, meeting: str, number: int) -> str:
        """The reference of minutes."""
        words = {"meeting": meeting, "version": str(number), "year": str(timezone.localdate().year)}
        return _PLACEHOLDER.sub(lambda found: words[found[1]], self.reference_pattern)
