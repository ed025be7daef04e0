"""Custom lookups: ``in`` for whole numbers and foreign keys, safe from integer overflow.

Django leaves out what a column cannot hold for ``exact``, not for ``in``; the driver of SQLite raises an error there.
"""

from typing import Any

from django.db import models
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import In

LARGEST = models.BigIntegerField.MAX_BIGINT


class WithinRange:
    lhs: Any
    rhs: Any

    def get_prep_lookup(self) -> Any:
        given: object = self.rhs if self._is_of_plain_keys else super().get_prep_lookup()  # type: ignore[misc]
        if not isinstance(given, list | tuple | set | frozenset):
            return given
        return [value for value in given if not isinstance(value, int) or -LARGEST - 1 <= value <= LARGEST]

    @property
    def _is_of_plain_keys(self) -> bool:
        """Whole numbers for a column of such: Django would prepare each of a thousand, to give it back as it was."""
        field = getattr(self.lhs, "output_field", None)
        if not isinstance(getattr(field, "target_field", field), models.IntegerField):
            return False
        return isinstance(self.rhs, list | tuple | set | frozenset) and all(type(value) is int for value in self.rhs)


@models.IntegerField.register_lookup
class IntegerIn(WithinRange, In):
    pass


@models.ForeignObject.register_lookup
class KeyIn(WithinRange, RelatedIn):
    pass
