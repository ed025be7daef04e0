"""Model of the documents of a meeting: agenda, invitation, minutes, presentations."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.core.downloads import file_name
from engagement.core.folding import without_controls
from engagement.core.models import Leveled, Ordered, Visibility
from engagement.core.models.days import years_bounded
from engagement.core.models.files import StoredFileField
from engagement.core.models.history import History
from meetings.uploads import safe_name

from .discussions import PartQuerySet
from .kept_files import KeepsFile
from .meeting import Meeting
from .regimes import Ground


def upload_path(document: "Document", filename: str) -> str:
    return f"documents/{document.meeting.reference}/{safe_name(filename)}"


class Document(Leveled, Ordered, KeepsFile):
    """A paper, kept here as a file or pointed to on the web."""

    class Kind(models.TextChoices):
        AGENDA = "agenda", _("Agenda")
        INVITATION = "invitation", _("Invitation")
        MINUTES = "minutes", _("Minutes")
        PRESENTATION = "presentation", _("Presentation")
        POSITION_PAPER = "position_paper", _("Position paper")
        LETTER = "letter", _("Letter")

    class Direction(models.TextChoices):
        RECEIVED = "received", _("Received")
        SENT = "sent", _("Sent")

    class Accessibility(models.TextChoices):
        ACCESSIBLE = "accessible", _("Accessible")
        EXPLAINED = "explained", _("Not accessible, as explained")

    asked_for = {
        "kind": _("Choose what kind of document it is."),
        "title": _("Enter the title of the document."),
        "language": _("Choose the language of the document."),
    }
    root_field = "meeting"
    order_within = ("meeting",)
    level_parents = ("meeting",)
    days_over = ("dated_on", "exchanged_on", "first_published_on", "updated_on")
    inside_fields = ("ground",)
    erase_reason = ""
    """Said before a save that replaces the file: why the one before must not be kept. Without it, it is."""
    replaced: "Document | None" = None
    """During a save, the document as it was, if this save replaces its file."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="documents", verbose_name=_("meeting"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=250)
    number = models.CharField(_("reference number"), max_length=60, blank=True)
    language = models.CharField(
        _("language"), max_length=10, default="en", help_text=_("Two letters, such as en, fr or de.")
    )
    dated_on = models.DateField(_("date of the document"), null=True, blank=True)
    file = StoredFileField(_("file"), upload_to=upload_path, max_length=300, blank=True)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    direction = models.CharField(_("received or sent"), max_length=8, choices=Direction.choices, blank=True)
    exchanged_on = models.DateField(_("received or sent on"), null=True, blank=True)
    accessibility = models.CharField(
        _("accessibility"),
        max_length=10,
        choices=Accessibility.choices,
        blank=True,
        help_text=_(
            "Required before a file is published. If it is not accessible, enter why, and where else its content is."
        ),
    )
    accessibility_note = models.CharField(_("why it is not accessible"), max_length=500, blank=True)
    file_version = models.PositiveIntegerField(_("version of the file"), default=1, editable=False)
    ground = models.ForeignKey(
        Ground,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("ground for withholding it"),
        help_text=_("Only for a document that is not public."),
    )
    first_published_on = models.DateField(_("first published on"), null=True, blank=True)
    updated_on = models.DateField(_("updated on"), null=True, blank=True)

    history = History(excluded_fields=["effective_visibility"])
    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(file="") & Q(url="")) | (Q(file="") & ~Q(url="")),
                name="document_file_or_address",
                violation_error_message=_("Add either a file or a web address."),
            ),
            models.CheckConstraint(
                condition=Q(direction__in=["received", "sent"]) | Q(direction="", exchanged_on=None),
                name="document_day_with_direction",
                violation_error_message=_("Choose whether the document was received or sent."),
            ),
            models.CheckConstraint(
                condition=Q(accessibility__in=["", "accessible"])
                | (Q(accessibility="explained") & ~Q(accessibility_note="")),
                name="document_not_accessible_explained",
                violation_error_message=_("Explain why the document is not accessible."),
            ),
            models.CheckConstraint(
                condition=Q(ground=None) | Q(visibility__lt=Visibility.PUBLIC),
                name="document_held_back_or_public",
                violation_error_message=_("A public document is not withheld. Leave the ground empty."),
            ),
            years_bounded("document_years", "dated_on", "exchanged_on", "first_published_on", "updated_on"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.title = without_controls(self.title)
        super().save(*args, **kwargs)

    def lock_parents(self) -> None:
        """Once nobody else changes them, it is certain which file this one replaces, and who could see it."""
        super().lock_parents()
        self.replaced = None
        stored = None if self._state.adding else type(self)._base_manager.filter(pk=self.pk).first()
        if stored is not None and stored.file and self._takes_its_place(stored):
            self.replaced, self.file_version = stored, stored.file_version + 1

    def _takes_its_place(self, stored: "Document") -> bool:
        """The same content sent again is no other version."""
        return self.file.name != stored.file.name and self.sha256 != stored.sha256

    def after_save(self, *, is_new: bool) -> None:
        from .document_versions import keep_replaced  # which names the document

        super().after_save(is_new=is_new)
        keep_replaced(self)
        self.replaced, self.erase_reason = None, ""

    def get_absolute_url(self) -> str:
        """Where a reader gets it: our own copy through the site's permission check, or the publisher's page."""
        return self.url or self.get_file_url()

    def get_file_url(self) -> str:
        return reverse("meetings:document", args=[self.meeting.slug, self.pk])

    @property
    def download_name(self) -> str:
        """The file name of a download: ``BM-2025-014 Minutes of 8 May.pdf``."""
        return file_name(f"{self.meeting.reference} {self.title}", str(self.file.name))
