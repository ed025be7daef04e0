"""Slugs with redirects: a changed title gets a new address, the old one leads to it."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from engagement.core.folding import fold

from .counters import Counter

MAX_LENGTH = 90


def free_code(model: type[models.Model], field: str, name: str, *, most: int, otherwise: str, mark: str = "-") -> str:
    """A code that no row of the model has in this field: ``name`` as a slug of ``most`` letters, numbered if taken.

    ``otherwise`` stands for a name without letters, ``mark`` between words.
    """
    base = slugify(fold(name)).replace("-", mark)[:most].strip("-") or otherwise
    taken = set(model._base_manager.filter(**{f"{field}__startswith": base}).values_list(field, flat=True))
    free = (base if number == 1 else f"{base}{mark}{number}" for number in range(1, len(taken) + 2))
    return next(code for code in free if code not in taken)


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
        return str(self)

    def give_slug(self) -> str | None:
        base = slugify(fold(self.slug_source()))[:MAX_LENGTH].strip("-") or self._meta.model_name or "record"
        if self.slug and self._keeps_slug(base):
            return None
        former = self.slug
        Counter.hold(f"slug:{self._meta.label_lower}")
        self.slug = self._free_slug(base)
        return former

    def _keeps_slug(self, base: str) -> bool:
        """Whether the address still fits: made of these words, with a number only because they were taken."""
        head, _dash, number = self.slug.rpartition("-")
        return self.slug == base or (head == base and number.isdigit() and self._free_slug(base) != base)

    def _free_slug(self, base: str) -> str:
        others = type(self)._base_manager.order_by().exclude(pk=self.pk or 0)
        former = FormerSlug.objects.filter(kind=self._meta.label_lower).exclude(object_id=self.pk or 0)
        first, second = (rows.filter(slug__startswith=base).values_list("slug", flat=True) for rows in (others, former))
        taken = set(first.union(second))
        slug, number = base, 1
        while slug in taken:
            number += 1
            slug = f"{base}-{number}"
        return slug

    def keep_former_slug(self, former: str | None) -> None:
        if not former:
            return
        kind = self._meta.label_lower
        FormerSlug.objects.filter(kind=kind, slug=self.slug).delete()
        rows = [FormerSlug(kind=kind, slug=former, object_id=self.pk)]
        place = ["kind", "slug"]
        FormerSlug.objects.bulk_create(rows, update_conflicts=True, unique_fields=place, update_fields=["object_id"])
