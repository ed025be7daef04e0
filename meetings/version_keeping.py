"""Version keeping (a subscriber of change signals): a new version whenever the public content of a meeting changed.

It runs at the end of the outermost save, in its transaction, whoever saves: a form, a verb, an import, a merge. The
meeting is locked, so two changes at one moment make two versions, one after the other. A hidden change makes none, nor
does another name of an organization or topic. See docs/decisions/published-versions.md.
"""

import datetime as dt
import json
from collections.abc import Collection
from typing import cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from engagement.core.change_signals import Keys, found_at_the_end, subscribe
from engagement.core.models import Stamp, Visibility
from engagement.core.queries import batched

from .models import Discussion, Meeting, PublishedVersion, preparing
from .models.correction_notes import note_under_way
from .public_content import PUBLIC_CONTENT, Content, canonical, contents, own_form, published_form, sha256_of

PORTION = 500

PARTS: list[tuple[type[Model], str]] = [
    *((part, "meeting") for part in preparing.PARTS),
    *((getattr(Discussion, name).through, "discussion__meeting") for name in ("themes", "references", "mentions")),
]
"""What a meeting's content is made from besides its own row, and the way from it to the meeting."""


class WithoutNote(ValidationError):
    """A correction without a note, where one is required."""

    def __init__(self, meeting: Meeting) -> None:
        self.record = meeting
        super().__init__({"correction": _("Readers will see this change. Enter what was corrected.")})


def start() -> None:
    """Follow the meeting and its parts."""
    subscribe([Meeting, *(part for part, _way in PARTS)], keep_true)


def follow(part: type[Model], way: str) -> None:
    """Follow the models that an app above adds to the content (``public_content.adds``) as well."""
    PARTS.append((part, way))
    subscribe([part], keep_true)


def keep_true(written: Keys) -> None:
    """Make the versions that are missing of meetings of which this was written."""
    keys = set(written.get(Meeting, ()))
    for part, way in PARTS:
        keys |= _meetings_of(part, way, written.get(part, ()))
    with transaction.atomic(savepoint=False):
        for portion in batched(sorted(keys), PORTION):
            _keep(portion, written)


def keep_first_versions() -> int:
    """A version of each public meeting that has none: published before there were versions, or loaded in bulk."""
    kept = PublishedVersion._base_manager.filter(meeting=OuterRef("pk"))
    public = Meeting._base_manager.filter(~Exists(kept), effective_visibility=Visibility.PUBLIC)
    keys = list(public.order_by("pk").values_list("pk", flat=True))
    for portion in batched(sorted(keys), PORTION):
        with transaction.atomic():
            _keep(portion, {})
            Stamp.objects.put()
    return len(keys)


def reads_otherwise(meeting: Meeting) -> bool:
    """Whether visitors read something else of a meeting now than its latest version says."""
    last = _latest([meeting.pk]).get(meeting.pk)
    now = contents([meeting.pk]).get(meeting.pk)
    return now is not None and (last is None or last.own_sha256 != sha256_of(own_form(now)))


def _meetings_of(part: type[Model], way: str, keys: Collection[int]) -> set[int]:
    """The meetings that have these parts, or had them: what was taken out stands in its history alone."""
    found: set[int | None] = set()
    for portion in batched(sorted(keys), PORTION):
        rows = part._base_manager.filter(pk__in=portion).order_by().values_list(way)
        if (history := getattr(part, "history", None)) is not None:
            rows = rows.union(history.filter(id__in=portion).order_by().values_list(way))
        found.update(key for (key,) in rows)
    return {key for key in found if key is not None}


def _keep(keys: Collection[int], written: Keys) -> None:
    """Make the versions that these meetings lack; those that are not public lack none."""
    public = {meeting.pk: meeting for meeting in _locked(keys)}
    if not public:
        return
    last, now = _latest(public), _read(public)
    missing = [
        version for key, content in now.items() if (version := _next(public[key], last.get(key), content)) is not None
    ]
    if missing:
        _say_who(missing, written)
        PublishedVersion.objects.bulk_create(missing)


def _read(keys: Collection[int]) -> dict[int, Content]:
    """The content that visitors read of these meetings; of those compared at the end of this save, as read there."""
    found = found_at_the_end()
    known = {key: cast(Content, found[PUBLIC_CONTENT, key]) for key in keys if (PUBLIC_CONTENT, key) in found}
    unknown = [key for key in keys if key not in known]
    return {**known, **(contents(unknown) if unknown else {})}


def _locked(keys: Collection[int]) -> "QuerySet[Meeting]":
    rows: QuerySet[Meeting] = Meeting._base_manager.filter(pk__in=keys, effective_visibility=Visibility.PUBLIC)
    return rows.order_by("pk").only("published_at", "published_by").select_for_update()


def _latest(keys: Collection[int]) -> dict[int, PublishedVersion]:
    rows = PublishedVersion.objects.filter(meeting__in=keys).without_content().order_by("meeting", "number")
    return {version.meeting_id: version for version in rows}


def _next(meeting: Meeting, last: PublishedVersion | None, content: Content) -> PublishedVersion | None:
    """The version that follows; None where it would say the same, and the meeting was not published anew."""
    own = sha256_of(own_form(content))
    is_first = last is None or last.published_at != meeting.published_at
    if last is not None and not is_first and last.own_sha256 == own:
        return None
    note = note_under_way()
    if note.is_asked and not note.text and not is_first:
        raise WithoutNote(meeting)
    return PublishedVersion(
        meeting=meeting,
        number=last.number + 1 if last else 1,
        by_id=meeting.published_by_id if is_first else None,
        note=note.text,
        published_at=meeting.published_at,
        published_by_id=meeting.published_by_id,
        content=json.loads(canonical(content)),
        sha256=sha256_of(published_form(content)),
        own_sha256=own,
    )


def _say_who(versions: list[PublishedVersion], written: Keys) -> None:
    """Who corrected them: whoever stands last in the history of what was just written."""
    corrected = {version.meeting_id: version for version in versions if version.by_id is None}
    latest: dict[int, dt.datetime] = {}
    models: list[tuple[type[Model], str]] = [(Meeting, "id"), *PARTS] if corrected else []
    for model, way in models:
        history = getattr(model, "history", None)
        if history is None or not (keys := list(written.get(model, ()))[:PORTION]):
            continue
        rows = history.filter(**{"id__in": keys, f"{way}__in": list(corrected)}).order_by("history_id")
        for key, at, who in rows.values_list(way, "history_date", "history_user_id"):
            if at >= latest.get(key, at):
                latest[key], corrected[key].by_id = at, who
