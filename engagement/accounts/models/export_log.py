"""Append-only logs: who took which list out of the system, and who looked at which page as whom."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from engagement.core.exports import Export


class LogLine(models.Model):
    """One action of a signed-in person, with its moment. Written once, never changed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("user"))
    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ValidationError(_("A log is written once and never changed."), code="append_only")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise ValidationError(_("A log is written once and never changed."), code="append_only")


class ExportLog(LogLine):
    """One export by somebody who is signed in, and so may see more than the public.

    It is written before anything leaves; how many rows did is added when the last has left.
    """

    what = models.CharField(_("list"), max_length=40)
    format = models.CharField(_("format"), max_length=10)
    query = models.TextField(_("filter"), blank=True)
    rows = models.PositiveIntegerField(_("rows"), null=True, editable=False)

    class Meta(LogLine.Meta):
        verbose_name = _("export")
        verbose_name_plural = _("exports")

    def __str__(self) -> str:
        return f"{self.what}.{self.format}"

    @classmethod
    def log(cls, export: "Export", extension: str) -> Callable[[int], None]:
        """Note an export by somebody signed in; returns what notes how many rows left."""
        line = cls._default_manager.create(user=export.user, what=export.name, format=extension, query=export.query)
        return line.note_rows

    def note_rows(self, number: int) -> None:
        """Add how many rows left, once."""
        type(self)._base_manager.filter(pk=self.pk, rows=None).update(rows=number)


class ViewAsLog(LogLine):
    """One page that a colleague looked at as somebody else reads it."""

    audience = models.CharField(_("viewed as"), max_length=300)
    path = models.TextField(_("address"))

    class Meta(LogLine.Meta):
        verbose_name = _("page viewed as others see it")
        verbose_name_plural = _("pages viewed as others see them")

    def __str__(self) -> str:
        return f"{self.audience}: {self.path}"
