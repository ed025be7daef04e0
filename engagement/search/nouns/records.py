"""Index entries of meetings and follow-ups, and of the parts of an agenda with the facts of their meeting."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, Model, OuterRef
from django.utils.translation import override
from num2words import num2words

from engagement.core.folding import fold_key
from engagement.core.models import Visibility
from engagement.core.partial_dates import PartialDate, Precision
from engagement.followups.models import FollowUp
from engagement.minutes.models import Minutes, MinutesSending, MinutesVersion
from engagement.topics.models import Topic
from meetings.models import Discussion, Document, Meeting, Outcome, Party, Position
from meetings.models.status import Status

from . import Draft, joined
from .names import selected

MOST_DAYS = 30
_FIELDS = (
    "pk", "reference", "title", "starts_on", "ends_on", "date_precision", "ordinal", "kind", "effective_visibility",
    "purpose", "summary", "source_note", "venue", "city", "status", "cancellation_reason", "postponement_reason",
    "internal_notes", "withdrawal_reason", "withdrawal_notice", "exemption_text",
    "cancellation_note", "postponement_note", "series__title",
)  # fmt: skip

_INSIDE = ("internal_notes", "withdrawal_reason", "withdrawal_notice", "exemption_text")


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
            inside=joined(*(row[name] for name in _INSIDE), *hidden),
            context=joined(row["venue"], row["city"], counted),
            level=row["effective_visibility"],
            meeting=key,
            happened_on=day,
            year=day.year if day else None,
            days=days_between(day, row["ends_on"], row["date_precision"]),
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


def days_between(first: date | None, last: date | None, precision: str | None) -> list[PartialDate]:
    """Every day that a meeting lasted, of very many the first; or the month or year of which no more is known."""
    on = PartialDate.of(first, precision or Precision.DAY)
    if on is None or first is None or last is None:
        return [on] if on else []
    return [PartialDate(first + timedelta(days=day)) for day in range(min((last - first).days, MOST_DAYS) + 1)]


def parties_of(meetings: Iterable[int]) -> "defaultdict[int, list[int]]":
    """The organizations at the table."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    rows = Party._base_manager.filter(meeting__in=meetings).order_by("organization")
    for meeting, organization in rows.values_list("meeting", "organization"):
        found[meeting].append(organization)
    return found


def _themes_at(meetings: Sequence[int]) -> dict[int, set[int]]:
    """The themes of a meeting's discussions, as far as everybody who sees the meeting may know them."""
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


_FOLLOWUP_FIELDS = (
    "pk", "reference", "title", "details", "result", "due_on", "effective_visibility", "meeting", "discussion",
    "discussion__topic", "owner", "waiting_on",
)  # fmt: skip


def followups(keys: Sequence[int]) -> Iterator[Draft]:
    """Dated by when it is due; without a date it belongs to the year of its reference."""
    rows = list(FollowUp._base_manager.filter(pk__in=keys).values(*_FOLLOWUP_FIELDS))
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


_AT = ("pk", "meeting", "meeting__starts_on", "effective_visibility")
_UNDER = (*_AT, "discussion", "discussion__title", "discussion__topic", "discussion__topic__title")


def _rows(model: type[Model], keys: Sequence[int], *fields: str) -> list[dict[str, Any]]:
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
    """Entries of outcomes. An outcome by nobody in particular is by all parties of its meeting together."""
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


_OF_MINUTES = {
    "meeting": F("minutes__meeting"),
    "title": F("minutes__meeting__title"),
    "meeting__starts_on": F("minutes__meeting__starts_on"),
    "of_meeting": F("minutes__meeting__effective_visibility"),
    "published_at": F("minutes__meeting__published_at"),
    "is_sent": Exists(MinutesSending._base_manager.filter(version_sent=OuterRef("pk"))),
}


def minutes(keys: Sequence[int]) -> Iterator[Draft]:
    """Minutes by their reference and the title of the meeting; their words are found where the record has them."""
    rows = list(
        MinutesVersion._base_manager.filter(pk__in=keys)
        .annotate(**_OF_MINUTES)
        .values("pk", "audience", "at", "content__reference", *_OF_MINUTES)
    )
    parties = parties_of({row["meeting"] for row in rows})
    with override("en"):
        called = str(Minutes._meta.verbose_name).capitalize()
    for row in rows:
        yield Draft(
            "minutes",
            row["pk"],
            heading="",
            is_own_heading=False,
            body=f"{called} {row['content__reference']}",
            context=row["title"],
            organizations=parties[row["meeting"]],
            **_place({**row, "effective_visibility": _level_of_minutes(row)}),
        )


def _level_of_minutes(row: dict[str, Any]) -> int:
    """As ``MinutesVersion.objects.visible_to`` says: once sent, or while the meeting is public."""
    audience, level = row["audience"], row["of_meeting"]
    if audience == Visibility.PUBLIC:
        is_read = level == Visibility.PUBLIC and row["published_at"] and row["at"] >= row["published_at"]
        return int(Visibility.PUBLIC if is_read else Visibility.INTERNAL)
    is_read = audience == Visibility.SHARED and row["is_sent"]
    return int(min(audience, level) if is_read else Visibility.INTERNAL)
