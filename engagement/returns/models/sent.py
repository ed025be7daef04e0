"""Returns as they were sent: append-only rows with the bytes of the file, its digest and its source rows."""

from collections.abc import Iterable
from typing import NoReturn

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Model, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.core.models.fields import when, who
from engagement.returns.periods import Period
from organizations.models import Organization

from .forms import ReturnForm
from .permissions import SendersQuerySet


def _refuse() -> NoReturn:
    raise ValidationError(_("A return is kept as it was sent. Make a correction instead."), code="append_only")


class ReturnQuerySet(SendersQuerySet):
    def for_list(self) -> "ReturnQuerySet":
        """Without the files themselves."""
        return self.select_related("form", "host", "made_by", "replaces").defer("content", "entries")

    def update(self, **kwargs: object) -> NoReturn:
        _refuse()

    def delete(self) -> NoReturn:
        _refuse()

    def bulk_create(self, objs: Iterable[Model], *args: object, **kwargs: object) -> NoReturn:
        _refuse()


class Return(models.Model):
    """One file that was made for an authority. A correction is another one, with the next number."""

    form = models.ForeignKey(ReturnForm, models.PROTECT, related_name="returns", verbose_name=_("return form"))
    host = models.ForeignKey(Organization, models.PROTECT, related_name="returns", verbose_name=_("host"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    number = models.PositiveSmallIntegerField(_("number"))
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("corrects")
    )
    title = models.CharField(_("title"), max_length=400)
    file_name = models.CharField(_("file name"), max_length=200)
    content = models.BinaryField(_("file"))
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    meeting_count = models.PositiveIntegerField(_("meetings"))
    row_count = models.PositiveIntegerField(_("rows"))
    missing_count = models.PositiveIntegerField(_("missing"))
    is_nil = models.BooleanField(_("nil return"))
    entries = models.JSONField(_("entries"), default=dict)
    changes = models.JSONField(_("changes"), default=dict)
    made_at = when(_("made at"))
    made_by = who(_("made by"))
    erased_on = models.DateField(_("name erased on"), null=True, blank=True, editable=False)
    erased_sha256 = models.CharField(_("SHA-256 since a name was erased"), max_length=64, blank=True, editable=False)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="return_days_in_order",
                violation_error_message=_("A period cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(number=1, replaces=None) | Q(number__gt=1, replaces__isnull=False),
                name="return_correction_names_what_it_corrects",
                violation_error_message=_("Every return after the first of its period must correct the one before it."),
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                name="return_corrected_once",
                violation_error_message=_("This return has already been corrected. Correct the latest one."),
            ),
        ]
        indexes = [models.Index(fields=["form", "host", "starts_on", "number"], name="return_of_a_period")]

    def __str__(self) -> str:
        return f"{self.title}, {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("returns:sent", args=[self.pk])

    @property
    def period(self) -> str:
        return str(Period(self.starts_on, self.ends_on))

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            _refuse()
        super().save(force_insert=True)

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        _refuse()
