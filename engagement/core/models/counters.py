"""Sequence counters: the running part of references such as ``BM-2025-014``, each number given once."""

import secrets
from itertools import accumulate

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _


class Counter(models.Model):
    """The last number given under a key (``BM-2025``)."""

    key = models.CharField(_("key"), max_length=100, unique=True)
    last = models.PositiveIntegerField(_("last number given"), default=0)

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")

    def __str__(self) -> str:
        return f"{self.key}: {self.last}"

    @classmethod
    def take(cls, key: str, how_many: int = 1) -> int:
        """Take the next number, or a run of them; returns the last one taken.

        The row stays locked until the surrounding transaction ends, so two people never get the same number,
        and a number whose record was not saved after all is given again.
        """
        with transaction.atomic(savepoint=False):
            cls.hold(key, how_many)
            return cls.objects.get(key=key).last

    @classmethod
    def hold(cls, key: str, how_many: int = 1) -> None:
        """Have whoever wants this counter wait until the transaction ends."""
        rows = cls.objects.filter(key=key)
        if not rows.update(last=F("last") + how_many):
            Counter.objects.bulk_create([Counter(key=key)], ignore_conflicts=True)
            rows.update(last=F("last") + how_many)

    @classmethod
    def reference(cls, prefix: str, year: int) -> str:
        """The next reference of a year: ``BM-2025-014``."""
        return cls.references(prefix, year, 1)[0]

    @classmethod
    def references(cls, prefix: str, year: int, how_many: int) -> list[str]:
        """The next references of a year, each after a gap of any length where the body wants gaps to tell nothing
        (``REFERENCE_GAPS``)."""
        steps = list(accumulate(1 + secrets.randbelow(settings.REFERENCE_GAPS + 1) for _n in range(how_many)))
        before = cls.take(f"{prefix}-{year}", steps[-1]) - steps[-1]
        return [cls.format_reference(prefix, year, before + step) for step in steps]

    @staticmethod
    def format_reference(prefix: str, year: int, number: int) -> str:
        return f"{prefix}-{year}-{number:03d}"
