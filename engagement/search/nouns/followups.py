"""Follow-ups: what was promised, and what became of it."""

from collections.abc import Iterator, Sequence
from typing import Any

from engagement.core.models import Visibility
from engagement.followups.models import FollowUp

from .draft import Draft, joined
from .meetings import parties_of, themes_of

_FIELDS = (
    "pk", "reference", "title", "details", "result", "due_on", "effective_visibility", "meeting", "discussion",
    "discussion__topic", "owner", "waiting_on",
)  # fmt: skip


def followups(keys: Sequence[int]) -> Iterator[Draft]:
    """Dated by when it is due; without a date it belongs to the year of its reference."""
    rows = list(FollowUp._base_manager.filter(pk__in=keys).values(*_FIELDS))
    parties = parties_of({row["meeting"] for row in rows if row["meeting"]})
    themes = themes_of({(row["discussion"], row["discussion__topic"]) for row in rows if row["discussion"]})
    for row in rows:
        due, seated = row["due_on"], parties[row["meeting"]] if row["meeting"] else []
        owners = seated if row["owner"] is None else [row["owner"]]
        yield Draft(
            "followup",
            row["pk"],
            heading=row["title"],
            also_called=row["reference"],
            body=joined(row["details"], row["result"]),
            level=row["effective_visibility"],
            meeting=row["meeting"],
            owner=row["owner"],
            happened_on=due,
            year=due.year if due else _year_of(row["reference"]),
            organizations={*owners, row["waiting_on"]} - {None},
            themes=themes[row["discussion"]] if _origin_is_known(row, seated) else (),
        )


def _origin_is_known(row: dict[str, Any], seated: Sequence[int]) -> bool:
    """An owner who was not at the table may see its promise and not where it was made, nor on what."""
    if row["discussion"] is None:
        return False
    is_shared = row["effective_visibility"] == Visibility.SHARED
    return not is_shared or row["owner"] is None or row["owner"] in seated


def _year_of(reference: str) -> int | None:
    """``FU-2025-031`` is of 2025."""
    year = reference.split("-")[1:2]
    return int(year[0]) if year and year[0].isdigit() else None
