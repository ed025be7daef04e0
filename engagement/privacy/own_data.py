"""Data export of one person (GDPR access): everything that is held, as one document, JSON or text to read.

The records that are the person's by key, with their history; what an account did and set; and each place where the name
stands. Passwords and digests are left out.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import TypeAlias, cast

from django.core.exceptions import ObjectDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from engagement.accounts.models import CalendarLink, ExportLog, SavedView, User, ViewAsLog
from engagement.core.models import Record
from engagement.followups.models import FollowUp, Report
from engagement.minutes.models import MinutesAgreement, MinutesComment, MinutesLink
from engagement.reminders.models import Digest, PublishingReminder, SentReminder
from meetings.models import AgendaProposal, Participant
from organizations.models import Organization, Person, Post, Representative

from .erasing import Target
from .spellings import Spellings
from .text_columns import named_rows

Rows: TypeAlias = list[dict[str, object]]
Held: TypeAlias = "dict[str, Rows]"
NOT_TOLD = {"password", "digest", "search_text", "sort_key", "version", "root_version", "effective_visibility"}
OF_ACCOUNTS: tuple[tuple[type[Model], str], ...] = (
    (Representative, "user"),
    (Organization, "lead"),
    (FollowUp, "assignee"),
    (FollowUp, "chaser"),
    (Report, "reported_by"),
    (AgendaProposal, "by"),
    (MinutesLink, "person"),
    (MinutesComment, "by"),
    (MinutesAgreement, "by"),
    (SavedView, "owner"),
    (CalendarLink, "user"),
    (ExportLog, "user"),
    (ViewAsLog, "user"),
    (Digest, "person"),
    (PublishingReminder, "person"),
    (SentReminder, "person"),
)


def held_on(target: Target) -> Held:
    """By kind of record, each row with its fields as people call them."""
    found: Held = {}
    person = target.person
    spellings = target.spellings()
    participants = target.participants(spellings)
    if person is not None:
        _add(found, Person._base_manager.filter(pk=person.pk))
        _add(found, Post._base_manager.filter(person=person.pk).select_related("organization"))
    rows = Participant._base_manager.filter(pk__in=[one.pk for one in participants])
    _add(found, rows.select_related("meeting", "party__organization", "person"))
    if target.accounts:
        keys = [user.pk for user in target.accounts]
        _add(found, User._base_manager.filter(pk__in=keys))
        for model, name in OF_ACCOUNTS:
            _add(found, model._base_manager.filter(**{f"{name}__in": keys}))
    if target.namesakes(spellings):
        spellings = Spellings(text for text in spellings.texts if "@" in text)
    found[_("The name appears in")] = list(_places(spellings))
    return {kind: rows for kind, rows in found.items() if rows}


def _add(found: Held, rows: "QuerySet[Model]") -> None:
    kind = capfirst(str(rows.model._meta.verbose_name_plural))
    found.setdefault(kind, []).extend(_told(row) for row in rows.order_by("pk"))
    if issubclass(rows.model, Record):
        past = rows.model.history.filter(id__in=rows.order_by().values("pk")).order_by("id", "history_id")  # type: ignore[attr-defined]
        found.setdefault(_("%(kind)s, history") % {"kind": kind}, []).extend(_told(row) for row in past)


def _told(row: Model) -> dict[str, object]:
    told = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.name in NOT_TOLD or value in (None, ""):
            continue
        if field.is_relation:
            value = _related(row, field.name) or value
        elif isinstance(value, FieldFile):
            value = value.name
        elif field.choices:
            value = str(dict(field.flatchoices).get(value, value))
        told[str(field.verbose_name)] = value
    return told


def _related(row: Model, name: str) -> str:
    """The record that a key leads to; history may name one that is no longer there."""
    try:
        return str(getattr(row, name))
    except ObjectDoesNotExist:
        return ""


def _places(spellings: Spellings) -> "Iterator[dict[str, object]]":
    """Each text, copy or log in which the person is named, whole."""
    for columns, row, fields in named_rows(spellings) if spellings else ():
        place = {_("where"): f"{columns.model._meta.verbose_name} {row.pk}"}
        yield place | {str(field.verbose_name): _plain(getattr(row, field.attname)) for field in fields}


def _plain(value: object) -> object:
    return value.name if isinstance(value, FieldFile) else value


def as_json(held: Held) -> str:
    document = {"made_at": timezone.now(), "held": held}
    return json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2) + "\n"


def as_text(held: Held) -> str:
    """The same to be read: a heading for each kind, a paragraph for each row."""
    made = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    return "\n".join([_("Personal data held on %(when)s") % {"when": made}, "", *_lines(held)])


def _lines(held: Held) -> Iterable[str]:
    for kind, rows in held.items():
        yield from (f"{kind} ({len(rows)})", "=" * (len(kind) + len(str(len(rows))) + 3))
        for row in rows:
            yield from (f"{capfirst(name)}: {_readable(value)}" for name, value in row.items())
            yield ""


def _readable(value: object) -> str:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, dict | list):
        return json.dumps(cast(object, value), cls=DjangoJSONEncoder, ensure_ascii=False)
    return str(value)
