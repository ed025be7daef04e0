"""Readable addresses that stay: a changed title gets a new address, the old one redirects."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from engagement.core.text import fold

from .counters import Counter

MAX_LENGTH = 90


class FormerSlug(models.Model):
    """An address at which a record used to stand."""

    kind = models.CharField(_("kind"), max_length=60)
    slug = models.SlugField(_("former address"), max_length=100)
    object_id = models.BigIntegerField(_("record"))

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug"],
                name="former_slug_once",
                violation_error_message=_("This former address already leads to a record."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"


class SluggedQuerySet(models.QuerySet[Any]):
    def at(self, slug: str) -> Any:
        """The record at this address, or that used to stand there; among these records only.

        Raises the model's DoesNotExist. The caller redirects when the record's slug differs from the one asked for.
        """
        try:
            return self.get(slug=slug)
        except self.model.DoesNotExist:
            former = FormerSlug.objects.filter(kind=self.model._meta.label_lower, slug=slug)
            return self.get(pk__in=former.values("object_id"))

    def formerly_at(self, slugs: Iterable[str]) -> dict[str, Any]:
        """Records of these, by the addresses at which they, or those merged into them, used to stand."""
        former = FormerSlug.objects.filter(kind=self.model._meta.label_lower, slug__in=list(slugs))
        known = former.filter(Exists(self.order_by().filter(pk=OuterRef("object_id"))))
        keys = dict(known.values_list("slug", "object_id"))
        records = self.in_bulk(keys.values()) if keys else {}
        return {slug: records[key] for slug, key in keys.items() if key in records}


class Slugged(models.Model):
    slug = models.SlugField(_("address"), max_length=100, unique=True, editable=False)

    class Meta:
        abstract = True

    def slug_source(self) -> str:
        """The words the address is made of."""
        raise NotImplementedError

    def save(self, *args: Any, **kwargs: Any) -> None:
        base = slugify(fold(self.slug_source()))[:MAX_LENGTH].strip("-") or self._meta.model_name or "record"
        if self.slug and self._keeps_slug(base):
            super().save(*args, **kwargs)
            return
        former = self.slug
        try:
            with transaction.atomic():
                Counter.take(f"slug:{self._meta.label_lower}")
                self.slug = self._free_slug(base)
                if (fields := kwargs.get("update_fields")) is not None:
                    kwargs["update_fields"] = {*fields, "slug"}
                super().save(*args, **kwargs)
                self._remember(former)
        except BaseException:
            self.slug = former
            raise

    def _keeps_slug(self, base: str) -> bool:
        """Whether the address still fits: made of these words, with a number only because they were taken."""
        head, _dash, number = self.slug.rpartition("-")
        return self.slug == base or (head == base and number.isdigit() and self._free_slug(base) != base)

    def _free_slug(self, base: str) -> str:
        kind = self._meta.label_lower
        taken = set(
            type(self)._base_manager.filter(slug__startswith=base).exclude(pk=self.pk).values_list("slug", flat=True)
        )
        taken |= set(
            FormerSlug.objects.filter(kind=kind, slug__startswith=base)
            .exclude(object_id=self.pk or 0)
            .values_list("slug", flat=True)
        )
        slug, number = base, 1
        while slug in taken:
            number += 1
            slug = f"{base}-{number}"
        return slug

    def _remember(self, former: str) -> None:
        own = FormerSlug.objects.filter(kind=self._meta.label_lower)
        own.filter(slug=self.slug).delete()
        if former:
            FormerSlug.objects.update_or_create(
                kind=self._meta.label_lower, slug=former, defaults={"object_id": self.pk}
            )
