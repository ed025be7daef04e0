"""Four eyes: who counts as having prepared a publication, by the history."""

import datetime as dt

from engagement.core.types import Actor, SignedIn

from .discussions import Discussion, Position
from .documents import Document
from .meeting import Meeting
from .outcomes import Outcome
from .participants import Participant
from .parties import Party

PARTS = (Party, Participant, Discussion, Position, Outcome, Document)
INSIDE = {"visibility", "internal_notes", "publication_due_on"}
"""Of a meeting's own fields that people fill in, those that are not its text."""


def has_prepared(meeting: Meeting, person: Actor) -> bool:
    """Whether a user saved it first, or changed its text or its parts since it was last published."""
    if person is None:
        return False
    if person == meeting.prepared_by:
        return True
    since = last_public(meeting)
    return _changed_text(meeting, person, since) or any(
        model.history.filter(meeting=meeting.pk, history_user=person, history_date__gt=since).exists()
        for model in PARTS
    )


def last_public(meeting: Meeting) -> dt.datetime:
    """When it was last published, as its history has it; the beginning of time if never."""
    rows = Meeting.history.filter(id=meeting.pk, published_at__isnull=False).order_by("-history_date", "-history_id")
    return rows.values_list("history_date", flat=True).first() or dt.datetime.min.replace(tzinfo=dt.UTC)


def _changed_text(meeting: Meeting, person: SignedIn, since: dt.datetime) -> bool:
    """Whether a save changed text: moving, publishing or choosing rules does not."""
    names = [
        field.attname
        for field in Meeting._meta.concrete_fields
        if field.editable and not field.primary_key and field.name not in INSIDE
    ]
    rows = Meeting.history.filter(id=meeting.pk).order_by("history_date", "history_id")
    before: tuple[object, ...] | None = None
    for when, user, *text in rows.values_list("history_date", "history_user", *names):
        if user == person.pk and when > since and tuple(text) != before:
            return True
        before = tuple(text)
    return False
