"""Append-only rows: written once, never changed and never taken out, whoever asks."""

from collections.abc import Iterable
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


def refused() -> ValidationError:
    return ValidationError(_("This is written once and never changed."), code="append_only")


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: object) -> NoReturn:
        raise refused()

    def bulk_create(self, objs: Iterable[Any], *args: Any, update_conflicts: bool = False, **kwargs: Any) -> Any:
        if update_conflicts:
            raise refused()
        return super().bulk_create(objs, *args, **kwargs)

    def delete(self) -> NoReturn:
        raise refused()


class AppendOnly(models.Model):
    """A row that stays as it was written."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise refused()
        kwargs["force_insert"] = True  # not over a row of the same key
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise refused()


class SealedContent(AppendOnly):
    """A version of something, as canonical JSON with its SHA-256, and a second one once a name was erased."""

    content = models.JSONField(_("content"), editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    own_sha256 = models.CharField(_("SHA-256 without the names of other records"), max_length=64, editable=False)
    erased_on = models.DateField(_("name erased on"), null=True, blank=True, editable=False)
    erased_sha256 = models.CharField(_("SHA-256 since a name was erased"), max_length=64, blank=True, editable=False)

    class Meta(AppendOnly.Meta):
        abstract = True
