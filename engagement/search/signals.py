"""Change signals: the index kept true with every write, in the same transaction."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Model, Value
from django.db.models.signals import post_delete

from engagement.core.change_signals import Keys, notify, subscribe
from engagement.followups.models import FollowUp
from engagement.minutes.models import MinutesSending, MinutesVersion
from engagement.topics.models import Topic
from meetings.models import Discussion, Document, Meeting, Outcome, Party, Position, Series
from organizations.models import Identifier, OtherName

from .indexing import portions, reindex
from .models import KIND_OF, Entry

UNDER_A_TOPIC: tuple[tuple[str, type[Model], str], ...] = (
    ("discussion", Discussion, "topic"),
    ("position", Position, "discussion__topic"),
    ("outcome", Outcome, "discussion__topic"),
    ("followup", FollowUp, "discussion__topic"),
)
"""What takes something from the topic it is about."""
BESIDE: tuple[tuple[type[Model], str, str], ...] = (
    (OtherName, "organization", "organization"),
    (Identifier, "organization", "organization"),
    (Party, "meeting", "meeting"),
    (Topic.themes.through, "topic", "topic"),
    (Discussion.themes.through, "discussion", "discussion"),
    (Discussion.mentions.through, "discussion", "discussion"),
    (MinutesSending, "version_sent", "minutes"),
)
"""What stands in rows of its own and belongs to the text of a record; selections are told so where written in bulk."""

Told = defaultdict[str, set[int]]


def start() -> None:
    """Follow every model that something in the index is made from."""
    subscribe([*KIND_OF, *(model for model, _column, _kind in BESIDE)], keep_true)
    post_delete.connect(_part_gone, sender=Party, dispatch_uid="search.party")
    post_delete.connect(_part_gone, sender=Discussion, dispatch_uid="search.discussion")


def _part_gone(instance: Party | Discussion, **kwargs: object) -> None:
    """A deleted part cannot be asked which meeting it belonged to."""
    notify(Meeting, [instance.meeting_id])


def keep_true(written: Keys) -> None:
    """Bring the entries of the written records up to date, and those of records that take facts from them.

    Always in one order, what others take from first, so that two people who write do not wait for each other.
    """
    told: Told = defaultdict(set)
    for model, keys in written.items():
        if model in KIND_OF:
            told[KIND_OF[model].name] |= keys
    for model, column, kind in BESIDE:
        told[kind] |= _keys(model, "pk", written.get(model, ()), of=column)
    told["meeting"] |= _keys(Discussion, "pk", told["discussion"], of="meeting")
    with transaction.atomic(savepoint=False):
        _hold_names(told)
        _follow_down(told)


def _follow_down(told: Told) -> None:
    for kind in ("organization", "theme", "reference"):
        reindex(kind, told[kind])
    if renamed := reindex("series", told["series"]):
        told["meeting"] |= _keys(Meeting, "series", renamed)
    if renamed := reindex("topic", told["topic"]):
        discussed = _keys(Discussion, "topic", renamed)
        told["discussion"] |= discussed
        told["meeting"] |= _keys(Discussion, "pk", discussed, of="meeting")
    if moved := reindex("meeting", told["meeting"]):
        _add_parts(told, _AT_A_MEETING, "meeting", moved)
        told["minutes"] |= _keys(MinutesVersion, "minutes__meeting", moved)
    if renamed := reindex("discussion", told["discussion"]):
        _add_parts(told, _OF_A_DISCUSSION, "discussion", renamed)
    for kind in ("position", "outcome", "document", "followup", "minutes"):
        reindex(kind, told[kind])


_AT_A_MEETING: tuple[tuple[str, type[Model]], ...] = (
    ("discussion", Discussion),
    ("position", Position),
    ("outcome", Outcome),
    ("document", Document),
    ("followup", FollowUp),
)
_OF_A_DISCUSSION = tuple((kind, model) for kind, model, _topic in UNDER_A_TOPIC[1:])


def _add_parts(told: Told, parts: Iterable[tuple[str, type[Model]]], name: str, values: Iterable[int]) -> None:
    """The rows of several models that name one of these; one statement for all."""
    for portion in portions(values):
        first, *others = (
            model._base_manager.filter(**{f"{name}__in": portion}).order_by().values_list(Value(kind), "pk")
            for kind, model in parts
        )
        for kind, key in first.union(*others, all=True):
            told[kind].add(key)


def _keys(model: type[Model], name: str, values: Iterable[int], of: str = "pk") -> set[int]:
    """Of the rows that name one of these, the keys or another column."""
    found: set[int] = set()
    for portion in portions(values):
        rows = model._base_manager.filter(**{f"{name}__in": portion}).order_by()
        found.update(rows.values_list(of, flat=True).distinct())
    return found


def _hold_names(told: Told) -> None:
    """Wait for whoever is renaming a topic or series of what was written: what is new is not yet seen by them.

    Nobody holds an entry while waiting for one.
    """
    if connection.vendor != "postgresql":  # there, one writes at a time
        return
    topics: set[int] = set()
    for kind, model, path in UNDER_A_TOPIC:
        topics |= _keys(model, "pk", told[kind], of=path)
    _hold(Series, told["series"], _keys(Meeting, "pk", _without_entry(told["meeting"]), of="series"))
    _hold(Topic, told["topic"], topics)


def _without_entry(meetings: set[int]) -> set[int]:
    """Those that are new; of the others the entry is locked, and whoever holds their series may be waiting for them."""
    known = set[int]()
    for portion in portions(meetings):
        entries = Entry._base_manager.filter(kind="meeting", source__in=portion).order_by()
        known.update(entries.values_list("source", flat=True))
    return meetings - known


def _hold(model: type[Model], renamed: set[int], used: Iterable[int | None]) -> None:
    if renamed:
        rows = model._base_manager.filter(pk__in=renamed).order_by("pk")
        list(rows.select_for_update(no_key=True).values_list("pk"))
    if others := set(used) - renamed - {None}:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id FROM {model._meta.db_table} WHERE id = ANY(%s) ORDER BY id FOR SHARE", [sorted(others)]
            )
