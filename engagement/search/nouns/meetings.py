"""Meetings, and what their parts take from them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import F
from django.utils.translation import override
from num2words import num2words

from engagement.core.folding import fold_key
from engagement.topics.models import Topic
from meetings.models import Discussion, Meeting, Party
from meetings.models.status import Status

from .draft import Draft, joined
from .names import selected

MOST_DAYS = 30
_FIELDS = (
    "pk", "reference", "title", "starts_on", "ends_on", "ordinal", "kind", "effective_visibility", "purpose", "summary",
    "source_note", "venue", "city", "status", "cancellation_reason", "postponement_reason", "internal_notes",
    "withdrawal_reason",
    "cancellation_note", "postponement_note", "series__title",
)  # fmt: skip


def meetings(keys: Sequence[int]) -> Iterator[Draft]:
    parties, themes = parties_of(keys), _themes_at(keys)
    for row in Meeting._base_manager.filter(pk__in=keys).values(*_FIELDS):
        key, day = row["pk"], row["starts_on"]
        shown, hidden = _reasons(row)
        called, counted = _numbered(row)
        yield Draft(
            "meeting",
            key,
            heading=row["title"],
            also_called=joined(row["reference"], called),
            body=joined(row["purpose"], row["summary"], row["source_note"], *shown),
            inside=joined(row["internal_notes"], row["withdrawal_reason"], *hidden),
            context=joined(row["venue"], row["city"], counted),
            level=row["effective_visibility"],
            meeting=key,
            happened_on=day,
            year=day.year if day else None,
            days=days_between(day, row["ends_on"]),
            organizations=parties[key],
            themes=themes[key],
        )


def _reasons(row: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Why it was cancelled or postponed: on its page as long as that is how it stands."""
    shown: list[str] = []
    hidden: list[str] = [row["cancellation_note"], row["postponement_note"]]
    for status, name in ((Status.CANCELLED, "cancellation_reason"), (Status.POSTPONED, "postponement_reason")):
        (shown if row["status"] == status else hidden).append(row[name])
    return shown, hidden


def _numbered(row: dict[str, Any]) -> tuple[str, str]:
    """``second bilateral meeting, 2nd bilateral meeting``: what it is called, if its series is, and what it is besides.

    In English, as the kinds are, whatever is read.
    """
    if row["ordinal"] is None:
        return "", ""
    with override("en"):
        kind = str(Meeting.Kind(row["kind"]).label)
    numbers = [num2words(row["ordinal"], to=how) for how in ("ordinal", "ordinal_num")]
    full = joined(*(f"{number} {kind}" for number in numbers))
    if fold_key(kind).split()[0] in fold_key(row["series__title"] or "").split():
        return full, ""
    return joined(*(f"{number} meeting" for number in numbers)), full


def days_between(first: date | None, last: date | None) -> list[date]:
    """Every day that a meeting lasted; of very many the first."""
    if first is None:
        return []
    number = min((last - first).days, MOST_DAYS) if last else 0
    return [first + timedelta(days=day) for day in range(number + 1)]


def parties_of(meetings: Iterable[int]) -> "defaultdict[int, list[int]]":
    """The organizations at the table."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    rows = Party._base_manager.filter(meeting__in=meetings).order_by("organization")
    for meeting, organization in rows.values_list("meeting", "organization"):
        found[meeting].append(organization)
    return found


def _themes_at(meetings: Sequence[int]) -> dict[int, set[int]]:
    """What was discussed, as far as everybody who sees the meeting may know it."""
    rows = Discussion._base_manager.filter(
        meeting__in=meetings, effective_visibility__gte=F("meeting__effective_visibility")
    )
    places = list(rows.values_list("pk", "meeting", "topic"))
    found = themes_of([(key, topic) for key, _meeting, topic in places])
    by_meeting: dict[int, set[int]] = defaultdict(set)
    for key, meeting, _topic in places:
        by_meeting[meeting].update(found[key])
    return by_meeting


def themes_of(discussions: Iterable[tuple[int, int | None]]) -> "defaultdict[int, list[int]]":
    """The themes of discussions (key, topic): their own or, where none were chosen, those of the topic."""
    pairs = list(discussions)
    own = selected(Discussion.themes.through, "discussion", "theme", [key for key, _topic in pairs])
    topics = {topic for key, topic in pairs if topic and not own[key]}
    inherited = selected(Topic.themes.through, "topic", "theme", list(topics)) if topics else defaultdict(list)
    return defaultdict(list, {key: own[key] or (inherited[topic] if topic else []) for key, topic in pairs})
