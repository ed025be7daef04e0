"""What the index does for lists, forms and change lists of single nouns."""

from dataclasses import replace
from typing import Any

from django.db import connection
from django.db.models import Model, Q

from engagement.core.models import sees_all

from . import backends
from .asked import Asked
from .kinds import KIND_OF
from .models import Entry
from .query import parse
from .reading import Reader

MOST_CALLED = 300
LARGE = frozenset({"meeting", "followup"})
"""Nouns of which there may be a million; the others are looked through, so that a part of a word finds them too."""


class Answers:
    """The registered index; see ``engagement.core.finding``."""

    def narrowing(self, model: type[Model], text: str, user: Any) -> Q | None:
        """As on the page of searching, for one noun: word forms, phrases, minus, organizations that a word names.

        It is asked of rows that the reader sees; which of their texts the reader may read is decided here.
        """
        kind = KIND_OF.get(model)
        if kind is None:
            return None
        query = parse(text)
        if not query:
            return Q(pk__in=[])
        asked = Asked.narrowed(Reader(user).naming_organizations(query), [kind.name])
        read = {"is_outside": False} if sees_all(user) else {"is_inside": False}
        found = Entry.objects.filter(kind=kind.name, **read).matching(asked)
        return Q(pk__in=found.order_by().values("source"))

    def called(self, model: type[Model], text: str) -> list[int] | None:
        """The newest few hundred; whoever asks narrows them to what may be chosen."""
        kind = KIND_OF.get(model)
        if kind is None or kind.name not in LARGE:
            return None
        query = parse(text)
        terms = tuple(replace(term, is_beginning=not term.is_quoted) for term in query.terms)
        if not terms:
            return []
        asked = replace(Asked.narrowed(replace(query, terms=terms), [kind.name]), in_heading=True)
        entries = Entry.objects.records().filter(is_inside=False, kind=kind.name)
        first: Any = backends.of(connection).first(entries, asked, MOST_CALLED)
        return list(first.values_list("source", flat=True))
