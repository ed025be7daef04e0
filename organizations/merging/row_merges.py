"""Registry of how rows are merged that would break a unique constraint once their organizations are one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

Blend = Callable[[Any, Any], dict[str, object]]


@dataclass(frozen=True)
class Join:
    """Rows with the same values in ``key`` are one; ``blend(kept, gone)`` gives the changes of the one that is kept."""

    key: tuple[str, ...]
    blend: Blend

    def key_of(self, row: Any) -> tuple[object, ...]:
        return tuple(getattr(row, row._meta.get_field(name).attname) for name in self.key)


JOINS: dict[str, Join] = {}


def joins(label: str, *key: str) -> Callable[[Blend], Blend]:
    """Register for a field (``meetings.party.organization``) when two rows are the same one.

    ``blend`` may raise ValidationError: then the organizations cannot be merged.
    """

    def register(blend: Blend) -> Blend:
        JOINS[label.lower()] = Join(key, blend)
        return blend

    return register


def filled(kept: Model, gone: Model, *names: str) -> dict[str, object]:
    """Values of the other row for the empty fields of the row that is kept."""
    empty = (None, "")
    return {
        name: getattr(gone, name) for name in names if getattr(kept, name) in empty and getattr(gone, name) not in empty
    }
