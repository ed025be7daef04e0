"""What public bodies publish: files of our own making in its shape, always read; the real ones, where they are.

The small ones have the same traps: two lines before the rows, names with commas in cells of several names, subjects of
several lines or beginning with a space, rows that are there twice, one meeting in two cabinets, subjects still to come.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.missing import PUBLISHED, gaps

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Published:
    """A file of meetings, twice, and a register; and what is counted in them."""

    csv: Path
    xlsx: Path
    register: Path
    rows: int
    repeated: int
    """Rows that are there already, word for word."""
    numbers: int
    joined: int
    """Rows of several organizations."""
    alone: int
    """Numbers that have a row to themselves."""
    places: int
    understood: int
    """Places, and rows, whose city, country or mode is plain."""
    organizations: int
    kinds: int
    problems: tuple[tuple[str, int], ...]


INVENTED = Published(
    HERE / "meetings.csv",
    HERE / "meetings.xlsx",
    HERE / "register.csv",
    rows=13,
    repeated=1,
    numbers=7,
    joined=3,
    alone=7,
    places=9,
    understood=12,
    organizations=14,
    kinds=13,
    problems=(("acronym_too_long", 1), ("no_address", 1)),
)
REAL = Published(
    PUBLISHED / "ec_meetings_2019-2023.csv",
    PUBLISHED / "ec_meetings_2019-2023.xlsx",
    PUBLISHED / "registre_assemblee_nationale_v2_170805.csv",
    rows=12_375,
    repeated=26,
    numbers=4_153,
    joined=1_580,
    alone=2_995,
    places=672,
    understood=12_352,
    organizations=327,
    kinds=13,
    problems=(("acronym_too_long", 3), ("no_address", 4)),
)
IF_THERE = pytest.mark.skipif(not PUBLISHED.is_dir(), reason=gaps().get("real_files", ""))
BOTH = [pytest.param(INVENTED, id="invented"), pytest.param(REAL, id="real", marks=[pytest.mark.real_files, IF_THERE])]
