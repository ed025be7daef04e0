"""Permission to import, and so to see imports."""

from typing import Any, Self

from django.db import models

from engagement.core.types import Reader

PERMISSION = "imports.import_records"


def may_import(user: Reader) -> bool:
    """Whether this person may import files."""
    return bool(user.is_active and user.has_perm(PERMISSION))


class ImportersQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Reader) -> Self:
        """Files, their rows and how they are read are the importers' own."""
        return self if may_import(user) else self.none()
