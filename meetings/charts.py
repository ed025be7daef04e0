"""Numbers by year, as bars and as a table."""

from collections.abc import Mapping
from dataclasses import dataclass

SHOWN = 8  # as many bars as fit beside a page


@dataclass(frozen=True)
class YearChart:
    """How often something happened each year; the bars and the table show the same rows."""

    rows: list[tuple[int, int]]
    is_cut: bool

    @classmethod
    def of(cls, numbers: Mapping[int, int]) -> "YearChart":
        """Every year from the first to the last, those in which nothing happened too."""
        years = range(min(numbers), max(numbers) + 1) if numbers else range(0)
        rows = [(year, numbers.get(year, 0)) for year in years]
        return cls(rows[-SHOWN:], len(rows) > SHOWN)

    @property
    def width(self) -> int:
        return 60 * len(self.rows)
