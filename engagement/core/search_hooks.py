"""Search hooks (a registry): an app with a text index answers for lists, forms and change lists, where there is one.

The index stands on an upper storey and registers itself, so that nothing here knows of it.
"""

from typing import Any, Protocol

from django.db.models import Model, Q, QuerySet

from engagement.core.types import Reader

Rows = QuerySet[Any]


class Index(Protocol):
    """Finds records by the words of their texts."""

    def narrowing(self, model: type[Model], text: str, user: Reader) -> Q | None:
        """A condition for the records in whose text, as far as this reader may read it, the words occur.

        None if it does not know such records.
        """

    def called(self, model: type[Model], text: str) -> list[int] | None:
        """Keys of the records in whose name or number every word begins one, a few hundred; None if unknown here."""


_indexes: list[Index] = []


def answers(index: Index) -> None:
    """Ask this index from now on."""
    if index not in _indexes:
        _indexes.append(index)


def narrowing(model: type[Model], text: str, user: Reader) -> Q | None:
    """A condition for the records that the words of a text find for this reader, to be used as often as needed.

    The text is looked up here and now. None where no index knows such records.
    """
    for index in _indexes:
        if (found := index.narrowing(model, text, user)) is not None:
            return found
    return None


def narrowed(rows: Rows, text: str, user: Reader) -> Rows | None:
    """The rows that the words of a text find for this reader; None where no index knows such rows."""
    found = narrowing(rows.model, text, user)
    return None if found is None else rows.filter(found)


def called(model: type[Model], text: str) -> list[int] | None:
    """Keys of records of this name or number; None where no index knows the model."""
    for index in _indexes:
        if (found := index.called(model, text)) is not None:
            return found
    return None
