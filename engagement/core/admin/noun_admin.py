"""Base ModelAdmin of every noun: the form kit, verbs, history, and only records that this person may see."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engagement.core.admin.actions import ReasonForm, Verb, VerbAdmin
from engagement.core.admin.base import RecordAdmin
from engagement.core.admin.changelist import BoundedAdmin
from engagement.core.admin.history import HistoryAdmin
from engagement.core.admin.proposals import ProposalAdmin
from engagement.core.models import Archivable


class NounAdmin(BoundedAdmin, VerbAdmin, HistoryAdmin, ProposalAdmin, RecordAdmin):
    """Base of the admin of a noun."""

    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Model]":
        return super().get_queryset(request).visible_to(request.user)  # type: ignore[attr-defined, no-any-return]


def archiving(permission: str) -> list[Verb]:
    """The verbs of records that are put away rather than deleted."""
    return [
        Verb("archive", _("Archive"), permission, ReasonForm, _is_current),
        Verb("restore", _("Restore from the archive"), permission, applies=_is_archived),
    ]


class ArchivedFilter(admin.EmptyFieldListFilter):
    """Whether a record is archived: yes or no, and not "empty" or "not empty"."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("archived")

    def choices(self, changelist: Any) -> Iterator[Any]:
        words = [_("All"), _("No"), _("Yes")]
        for word, choice in zip(words, super().choices(changelist), strict=True):
            yield {**choice, "display": word}


@admin.display(description=_("archived"))
def archived_on(record: Archivable) -> str:
    """A column of a list: the day, or that it is not."""
    at = record.archived_at
    return date_format(timezone.localtime(at), "j M Y") if at else gettext("no")


def _is_archived(record: Archivable) -> bool:
    return record.is_archived


def _is_current(record: Archivable) -> bool:
    return not record.is_archived
