"""Retention: for each kind of data its period, the rows whose time is over, and how they are removed.

``RETENTION`` sets other months than the defaults, -1 for ever. docs/retention.md is the register of all that is kept.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import ExportLog, FailedSignIn, ViewAsLog
from engagement.accounts.models.export_log import LogLine
from engagement.core.change_signals import batch_changes
from engagement.core.lists.date_filters import midnight
from engagement.core.models import Counter
from engagement.core.models.visibility import relevel, wrong_levels
from engagement.core.types import Label
from engagement.followups.models import ReportLink
from engagement.imports.models import Import, ImportRow
from engagement.reminders.models import Digest, KeptMail, PublishingReminder
from meetings.models import AgendaSending, Participant, ProposedChange
from meetings.models.participants import NameRule
from organizations.models import Person

from .erasing import Target, erase
from .models import ErasedName
from .preview import preview
from .sealed import Left

BATCH = 500
AT_ONCE = 25
"""So many people are erased in one run; each is looked for in the whole database."""
EXPIRED = "–"
"""Stands where a name or an address was kept for a time."""

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Rule:
    """``due`` gives the rows that are over on a day, ``carry_out`` deals with some of them, by key."""

    name: str
    what: Label
    months: int
    due: Callable[[dt.date], Rows]
    carry_out: Callable[[Sequence[Any]], None]
    at_once: int = BATCH
    most: int | None = None

    @property
    def kept_months(self) -> int:
        return int(settings.RETENTION.get(self.name, self.months))

    def before(self, today: dt.date) -> dt.date | None:
        """The day before which rows are over; None if they never are."""
        months = self.kept_months
        if months < 0:
            return None
        year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
        return dt.date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))

    def found(self, today: dt.date) -> Rows | None:
        before = self.before(today)
        return None if before is None else self.due(before)

    def expire(self, today: dt.date) -> int:
        """Deal with all that is over, a batch and a transaction at a time; who runs it as well waits. How many."""
        done = 0
        while self.most is None or done < self.most:
            with transaction.atomic():
                Counter.take("expire")
                rows = self.found(today)
                keys = (
                    list(rows.order_by("pk").values_list("pk", flat=True)[: self.at_once]) if rows is not None else []
                )
                if keys:
                    self.carry_out(keys)
            done += len(keys)
            if len(keys) < self.at_once:
                break
        return done


# People ---------------------------------------------------------------------------------------------------


def _without_meeting(before: dt.date) -> Rows:
    """Nobody they met with since, and nobody wrote to their record since."""
    lately = Participant._base_manager.filter(person=OuterRef("pk"))
    lately = lately.filter(Q(meeting__starts_on__gte=before) | Q(meeting__starts_on=None))
    edited = Person.history.filter(id=OuterRef("pk"), history_date__gte=midnight(before))
    return Person._base_manager.filter(~Exists(lately), ~Exists(edited), erased_on=None)


def _erase_people(keys: Sequence[int]) -> None:
    """Texts in which the name stands are left for somebody to look at: the trace names them."""
    for person in Person._base_manager.filter(pk__in=keys):
        target = Target(person)
        label_and_keys = (text.key.partition(":") for text in preview(target).texts)
        left: Left = frozenset((label, int(key)) for label, _colon, key in label_and_keys)
        erase(target, by=None, reason=str(_("The time set by the retention rule is over.")), left=left)


def _with_contact(before: dt.date) -> Rows:
    return _without_meeting(before).exclude(email="", contact_permission=Person.Permission.UNKNOWN)


def _forget_contact(keys: Sequence[int]) -> None:
    with batch_changes():
        for person in Person._base_manager.filter(pk__in=keys):
            person.email, person.contact_permission, person.permission_on = "", Person.Permission.UNKNOWN, None
            person._change_reason = "Expired"
            person.save()
        Person.history.filter(id__in=keys).update(email="")


def _consent_over(before: dt.date) -> Rows:
    """Names that everyone still sees though the consent ended."""
    return wrong_levels(Participant).filter(name_rule=NameRule.CONSENT)


def _hide_names(keys: Sequence[int]) -> None:
    with batch_changes():
        relevel(Participant, Q(pk__in=keys))


# Files and drafts ------------------------------------------------------------------------------------------


def _never_taken(before: dt.date) -> Rows:
    return Import._base_manager.filter(uploaded_at__lt=midnight(before), committed_at=None)


def _delete_imports(keys: Sequence[int]) -> None:
    for batch in Import._base_manager.filter(pk__in=keys):
        batch.delete()


def _with_source(before: dt.date) -> Rows:
    rows = Import._base_manager.filter(committed_at__lt=midnight(before))
    cells = ImportRow._base_manager.filter(batch=OuterRef("pk")).exclude(cells={})
    return rows.filter(~Q(file="") | Exists(cells))


def _remove_sources(keys: Sequence[int]) -> None:
    for batch in Import._base_manager.filter(pk__in=keys):
        storage, name = batch.file.storage, str(batch.file.name or "")
        Import._base_manager.filter(pk=batch.pk).update(file="")
        ImportRow._base_manager.filter(batch=batch.pk).update(cells={}, plan={}, questions=[])
        if name:
            transaction.on_commit(partial(storage.delete, name), robust=True)


def _decided(before: dt.date) -> Rows:
    rows = ProposedChange._base_manager.filter(decided_at__lt=midnight(before))
    return rows.exclude(state__in=ProposedChange.OPEN).exclude(form={}, base={})


def _forget_forms(keys: Sequence[int]) -> None:
    ProposedChange._base_manager.filter(pk__in=keys).update(form={}, base={})


# Logs --------------------------------------------------------------------------------------------------------


def _deletes(model: type[Model], **condition: str) -> tuple[Callable[[dt.date], Rows], Callable[[Sequence[Any]], None]]:
    """Rows of which a day or moment is over are deleted, past a model that refuses it."""
    (name,) = condition
    is_moment = condition[name] == "moment"

    def due(before: dt.date) -> Rows:
        return model._base_manager.filter(**{f"{name}__lt": midnight(before) if is_moment else before})

    def delete(keys: Sequence[Any]) -> None:
        rows = model._base_manager.filter(pk__in=keys)
        rows._raw_delete(rows.db) if issubclass(model, LogLine) else rows.delete()

    return due, delete


def _sent_agendas(before: dt.date) -> Rows:
    return AgendaSending._base_manager.filter(at__lt=midnight(before), recipients__contains="@")


def _forget_recipients(keys: Sequence[int]) -> None:
    """How many there were stays."""
    for model in (AgendaSending, AgendaSending.history.model):
        for row in model._base_manager.filter(**{"pk__in" if model is AgendaSending else "id__in": keys}):
            lines = {
                name: "\n".join([EXPIRED] * len(getattr(row, name).splitlines())) for name in ("recipients", "failed")
            }
            model._base_manager.filter(pk=row.pk).update(**lines)


def _old_links(before: dt.date) -> Rows:
    return ReportLink._base_manager.filter(expires_on__lt=before).exclude(name=EXPIRED)


def _forget_holders(keys: Sequence[int]) -> None:
    ReportLink._base_manager.filter(pk__in=keys).update(name=EXPIRED)


RULES = (
    Rule("people", _("people whom nobody met"), 120, _without_meeting, _erase_people, AT_ONCE, AT_ONCE),
    Rule("contacts", _("e-mail and contact permission of people whom nobody met"), 36, _with_contact, _forget_contact),
    Rule("consent", _("names that are still public although consent has ended"), 0, _consent_over, _hide_names),
    Rule("drafts", _("imports that were never carried out"), 6, _never_taken, _delete_imports),
    Rule("changes", _("forms of decided proposed changes"), 12, _decided, _forget_forms),
    Rule("sources", _("source files of imports, and the cells of their rows"), 24, _with_source, _remove_sources),
    Rule("exports", _("log of exports"), 36, *_deletes(ExportLog, at="moment")),
    Rule("views", _("log of pages viewed as someone else"), 24, *_deletes(ViewAsLog, at="moment")),
    Rule("reminders", _("log of reminder e-mails"), 24, *_deletes(Digest, told_on="day")),
    Rule("publishing", _("log of reminders to publish"), 24, *_deletes(PublishingReminder, told_on="day")),
    Rule("mails", _("kept e-mails"), 12, *_deletes(KeptMail, at="moment")),
    Rule("agendas", _("recipients of agendas"), 24, _sent_agendas, _forget_recipients),
    Rule("links", _("names of the holders of links to report"), 24, _old_links, _forget_holders),
    Rule("sessions", _("sessions that ended"), 0, *_deletes(Session, expire_date="moment")),
    Rule("failures", _("failed sign-ins that no longer count"), 0, *_deletes(FailedSignIn, expires_at="moment")),
    Rule("erased", _("digests of erased names"), 0, *_deletes(ErasedName, forgotten_on="day")),
)
"""Months, or nought for what is over by itself."""
