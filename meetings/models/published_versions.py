"""Published versions: append-only snapshots of a meeting's public content, numbered, each with its SHA-256.

``meetings/version_keeping.py`` makes them. See docs/decisions/published-versions.md.
"""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.models import AppendOnlyQuerySet, SealedContent, Visibility, sees_all
from engagement.core.models.fields import who
from engagement.core.types import Reader

from .meeting import Meeting


class PublishedVersionQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: Reader) -> "PublishedVersionQuerySet":
        """All for the secretariat. For everybody else those of a public meeting, since it was last published: what was
        public before a withdrawal is not public again."""
        if sees_all(user):
            return self
        is_public = Q(meeting__effective_visibility=Visibility.PUBLIC, published_at=F("meeting__published_at"))
        return self.filter(is_public)

    def without_content(self) -> "PublishedVersionQuerySet":
        """For lists, which need none of it."""
        return self.defer("content")


class PublishedVersion(SealedContent):
    """The content that a visitor could read of a meeting from one moment on."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="published_versions", editable=False, verbose_name=_("meeting")
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    by = who(_("by"))
    note = models.TextField(_("what was corrected"), blank=True, editable=False)
    published_at = models.DateTimeField(_("published at"), editable=False)
    published_by = who(_("published by"))

    objects = PublishedVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        ordering = ["meeting", "number", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                name="published_version_once",
                violation_error_message=_("This version already exists."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="published_version_from_one",
                violation_error_message=_("Versions are counted from 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting.reference}, {_('version %(number)d') % {'number': self.number}}"
