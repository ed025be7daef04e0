"""What stands on a meeting's page: discussions, positions, outcomes, documents.

They carry the heading of what they belong to, and date and parties of their meeting; its title and the names of
organizations would have to be written anew everywhere when one of these changes.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from meetings.models import Discussion, Document, Outcome, Position

from .draft import Draft
from .meetings import parties_of, themes_of
from .names import selected

_AT = ("pk", "meeting", "meeting__starts_on", "effective_visibility")
_UNDER = (*_AT, "discussion", "discussion__title", "discussion__topic", "discussion__topic__title")


def _rows(model: Any, keys: Sequence[int], *fields: str) -> list[dict[str, Any]]:
    return list(model._base_manager.filter(pk__in=keys).values(*fields))


def _place(row: dict[str, Any]) -> dict[str, Any]:
    """Who sees it, where and when it was."""
    day = row["meeting__starts_on"]
    return {
        "level": row["effective_visibility"],
        "meeting": row["meeting"],
        "happened_on": day,
        "year": day.year if day else None,
    }


def _above(row: dict[str, Any]) -> str:
    """The heading of the discussion it belongs to."""
    return row["discussion__title"] or row["discussion__topic__title"] or ""


def discussions(keys: Sequence[int]) -> Iterator[Draft]:
    rows = _rows(Discussion, keys, *_AT, "title", "topic", "topic__title", "said", "internal_notes")
    parties = parties_of({row["meeting"] for row in rows})
    mentioned = selected(Discussion.mentions.through, "discussion", "organization", keys)
    themes = themes_of((row["pk"], row["topic"]) for row in rows)
    for row in rows:
        topic = row["topic__title"] or ""
        yield Draft(
            "discussion",
            row["pk"],
            heading=row["title"] or topic,
            body=row["said"],
            inside=row["internal_notes"],
            context=topic if row["title"] else "",
            organizations={*parties[row["meeting"]], *mentioned[row["pk"]]},
            themes=themes[row["pk"]],
            **_place(row),
        )


def positions(keys: Sequence[int]) -> Iterator[Draft]:
    rows = _rows(Position, keys, *_UNDER, "statement", "organization", "is_joint")
    parties = parties_of({row["meeting"] for row in rows if row["is_joint"]})
    themes = themes_of({(row["discussion"], row["discussion__topic"]) for row in rows})
    for row in rows:
        yield Draft(
            "position",
            row["pk"],
            heading=_above(row),
            is_own_heading=False,
            body=row["statement"],
            organizations=parties[row["meeting"]] if row["is_joint"] else [row["organization"]],
            themes=themes[row["discussion"]],
            **_place(row),
        )


def outcomes(keys: Sequence[int]) -> Iterator[Draft]:
    """Of the organizations it is by and to; by nobody in particular means by all of them together."""
    rows = _rows(Outcome, keys, *_UNDER, "text", "by", "to")
    parties = parties_of({row["meeting"] for row in rows if row["by"] is None})
    themes = themes_of({(row["discussion"], row["discussion__topic"]) for row in rows if row["discussion"]})
    for row in rows:
        by = parties[row["meeting"]] if row["by"] is None else [row["by"]]
        yield Draft(
            "outcome",
            row["pk"],
            heading=_above(row),
            is_own_heading=False,
            body=row["text"],
            organizations={*by, row["to"]} - {None},
            themes=themes[row["discussion"]] if row["discussion"] else (),
            **_place(row),
        )


def documents(keys: Sequence[int]) -> Iterator[Draft]:
    rows = _rows(Document, keys, *_AT, "title", "number")
    parties = parties_of({row["meeting"] for row in rows})
    for row in rows:
        number = row["number"]
        yield Draft(
            "document",
            row["pk"],
            heading=row["title"],
            also_called=number,
            body=number,
            organizations=parties[row["meeting"]],
            **_place(row),
        )
