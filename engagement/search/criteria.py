"""A query together with what the answer is narrowed to."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .marks import kind_mark, organization_mark, theme_mark, year_mark
from .parser import Query

NO_MARKS: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Asked:
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
    ) -> "Asked":
        groups = (
            tuple(kind_mark(kind) for kind in kinds),
            tuple(organization_mark(key) for key in organizations),
            tuple(theme_mark(key) for key in themes),
            tuple(year_mark(year) for year in years),
        )
        return cls(query, tuple(group for group in groups if group))
