"""Permission of everything about returns: whoever publishes makes them, and nobody else learns of them."""

from typing import Self

from django.db import models

from engagement.core.models import sees_all
from engagement.core.types import Reader, Row


def may_send(user: Reader) -> bool:
    return sees_all(user) and user.has_perm("returns.add_return")


class SendersQuerySet(models.QuerySet[Row]):
    """Rows that only those see who may make returns."""

    def visible_to(self, user: Reader) -> Self:
        return self if may_send(user) else self.none()
