"""Search criteria: a query with its filters; and the weights by which an answer is ranked.

Weights rest on the entry alone, never on how rare a word is among all texts: that would tell of texts the reader may
not see. The two databases give the same ranks.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .analysis import kind_mark, organization_mark, theme_mark, year_mark
from .parser import Query

NO_MARKS: tuple[tuple[str, ...], ...] = ()
Row = tuple[Any, ...]
"""Columns of an entry as the database gives them, and how well it answers."""


@dataclass(frozen=True)
class SearchCriteria:
    """The words of a query and, for each filter that is set, the marks of which an entry has at least one."""

    query: Query
    marks: tuple[tuple[str, ...], ...] = field(default=NO_MARKS)
    in_heading: bool = False
    """Whether the words have to stand in the heading."""

    @classmethod
    def narrowed(
        cls,
        query: Query,
        kinds: Iterable[str] = (),
        organizations: Iterable[int] = (),
        themes: Iterable[int] = (),
        years: Iterable[int] = (),
    ) -> "SearchCriteria":
        groups = (
            tuple(kind_mark(kind) for kind in kinds),
            tuple(organization_mark(key) for key in organizations),
            tuple(theme_mark(key) for key in themes),
            tuple(year_mark(year) for year in years),
        )
        return cls(query, tuple(group for group in groups if group))


HEADING = 8
"""A term stands in the heading, in any form."""
EXACT = 4
"""It stands in heading or body as typed."""
BODY = 2
"""It stands in the body, in any form, and not in the heading: texts often say again what their heading says."""
ANYWHERE = 1
"""It stands somewhere; what only belongs to an organization the term names has none of these points."""
DATED = HEADING + EXACT + ANYWHERE
"""The term is a day or month, and the meeting took place then: as much as the best text. No more is added by its words,
so that meetings of one time come in their order."""
PHRASE_IN_HEADING = 16
"""All terms stand side by side, as typed, in the heading."""
PHRASE_IN_BODY = 8
"""Only in the body."""
WHOLE = 1_000
"""Every term stands there as a whole word, in any form: before all that has a longer word for one of them."""
