"""Search adapter for lists, lookups and the admin: the registered answers of the index for a single noun."""

from dataclasses import replace

from django.db import connection
from django.db.models import Model, Q

from engagement.core.models import sees_all
from engagement.core.types import Reader

from . import backends
from .criteria import SearchCriteria
from .engine import SOURCE, ReaderAccess, first
from .models import KIND_OF, Entry
from .parser import parse

MOST_CALLED = 300
MOST_LISTED = 1_000
"""So many records are found once for a whole page; of more, each of its questions asks the index again."""
LARGE = frozenset({"meeting", "followup"})
"""Nouns of which there may be a million; the others are looked through, so that a part of a word finds them too."""


class Answers:
    """The registered index; see ``engagement.core.search_hooks``."""

    def narrowing(self, model: type[Model], text: str, user: Reader) -> Q | None:
        """A condition for one noun, with the search page's syntax: word forms, phrases, minus, names of organizations.

        It is asked of rows that the reader sees; which of their texts the reader may read is decided here.
        """
        kind = KIND_OF.get(model)
        if kind is None:
            return None
        query = parse(text)
        if not query:
            return Q(pk__in=[])
        asked = SearchCriteria.narrowed(ReaderAccess(user).naming_organizations(query), [kind.name])
        of_kind = Entry.objects.names() if kind.is_name else Entry.objects.records()
        read = of_kind.filter(is_outside=False) if sees_all(user) else of_kind.filter(is_inside=False)
        found = backends.of(connection).few(read, asked, MOST_LISTED, is_long=not kind.is_name)
        if found is None:
            found = read.filter(kind=kind.name).matching(asked).order_by().values("source")
        return Q(pk__in=found)

    def called(self, model: type[Model], text: str) -> list[int] | None:
        """The newest few hundred records whose heading has the words; the caller narrows them to its choices."""
        kind = KIND_OF.get(model)
        if kind is None or kind.name not in LARGE:
            return None
        query = parse(text)
        terms = tuple(replace(term, is_beginning=not term.is_quoted) for term in query.terms)
        if not terms:
            return []
        asked = replace(SearchCriteria.narrowed(replace(query, terms=terms), [kind.name]), in_heading=True)
        entries = Entry.objects.records().filter(is_inside=False)  # the mark says which kind
        return [row[SOURCE] for row in first(entries, asked, MOST_CALLED, is_long=True)]
