"""A query together with what the answer is narrowed to."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .query import Query

NO_MARKS: tuple[tuple[str, ...], ...] = ()


def organization_mark(key: int) -> str:
    """The word under which everything of or about an organization stands in the index."""
    return f"o{key}"


def theme_mark(key: int) -> str:
    return f"t{key}"


def year_mark(year: int) -> str:
    return f"y{year}"


def kind_mark(kind: str) -> str:
    return f"k{kind}"


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
