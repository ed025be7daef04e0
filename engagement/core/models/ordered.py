"""Ordered rows: a position column, by which people put rows in order."""

from typing import ClassVar

from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _


class Ordered(models.Model):
    """A row with a place among the rows of the same ``order_within``; a new one without a place goes last."""

    order_within: ClassVar[tuple[str, ...]] = ()

    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True

    def give_place(self) -> None:
        if self._state.adding and not self.order:
            rows = type(self)._base_manager.filter(**{name: getattr(self, name) for name in self.order_within})
            self.order = (rows.aggregate(last=Max("order"))["last"] or 0) + 1
