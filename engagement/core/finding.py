"""Whoever keeps an index of texts answers here for lists, forms and change lists; without one they look for themselves.

The index stands on an upper storey and registers itself, so that nothing here knows of it.
"""

from typing import Any, Protocol

from django.db.models import Model, QuerySet

Rows = QuerySet[Any]


class Index(Protocol):
    """Finds records by the words of their texts."""

    def narrowed(self, rows: Rows, text: str, user: Any) -> Rows | None:
        """The rows in whose text, as far as this reader may read it, the words occur; None if it does not know them."""

    def called(self, model: type[Model], text: str) -> list[int] | None:
        """Keys of the records in whose name or number every word begins one, a few hundred; None if unknown here."""


_indexes: list[Index] = []


def answers(index: Index) -> None:
    """Ask this index from now on."""
    if index not in _indexes:
        _indexes.append(index)


def narrowed(rows: Rows, text: str, user: Any) -> Rows | None:
    """The rows that the words of a text find for this reader; None where no index knows such rows."""
    for index in _indexes:
        if (found := index.narrowed(rows, text, user)) is not None:
            return found
    return None


def called(model: type[Model], text: str) -> list[int] | None:
    """Keys of records of this name or number; None where no index knows the model."""
    for index in _indexes:
        if (found := index.called(model, text)) is not None:
            return found
    return None
