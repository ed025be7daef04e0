"""Content of minutes: one JSON document made from the record for one audience, and a reader's part of it now.

The record is read as somebody of that audience reads it, through ``visible_to`` and nothing else.
"""

import json
from collections.abc import Iterator
from typing import cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.core.models import Visibility
from engagement.core.types import Reader
from engagement.followups.models import FollowUp
from meetings.models import Meeting, Party
from meetings.public_content import PART, VISITOR, Content, canonical, contents, own_form, published_form, sha256_of
from meetings.version_redaction import WITHHELD, redacted

FORMAT = 1


def somebody(audience: int, meeting: Meeting) -> Reader:
    """A reader of this audience who is nobody in particular: no account, no role."""
    if audience == Visibility.PUBLIC:
        return VISITOR
    if audience == Visibility.INTERNAL:
        return User(pk=0, is_superuser=True)
    seats = meeting.parties.exclude(side=Party.Side.HOST).order_by("order", "pk")
    return somebody_of(*seats.values_list("organization", flat=True)[:1])


def somebody_of(*organizations: int) -> Reader:
    """A reader who acts for these organizations, given by key, and is nobody in particular."""
    nobody = User(pk=0)
    nobody.stands_for = frozenset(organizations)
    return nobody


def read(meeting: Meeting, audience: int, texts: dict[str, object]) -> Content:
    """The minutes as the record has them now; ValidationError where this audience cannot see the meeting."""
    record = contents([meeting.pk], somebody(audience, meeting)).get(meeting.pk)
    if record is None:
        text = _("First set “Who can see it” of the meeting to “Shared with the counterpart”.")
        if audience == Visibility.PUBLIC:
            text = _("First publish the meeting.")
        raise ValidationError(text, code="not_visible")
    _add_due_dates(record)
    whole: Content = {"format": FORMAT, "audience": Visibility(audience).name.lower(), "texts": texts, "record": record}
    return cast(Content, json.loads(canonical(whole)))


def _add_due_dates(record: Content) -> None:
    """Until when each promise was to be kept, as the minutes say it: later moves are no correction of them."""
    promises = cast(list[Content], record.get("followups") or [])
    keys = [cast(list[int], promise[PART])[1] for promise in promises]
    due = dict(FollowUp.objects.filter(pk__in=keys).values_list("pk", "due_on"))
    for promise, key in zip(promises, keys, strict=True):
        promise["due_on"] = due.get(key)


def record_of(content: Content) -> Content:
    return cast(Content, content["record"])


def texts_of(content: Content) -> dict[str, str]:
    return cast(dict[str, str], content["texts"])


def checksum(content: Content) -> str:
    return sha256_of(published_form(content))


def own_checksum(content: Content) -> str:
    """The checksum by which versions are compared: without the names of other records and the version's number."""
    return sha256_of(own_form({name: content[name] for name in ("audience", "texts", "record")}))


def bytes_of(content: Content) -> bytes:
    """The canonical bytes that everybody reads, of which the SHA-256 is."""
    return canonical(published_form(content))


def narrowed(content: Content, reader: Reader) -> Content:
    """The kept content, without anything hidden from this reader now; parts that are left out leave no trace."""
    (found,) = redacted([content], reader)
    return cast(Content, _without_gaps(found))


def _without_gaps(value: object) -> object:
    if isinstance(value, list):
        return [_without_gaps(one) for one in value if not (isinstance(one, dict) and one.get(WITHHELD))]
    if isinstance(value, dict):
        return {name: _without_gaps(one) for name, one in value.items()}
    return value


def parts_of(content: Content) -> Iterator[tuple[str, int]]:
    """The parts that can be commented on: discussions, positions, outcomes, promises; as model and key."""
    record = record_of(content)
    for name in ("discussions", "outcomes", "followups"):
        for piece in cast(list[Content], record.get(name) or []):
            yield _row(piece)
            for inner in ("positions", "outcomes") if name == "discussions" else ():
                yield from (_row(one) for one in cast(list[Content], piece.get(inner) or []))


def _row(piece: Content) -> tuple[str, int]:
    label, key = cast(list[object], piece[PART])
    return str(label), int(cast(int, key))


def name_of(part: tuple[str, int]) -> str:
    """The name of a part, as comments and the lines of a version have it."""
    return f"{part[0]}-{part[1]}"
