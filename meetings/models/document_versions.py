"""Versions of a document: numbered earlier files, kept with their SHA-256, or erased with a reason.

``Document`` makes one whenever its file is replaced. See docs/decisions/documents.md.
"""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.downloads import file_name
from engagement.core.models import Leveled, LeveledQuerySet, Record, sees_all
from engagement.core.models.append_only import refused
from engagement.core.models.fields import required_text, who
from engagement.core.models.files import StoredFileField
from engagement.core.models.history import History, actor_of
from engagement.core.readers import ONLY_SECRETARIAT
from engagement.core.types import Actor, Reader

from .documents import Document, upload_path
from .parties import Party


def version_path(version: "DocumentVersion", filename: str) -> str:
    return upload_path(version.document, filename)


class DocumentVersionQuerySet(LeveledQuerySet):
    def visible_to(self, user: Reader) -> "DocumentVersionQuerySet":
        """Whoever sees the document and saw this file of it; nothing from before a withdrawal is public again."""
        if sees_all(user):
            return self
        published = F("document__meeting__published_at")
        since = Q(document__meeting__published_at=None) | Q(replaced_at__gte=published)
        found: DocumentVersionQuerySet = super().visible_to(user).filter(since).exclude(file="")
        return found

    def shared_with(self, user: Reader) -> Q:
        return Q(Exists(Party.objects.of(user).filter(meeting=OuterRef("document__meeting"))))


class DocumentVersion(Leveled, Record):
    """A file that another took the place of. Its audience is the one it had at that moment, or today's if narrower."""

    level_parents = ("document",)
    readers = ONLY_SECRETARIAT

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="versions", editable=False, verbose_name=_("document")
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    file = StoredFileField(_("file"), upload_to=version_path, max_length=300, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), null=True, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    replaced_at = models.DateTimeField(_("replaced at"), default=timezone.now, editable=False)
    replaced_by = who(_("replaced by"))
    reason = models.TextField(_("why the file is not kept"), blank=True, editable=False)

    history = History(excluded_fields=["effective_visibility"])
    objects = DocumentVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("earlier version of a document")
        verbose_name_plural = _("earlier versions of documents")
        ordering = ["document", "-number", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"],
                name="document_version_once",
                violation_error_message=_("This version of the document already exists."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="document_version_from_one",
                violation_error_message=_("Versions are counted from 1."),
            ),
            models.CheckConstraint(
                condition=(~Q(file="") & Q(reason="")) | (Q(file="") & ~Q(reason="")),
                name="document_version_kept_or_erased_with_a_reason",
                violation_error_message=_("A version is kept, or erased with a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}, {_('version %(number)d') % {'number': self.number}}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Written once; only ``erase`` changes it."""
        if not self._state.adding and not self.in_verb:
            raise refused()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("meetings:document_version", args=[self.document.meeting.slug, self.document_id, self.number])

    @property
    def is_erased(self) -> bool:
        return not self.file

    @property
    def download_name(self) -> str:
        words = {"document": f"{self.document.meeting.reference} {self.document.title}", "number": self.number}
        return file_name(str(_("%(document)s, version %(number)d") % words), str(self.file.name))

    def erase(self, *, by: Actor, reason: str) -> None:
        """The file goes, once this is committed; its size, SHA-256 and the reason stay."""
        reason = required_text(reason, "reason", _("Enter why the file is not kept."))
        with self.locked(by=by):
            if self.is_erased:
                return
            self.file, self.reason = "", reason
            self.save()


def keep_replaced(document: Document) -> None:
    """The file that a document had before the save under way, as its version; erased at once where a reason says so."""
    before = document.replaced
    if before is None:
        return
    kept = {} if document.erase_reason else {"file": before.file}
    DocumentVersion.objects.create(
        document=document,
        number=before.file_version,
        size=before.size,
        sha256=before.sha256,
        visibility=before.effective_visibility,
        reason=document.erase_reason,
        replaced_by=actor_of(document),
        **kept,
    )
